"""`manage deadline`：同一张日期表，由命令复算。"""

import io
import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from rulebook.city import publication, rules_pack
from rulebook.terms import BY_CODE
from tests.law.golden import GOLDEN
from tests.rulebook import REFERENCE, pack_folder

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def published(request):
    if "unpublished" not in request.node.name:
        publication.publish(rules_pack.read(REFERENCE), by="规则管理员")


def ask(*arguments):
    out = io.StringIO()
    call_command("deadline", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: case.name)
def test_the_command_reckons_the_table(case):
    answer = json.loads(ask(*case.arguments(), "--json"))
    assert answer["rule"] == case.rule
    assert answer["article"] == BY_CODE[case.rule].article
    assert answer["start"] == case.start.isoformat()
    assert date.fromisoformat(answer["due_on"]) == case.due_on
    assert case.internal_on in (None, date.fromisoformat(answer["internal_on"]))
    assert case.rolled_on in (None, date.fromisoformat(answer["rolled_on"]))
    assert answer["provisional"] is False
    assert answer["steps"][0] == {"day": case.start.isoformat(), "what": "起算日不计入", "count": None}


NUMBERS = [f"D{number:02}" for number in range(1, 21)]


@pytest.mark.parametrize("number", NUMBERS)
def test_every_number_of_the_field_is_answered_with_its_article_and_its_mark(number):
    """指定期限的（D12、D15）写明指定的日子；以小时计的写到时刻。"""
    due = ("--due", "2026-04-01") if number in ("D12", "D15") else ()
    answer = json.loads(ask("--rule", number, "--start", "2026-03-02T09:30", *due, "--json"))
    rows = answer.get("rows", [answer])
    assert answer["rule"] == number and rows
    for row in rows:
        assert row["rule"].startswith(number) and row["article"] and row["steps"]
        assert row["certainty"] in ("源", "知", "疑", "设", "参照")
        assert row["remark"] or row["certainty"] == "源" or row["article"].startswith("内部管理要求")
        assert date.fromisoformat(row["due_on"]) >= date(2026, 3, 2)


def test_one_number_of_several_rows_lists_them_all():
    said = json.loads(ask("--rule", "D16", "--start", "2026-04-28", "--json"))
    assert [(row["rule"], row["due_on"]) for row in said["rows"]] == [
        ("D16a", "2026-05-06"),
        ("D16b", "2026-05-06"),
        ("D16c", "2026-05-14"),
    ]
    assert "D16a 简易办理转送" in (plain := ask("--rule", "D16", "--start", "2026-04-28")) and "D16c" in plain


def test_hours_end_at_a_minute():
    said = json.loads(ask("--rule", "D18a", "--start", "2026-09-30T23:10", "--json"))
    assert (said["due_at"], said["due_on"]) == ("2026-10-01T01:10", "2026-10-01")
    assert json.loads(ask("--rule", "D04", "--start", "2026-03-02", "--json"))["due_at"] is None


@pytest.mark.parametrize(
    ("start", "due_on", "why"),
    [
        ("2026-03-15", "2026-05-15", "对应的日"),
        ("2025-12-31", "2026-02-28", "取月末"),
        ("2023-12-30", "2024-02-29", "取月末"),
    ],
)
def test_months_end_on_the_same_day_or_the_last(start, due_on, why):
    said = json.loads(ask("--rule", "D19", "--start", start, "--json"))
    assert said["due_on"] == due_on and why in said["steps"][1]["what"]


def test_plain_text_reads_for_a_clerk():
    said = ask("--rule", "D04", "--start", "2025-09-26")
    assert "D04 提出职权异议（《信访工作条例》第二十三条第三款，5个工作日）" in said
    assert "届满 2025-10-10" in said
    assert "2025-09-28  第1个工作日，调休上班" in said


def test_an_appointed_day_is_given_by_hand():
    answer = json.loads(ask("--rule", "D12", "--start", "2026-03-02", "--due", "2026-03-22", "--json"))
    assert (answer["due_on"], answer["internal_on"]) == ("2026-03-22", "2026-03-20")


def test_a_year_without_a_table_is_answered_as_provisional():
    answer = json.loads(ask("--rule", "D04", "--start", "2027-03-01", "--json"))
    assert (answer["due_on"], answer["provisional"]) == ("2027-03-08", True)


def test_a_citys_shorter_term_counts_from_the_day_its_set_is_in_force(tmp_path):
    shorter = '[[term]]\ncode = "D03"\nlength = 10\nsource = "某文件"\n'
    publication.publish(rules_pack.read(pack_folder(tmp_path, terms=shorter)), by="规则管理员")
    assert json.loads(ask("--rule", "D03", "--start", "2025-12-01", "--json"))["due_on"] == "2025-12-16"
    assert json.loads(ask("--rule", "D03", "--start", "2026-03-02", "--json"))["due_on"] == "2026-03-12"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--rule", "D99", "--start", "2026-03-02"), "没有期限“D99”"),
        (("--rule", "D04", "--start", "3月2日"), "应写成"),
        (("--rule", "D04", "--start", "2026-03-02", "--extend", "5"), "没有延期的规定"),
        (("--rule", "D06", "--start", "2026-03-02", "--extend", "31"), "不得超过30日"),
        (("--rule", "D06", "--start", "2026-03-02", "--extend", "-1"), "1日以上"),
        (("--rule", "D06", "--start", "2026-03-02", "--hearing", "2026-03-03..2026-03-05"), "只有复核期限扣除听证"),
        (("--rule", "D11", "--start", "2026-03-02", "--hearing", "2026-03-03"), "应写成"),
        (("--rule", "D12", "--start", "2026-03-02"), "须写明指定期限"),
        (("--rule", "D15", "--start", "2026-12-31"), "须写明指定期限"),
        (("--rule", "D18a", "--start", "2026-03-02"), "请写明起算时刻"),
        (("--rule", "D18a", "--start", "2026-03-02T9点"), "应写成 09:30"),
        (("--rule", "D18a", "--start", "2026-03-02T09:30", "--hearing", "2026-03-02..2026-03-02"), "只有复核"),
    ],
)
def test_what_the_law_does_not_allow_is_refused_in_a_sentence(arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        ask(*arguments)


def test_unpublished_calendars_give_no_answer():
    with pytest.raises(CommandError, match="尚未发布任何年份的放假安排"):
        ask("--rule", "D04", "--start", "2026-03-02")
