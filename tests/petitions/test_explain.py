"""`manage explain`：一件的每个期限都能一步一步说回来，与登记的日期相符。"""

import io
import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from petitions.models import Deadline
from rulebook.acts import Act
from tests.cast import accepted, closed, on_day, registered
from tests.petitions.places import approve_all, ask

pytestmark = pytest.mark.usefixtures("city")


def explain(petition, *arguments):
    out = io.StringIO()
    call_command("explain", petition.number, *arguments, stdout=out)
    return out.getvalue()


def test_every_clock_of_a_closed_case_says_how_it_was_counted():
    with on_day("2026-03-02"):
        petition = closed()
    said = json.loads(explain(petition, "--json"))
    assert (said["petition"], said["state"]) == (petition.number, "已办结")
    clocks = {clock["rule"]: clock for clock in said["clocks"]}
    assert {"D02", "D06", "D08"} <= set(clocks)
    assert (clocks["D06"]["ended_how"], clocks["D06"]["due_on"]) == ("met", "2026-05-01")
    assert (clocks["D08"]["rule"], clocks["D08"]["certainty"], clocks["D08"]["ended_how"]) == ("D08", "源", None)
    assert "第三十五条" in clocks["D08"]["article"]
    assert all(clock["agrees"] and clock["steps"] for clock in said["clocks"])


def test_an_extension_is_one_of_the_steps():
    with on_day("2026-03-02"):
        petition = accepted()
    with on_day("2026-04-27"):
        approve_all(ask(petition, Act.EXTEND, days=20, reason="需委托检测"), "head1")
    [d06] = [clock for clock in json.loads(explain(petition, "--json"))["clocks"] if clock["rule"] == "D06"]
    assert (d06["due_on"], d06["extended_days"]) == ("2026-05-21", 20)
    assert any(step["what"].startswith("延长20日（第三十四条），累计80日") for step in d06["steps"])


def test_it_reads_for_a_person_and_names_nobody():
    with on_day("2026-03-02"):
        petition = registered()
    said = explain(petition)
    assert f"{petition.number}（已登记）" in said and "D02 直接来件书面告知" in said and "起算日不计入" in said
    assert petition.submission.parties.get().name not in said


def test_a_day_that_no_longer_agrees_is_reported():
    with on_day("2026-03-02"):
        petition = registered()
    Deadline.objects.filter(petition=petition, term="D02").update(due_on=date(2026, 3, 30))
    with pytest.raises(CommandError, match="不符"):
        explain(petition)


def test_an_unknown_number_is_refused():
    with pytest.raises(CommandError, match="没有编号"):
        call_command("explain", "110199-2026-99999")
