"""阶梯草案的表格：一行一级，加行、删行不用脚本，错处写在格子旁，填过的不丢。"""

from datetime import date

import pytest

from petitions.models import Category
from supervision.ladder import ladder_pack
from supervision.models import LadderDraft
from supervision.sandbox.ladder_forms import PREFIX
from tests.cast import on_day
from tests.desk.case.hands import signed_in, text

DAY = date(2026, 3, 2)
PAGE = "/supervision/drafts/new/"
NAMED = {"name": "办结提前提醒", "reason": "十五日来不及"}


@pytest.fixture
def super1(city):
    with on_day(DAY):
        yield signed_in("super1")


def sent(page) -> dict:
    """The table as a browser without script would send it back untouched."""
    formset = page.context["rungs"]
    told = {f"{PREFIX}-TOTAL_FORMS": len(formset.forms), f"{PREFIX}-INITIAL_FORMS": 0} | NAMED
    for form in formset.forms:
        for name in form.fields:
            value = form[name].value()
            if value not in (None, False, ""):
                told[f"{form.prefix}-{name}"] = value
    return told


def cell(row: int, name: str) -> str:
    return f"{PREFIX}-{row}-{name}"


def proposed():
    return ladder_pack.understood(LadderDraft.objects.get().text).rungs


def test_saved_untouched_it_is_the_ladder_in_force(super1):
    answer = super1.post(PAGE, sent(super1.get(PAGE)))
    assert answer.status_code == 302
    assert ladder_pack.is_in_force(proposed())


def test_each_cell_becomes_what_the_pack_reads(super1):
    wages = Category.objects.filter(code__startswith="15").first().code
    told = sent(super1.get(PAGE)) | {
        cell(0, "code"): "W1",
        cell(0, "label"): '欠薪"提醒"',
        cell(0, "level"): "2",
        cell(0, "when"): "before",
        cell(0, "days"): "25",
        cell(0, "unit"): "working",
        cell(0, "terms"): "d06、D07",
        cell(0, "category"): wages,
        cell(0, "tells"): ["handler", "chief"],
        cell(0, "channels"): ["in_app", "sms"],
        cell(0, "opens"): "urge",
        cell(0, "logged"): "on",
    }
    assert super1.post(PAGE, told).status_code == 302
    rung = next(one for one in proposed() if one["code"] == "W1")
    assert (rung["label"], rung["level"], rung["offset"], rung["unit"]) == ('欠薪"提醒"', 2, -25, "working")
    assert (rung["terms"], rung["category"], list(rung["tells"])) == (["D06", "D07"], wages, ["handler", "chief"])
    assert (rung["channels"], rung["opens"], rung["logged"]) == (["in_app", "sms"], "urge", True)
    assert "deputy" in rung["above"] and "chief" not in rung["above"]


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("code", "", "请写明代号"),
        ("days", "三", "天数应为整数"),
        ("days", "", "请写明几天"),
        ("days", "-3", "天数不能小于 0"),
        ("terms", "D06、D99", "没有这种要提醒的期限：D99"),
        ("terms", "D08", "没有这种要提醒的期限：D08"),
        ("category", "9", "不在分类表中"),
        ("tells", [], "请选择告知谁"),
        ("channels", ["sms"], "站内消息不能省"),
    ],
)
def test_what_is_wrong_is_said_at_the_cell_and_the_rest_stays(super1, name, value, complaint):
    told = sent(super1.get(PAGE)) | {cell(1, "when"): "before", cell(1, name): value, cell(2, "label"): "刚写的"}
    answer = super1.post(PAGE, told)
    assert answer.status_code == 422
    assert complaint in "".join(answer.context["rungs"].forms[1].errors[name])
    page = text(answer)
    assert complaint in page and f'id="id_{PREFIX}-1-{name}_error"' in page
    assert 'value="刚写的"' in page and NAMED["reason"] in page
    assert not LadderDraft.objects.exists()


def test_one_code_twice_for_one_deadline_is_said_at_the_second(super1):
    told = sent(super1.get(PAGE))
    told |= {cell(1, name): told[cell(0, name)] for name in ("code", "terms")}
    answer = super1.post(PAGE, told)
    assert answer.status_code == 422
    assert "已经有代号" in "".join(answer.context["rungs"].forms[1].errors["code"])


def test_a_row_more_keeps_what_was_typed_and_drops_what_was_ticked(super1):
    told = sent(super1.get(PAGE))
    rows = told[f"{PREFIX}-TOTAL_FORMS"]
    told |= {"do": "add", cell(0, "gone"): "on", cell(1, "days"): "三", cell(1, "label"): "刚写的"}
    answer = super1.post(PAGE, told)
    assert answer.status_code == 200 and not LadderDraft.objects.exists()
    forms = answer.context["rungs"].forms
    assert len(forms) == rows  # 删去一行，又加一行
    assert (forms[0]["label"].value(), forms[0]["days"].value()) == ("刚写的", "三")
    assert forms[-1]["label"].value() is None
    assert NAMED["name"] in text(answer)


def test_a_row_that_is_to_go_is_asked_nothing(super1):
    told = sent(super1.get(PAGE)) | {cell(0, "gone"): "on", cell(0, "days"): "三", cell(0, "code"): ""}
    gone = ladder_pack.rungs_in_force()[0]
    assert super1.post(PAGE, told).status_code == 302
    assert not any((one["code"], one["terms"]) == (gone["code"], gone["terms"]) for one in proposed())


def test_a_table_without_rows_is_refused_in_a_sentence(super1):
    answer = super1.post(PAGE, NAMED | {f"{PREFIX}-TOTAL_FORMS": 0, f"{PREFIX}-INITIAL_FORMS": 0})
    assert answer.status_code == 422 and "至少要有一级阶梯" in text(answer)


def test_whoever_may_not_draft_sees_neither_form(city):
    for page in (PAGE, f"{PAGE}text/"):
        assert signed_in("clerk1").get(page).status_code == 403


def test_a_row_is_told_in_words_until_it_is_to_be_changed(super1):
    page = super1.get(PAGE)
    assert not any(row.is_open for row in page.context["rungs"])
    assert page.content.decode().count("<select") == 0
    told = sent(page) | {cell(3, "gone"): "on", "do": "open-2"}
    answer = super1.post(PAGE, told)
    assert answer.status_code == 200 and not LadderDraft.objects.exists()
    rows = answer.context["rungs"].forms
    assert [at for at, row in enumerate(rows) if row.is_open] == [2]
    assert rows[3]["gone"].value() and NAMED["name"] in text(answer)
    again = super1.post(PAGE, sent(answer) | {"do": "open-5"})
    assert [at for at, row in enumerate(again.context["rungs"].forms) if row.is_open] == [2, 5]
    for nonsense in ("open-", "open-999", "open-x"):
        kept = super1.post(PAGE, sent(again) | {"do": nonsense})
        assert [at for at, row in enumerate(kept.context["rungs"].forms) if row.is_open] == [2, 5]


def test_the_words_of_a_row_are_those_of_the_pack(super1):
    row = super1.get(PAGE).context["rungs"].forms[0].said()
    rung = ladder_pack.rungs_in_force()[0]
    assert row["level"] == f"L{rung['level']}" and rung["label"] in row["name"]
    assert str(abs(rung["offset"])) in row["when"] or rung["offset"] == 0
    assert row["channels"].startswith("站内消息")
