"""参考类案起草：先看清哪些会带入、哪些是空白，再带；结论不带，他件的姓名、日期、数字不带，填过的一个字不丢。"""

import re

import pytest

from accounts.models import Organ
from insight.search.indexing import index_all
from petitions.act.decorator import Refused
from petitions.act.states import Finding
from petitions.models import Opinion, Petition
from rulebook.acts import Act
from tests.cast import accepted, closed, do, fresh, registered
from tests.desk.case.hands import at, post, signed_in, text

pytestmark = pytest.mark.django_db
LIFT = "电梯停运三天，老人下不了楼，请尽快修好并公示维修基金使用情况。"
FACTS = "经查，陈玉兰反映柳岸新居3号楼电梯停运属实。2026年3月5日街道约谈云安居物业公司，维修费12.5万元。"
ANSWER = "支持。云安居物业公司应于2026年4月1日前更换曳引机，并向全体业主公示。"


@pytest.fixture
def pair(city):
    """A closed case of another compound, and one in hand that its handler is about to draft."""
    old = closed(original="柳岸新居" + LIFT, place="柳岸新居")
    Opinion.objects.filter(petition=old).update(facts=FACTS)
    old.claims.filter(number=1).update(answer=ANSWER)
    new = do(accepted(), Act.INQUIRE, form="heard", note="电话听取意见。")
    index_all()
    return old, new


def draft(petition, **told):
    return signed_in("officer1").post(at(petition, "do/draft/"), {"seq": petition.seq} | told)


def marked(html: str, tag: str) -> str:
    """What stands inside these tags of the page, tags taken out."""
    return re.sub(r"<[^>]+>", "", "".join(re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.S)))


def test_the_case_page_shows_outcome_basis_and_reply_and_leads_to_the_draft(pair):
    old, new = pair
    html = text(signed_in("officer1").get(at(new, "like/")))
    assert old.number in html and "支持" in html and "更换曳引机" in html and "《特种设备安全法》第三十六条" in html
    assert f"/cases/{new.number}/do/draft/?like={old.number}" in html
    assert "起草时对照" not in text(signed_in("clerk1").get(at(new, "like/"))), "不起草的人只看"


def test_looking_for_precedents_keeps_what_was_typed_and_saves_nothing(pair):
    old, new = pair
    answer = draft(new, compare="list", facts="已写了一半", finding1="explain", end_solved="已解决", basis="《某法》")
    html = text(answer)
    assert answer.status_code == 200 and old.number in html and "与本稿对照" in html
    assert "已写了一半" in html and "《某法》" in html and 'value="explain" selected' in html
    assert not fresh(new).opinions.exists()


def test_the_difference_is_shown_before_anything_is_taken(pair):
    old, new = pair
    html = text(draft(new, compare=old.number, facts="本件另行核查。", answer1="支持。"))
    new_words, blanks = marked(html, "ins"), marked(html, "mark")
    assert "电梯停运属实" in new_words and "更换曳引机，并向全体业主公示" in new_words
    assert "【姓名】" in blanks and "【日期】" in blanks and "【单位】" in blanks and "【数字】" in blanks
    assert "支持。" not in new_words and '<span class="mut">支持。</span>' in html, "两件都有的不算带入"
    assert "<span>本件另行核查。</span>" in html, "只有本稿有的照留"
    assert "隐去" in html and "姓名 1 处" in html


def test_nothing_of_the_other_case_is_on_the_page_but_blanks(pair):
    old, new = pair
    html = text(draft(new, compare=old.number)).split('id="borrow"')[1].split("</form>")[0]
    for detail in ("陈玉兰", "柳岸新居", "3号楼", "3月5日", "12.5", "云安居", "4月1日"):
        assert detail not in html, detail


def test_taking_one_part_leaves_the_others_and_the_conclusions_alone(pair):
    old, new = pair
    told = {"facts": "本件另行核查。", "basis": "《某法》", "finding1": ""}
    answer = draft(new, take=f"{old.number} facts", **told)
    form = answer.context["form"]
    assert (
        form["facts"].value().startswith("本件另行核查。\n经查，【姓名】反映") and form["basis"].value() == "《某法》"
    )
    assert form["answer1"].value() in ("", None) and form["finding1"].value() == ""
    assert "已带入 事实和理由，还没有保存" in text(answer) and not fresh(new).opinions.exists()
    again = draft(new, take=f"{old.number} facts", facts=form["facts"].value())
    assert again.context["form"]["facts"].value() == form["facts"].value(), "带两次不会写两遍"


def test_taking_all_brings_reply_and_law_but_never_the_finding(pair):
    old, new = pair
    form = draft(new, take=old.number).context["form"]
    assert "更换曳引机" in form["answer1"].value() and form["basis"].value() == "《特种设备安全法》第三十六条"
    assert not form["finding1"].value() and not form["finding2"].value()


def test_a_draft_with_blanks_is_kept_but_does_not_pass_the_check(pair):
    old, new = pair
    form = draft(new, take=old.number).context["form"]
    told = {bound.name: bound.value() or "" for bound in form}
    told |= {f"finding{n}": Finding.SUPPORT for n in (1, 2)}
    new, _ = post(new, "draft", "officer1", **told)
    assert f"参考类案 {old.number}" in text(signed_in("officer1").get(at(new, "?tl=all"))), "日志里记下参考了哪一件"
    page = text(signed_in("officer1").get(at(new, "do/draft/")))
    assert "还有没有填写的空白" in page and "请按本件填写或者删去" in page
    new = do(new, Act.SUBMIT)
    with pytest.raises(Refused, match="还有没有填写的空白"):
        do(new, Act.PASS, "legal1", opinion="可以")


def test_a_number_one_may_not_see_is_refused_in_words(pair):
    _, new = pair
    report = registered("clerk1", kind="report", accused_text="某人", original="柳岸新居" + LIFT)
    do(report, Act.REFER, "clerk1", to=Organ.objects.get(code="YHJJ"))
    Petition.objects.filter(pk=report.pk).update(state="closed")
    for number in (report.number, "没有这个号", new.number):
        html = text(draft(new, compare=number, facts="已写了一半"))
        assert "没有编号为" in html and "已写了一半" in html, number


def test_a_reply_that_a_review_revoked_is_shown_but_not_carried(pair):
    old, new = pair
    service = old.services.filter(letter__kind="F12").first()
    Proceeding = old.proceedings.model
    Proceeding.objects.create(
        petition=old,
        number=1,
        kind="review",
        state="decided",
        party=service.party,
        service=service,
        opinion=old.opinions.get(),
        organ=Organ.objects.get(code="YH"),
        applied_on=old.received_on,
        received_on=old.received_on,
        grounds="不服",
        outcome="revoke",
    )
    html = text(draft(new, compare="list"))
    assert "复查撤销" in html and "与本稿对照" not in html
    assert "的意见已被复查撤销，不能带入" in text(draft(new, take=old.number))


def test_whoever_may_not_draft_may_not_borrow(pair):
    old, new = pair
    answer = signed_in("clerk1").post(at(new, "do/draft/"), {"seq": new.seq, "compare": old.number})
    assert answer.status_code == 403


def test_only_a_precedent_gets_into_the_log(pair):
    _, new = pair
    told = {"facts": "经现场核查属实。", "basis": "《特种设备安全法》第三十六条", "lent": "随便写的"}
    told |= {f"finding{n}": Finding.SUPPORT for n in (1, 2)} | {f"answer{n}": "属实，已督促整改。" for n in (1, 2)}
    new, _ = post(new, "draft", "officer1", **told)
    assert "随便写的" not in text(signed_in("officer1").get(at(new, "?tl=all")))
