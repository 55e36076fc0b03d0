"""样式源文、套打与取值；不用数据库。"""

from pathlib import Path

import pytest

from documents.letters.fields import FIELDS, KINDS
from documents.letters.impediments import LetterRefused
from documents.letters.rendering import Rendered, complaints, parse, render
from documents.letters.values import frozen
from tests.documents.samples import CLAIMS, SAMPLES, sender_of, values_of

LETTERS = Path(__file__).parents[2] / "citypacks" / "reference" / "letters"


def source_of(kind):
    return parse((LETTERS / f"{kind}.txt").read_text(encoding="utf-8"))


def letter(kind, **changes):
    given = {code: value for code, value in {**values_of(kind), **changes}.items() if value is not None}
    return render(source_of(kind), frozen(KINDS[kind], given), organ=sender_of(kind))


def words(rendered):
    return "\n".join(part for one in rendered.paragraphs for part in (one.text, *one.cells))


def bare(body, kind="F10", **meta):
    head = {"kind": kind, "title": "测试", "layout": "xh", "basis": "第三十四条", "mark": "源", "version": "1", **meta}
    return parse("---\n" + "\n".join(f"{k}: {v}" for k, v in head.items()) + "\n---\n" + body)


def test_every_kind_has_a_sample_and_a_letter_without_complaint():
    assert set(SAMPLES) == set(KINDS) == {path.stem for path in LETTERS.glob("F*.txt")}
    assert {kind: complaints(source_of(kind)) for kind in KINDS} == {kind: [] for kind in KINDS}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_letter_comes_out_whole(kind):
    rendered = letter(kind)
    assert rendered.paragraphs
    assert "{{" not in words(rendered)
    assert Rendered.from_json(rendered.as_json()) == rendered


def test_a_list_alone_on_a_line_becomes_numbered_items():
    items = [one.text for one in letter("F12").paragraphs if one.kind == "item"]
    assert items[:3] == [f"{n}. {claim}" for n, claim in enumerate(CLAIMS, 1)]


def test_each_claim_gets_its_outcome():
    text = words(letter("F12"))
    assert "1. 对第1项投诉请求：支持。物业服务人未履行" in text
    assert "2. 对第2项投诉请求：解释说明。" in text


def test_facts_of_two_lines_are_two_paragraphs():
    rendered = letter("F12", facts="第一段\n第二段。")
    texts = [one.text for one in rendered.paragraphs]
    assert "第一段。" in texts
    assert "第二段。" in texts


def test_a_paragraph_goes_with_its_optional_field():
    assert "举行了听证" not in words(letter("F12"))
    assert "2026年3月20日就该事项举行了听证" in words(letter("F12", hearing_on="2026-03-20"))


def test_a_heading_tied_to_a_field_goes_with_it():
    assert "登记时未提交材料" not in words(letter("F01"))
    without = words(letter("F01", attachments=None))
    assert "登记时未提交材料" in without
    assert without.count("收到的材料") == 1


def test_an_empty_cell_of_a_form_stays_to_be_filled_by_hand():
    rows = [one.cells for one in letter("F15").paragraphs if one.kind == "row"]
    assert ("送达地点", "") in rows


def test_days_and_dates_are_printed_without_leading_zeros():
    assert "延长30日，延长后的届满日为2026年5月28日" in words(letter("F10"))


def test_a_stop_is_not_printed_twice():
    assert "。。" not in words(letter("F05", reason="不属于本机关职权。"))
    assert "批准人" not in words(letter("F10", approver="办事处主任。"))
    assert "主任。批准" not in words(letter("F10", approver="办事处主任"))


def test_a_missing_field_is_named():
    with pytest.raises(LetterRefused) as refused:
        letter("F12", basis=None, facts=None)
    assert refused.value.sentences == ["请填写“法律法规依据（写到条）”", "请填写“事实和理由”"]


def test_an_unknown_field_is_refused():
    with pytest.raises(LetterRefused, match="《信访事项延期办理告知书》没有“id_number”这个要素"):
        letter("F10", id_number="110199195406152426")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"received_on": "2026-02-30"}, "“收到日”不是有效日期：2026-02-30"),
        ({"days": 0}, "“延长天数（自然日）”应当是大于零的整数"),
        ({"days": True}, "“延长天数（自然日）”应当是大于零的整数"),
        ({"reason": "理由\x02pin\x03"}, "“理由”含有不可见的控制字符"),
    ],
)
def test_a_value_of_the_wrong_shape_is_refused(change, sentence):
    with pytest.raises(LetterRefused, match=sentence.replace("（", "[（]").replace("）", "[）]")):
        letter("F10", **change)


def test_an_opinion_needs_an_outcome_and_words():
    with pytest.raises(LetterRefused, match="每条都要选定结论：支持、部分支持、解释说明、不支持"):
        letter("F12", opinions=[{"outcome": "maybe", "text": "再看"}])
    with pytest.raises(LetterRefused, match="每条都要写明意见"):
        letter("F12", opinions=[{"outcome": "support", "text": " "}])


def test_the_code_travels_only_in_the_fragment_and_only_when_filled_in():
    rendered = letter("F01")
    assert "K7WM4RX29HTN" not in str(rendered.as_json())
    assert "482913" not in str(rendered.as_json())
    filled = rendered.with_secrets({"query_code": "K7WM4RX29HTN", "pin": "482913"})
    query = next(one for one in filled.paragraphs if one.kind == "query")
    assert query.link == "https://xf.yunzhou.example/q#K7WM4RX29HTN"
    assert "查询码 K7WM4RX29HTN" in query.text
    assert "查询密码 482913" in words(filled)


def test_a_petitioner_cannot_fetch_a_secret_by_writing_a_hole():
    rendered = letter("F01", subject="请印出{{pin}}").with_secrets({"query_code": "K7WM", "pin": "482913"})
    assert ("事项", "请印出{{pin}}") in [one.cells for one in rendered.paragraphs]


def test_no_field_holds_personal_numbers_or_a_home():
    assert not {"id_number", "phone", "home_address"} & set(FIELDS)


def test_acceptance_by_another_path_speaks_of_no_sixty_days():
    other = letter("F02", path="31-5", accepted_on=None, due_on=None, due_note="两个月内答复")
    assert "第三十一条第五项" in words(other)
    assert "予以受理" not in words(other)
    assert "信访处理意见书" not in words(other)
    assert "预计期限：两个月内答复" in words(other)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_letter_promises_its_own_remedy_and_no_other(kind):
    """救济告知矩阵（rules §1.9.4）。"""
    text = words(letter(kind))
    assert ("自收到本意见书之日起30日内，以书面形式请求云河区人民政府复查" in text) == (kind == "F12")
    assert ("自收到本意见书之日起30日内，以书面形式请求云州市人民政府复核" in text) == (kind == "F18")
    assert ("终局意见" in text) == (kind == "F19")
    assert ("不再受理" in text) == (kind in ("F06", "F19"))
    assert ("60日内向云河区人民政府申请行政复议" in text) == (kind == "F13")
    assert ("6个月内向云河区人民法院提起行政诉讼" in text) == (kind == "F13")
    assert ("可以向本机关的上级机关反映" in text) == (kind in ("F04", "F20"))
    if kind == "F13":
        assert "复查" not in text
        assert "复核" not in text


def test_where_reconsideration_comes_first_the_answer_says_so():
    text = words(letter("F13", reconsider_first="认为行政机关未履行法定职责"))
    assert "应当先自知道本答复之日起60日内向云河区人民政府申请行政复议（《行政复议法》第二十条、第二十三条）" in text
    assert "6个月" not in text
    assert text.count("四、救济途径") == 1


@pytest.mark.parametrize(
    ("kind", "promise"), [("F13", "复查"), ("F18", "提起诉讼"), ("F19", "请求复核"), ("F20", "申请复查")]
)
def test_no_template_may_promise_what_the_matrix_forbids(kind, promise):
    source = (LETTERS / f"{kind}.txt").read_text(encoding="utf-8")
    assert any(f"不得写“{promise}”" in one for one in complaints(parse(source + f"你可以{promise}。\n")))


def test_a_template_with_an_unknown_field_or_without_a_required_one_is_complained_of():
    found = complaints(bare("受理于{{accepted_on}}，{{home_address}}，由{{query_code}}"))
    assert "F10《测试》用了不存在的要素：home_address" in found
    assert "F10《测试》不使用“查询码”（query_code）" in found
    assert "F10《测试》必须印出“延长天数（自然日）”（days）" in found


def test_a_template_may_not_promise_the_wrong_remedy():
    assert "F10《测试》不得写“复查”" in complaints(bare("你可以申请复查"))
    found = complaints(bare("可以提起诉讼", kind="F12"))
    assert "F12《测试》不得写“提起诉讼”" in found


def test_doubtful_law_stays_out_of_letters_to_petitioners():
    assert "F10《测试》的内容标为待核，不得用于对外文书" in complaints(bare("正文", mark="疑"))


def test_a_list_inside_a_sentence_is_complained_of():
    assert any("要单独成行" in one for one in complaints(bare("请求是{{claims}}等", kind="F12")))


def test_a_source_without_front_matter_is_refused():
    with pytest.raises(LetterRefused, match="应当以两行 --- 之间的抬头开始"):
        parse("正文")
    with pytest.raises(LetterRefused, match="不认识这一行：colour: red"):
        parse("---\ncolour: red\n---\n正文")


def test_annexes_are_named_after_the_text_as_the_standard_says():
    """GB/T 9704 7.3.4：附件名称跟在“附件：”后面；几件的编号对齐，只有一件的不编号，名称后不加标点。"""
    annexes = [one.text for one in letter("F07").paragraphs if one.kind == "item"]
    assert annexes == ["附件：1. 来信复印件（3页）", "　　　2. 照片（6张）"]
    assert "附件：来信复印件" in words(letter("F07", attachments=["来信复印件"]))
    assert "附件" not in words(letter("F07", attachments=None))


def test_copy_number_and_secrecy_stand_apart_from_the_text():
    marks = [one.text for one in letter("F33").paragraphs if one.kind == "mark"]
    assert marks == ["000001", "工作秘密"]
