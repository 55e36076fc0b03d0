"""系统停机：记录和核实是两个人；期限一天不动，逾期日里整日停机的另列，各单位之和加停机期间等于逾期总日数。"""

from datetime import date, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from petitions.act.decorator import Refused, Stale
from rulebook.timekeeping import BEIJING, today
from supervision.custody import custody_tally, holding
from supervision.models import Custody, Outage
from supervision.watch import downtime, outages
from tests.cast import accepted, fresh, on_day, someone
from tests.desk.case.hands import signed_in, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
DAY = date(2026, 3, 2)


def at(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), BEIJING)


def down(since: datetime, until: datetime) -> Outage:
    """Recorded by the administrator and confirmed by a supervisor."""
    one = outages.record(by=someone("admin1"), since=since, until=until, reason="机房停电")
    return outages.decide(one, by=someone("super1"), true=True)


def test_the_day_does_not_move_and_what_was_late_meanwhile_stands_apart():
    with on_day(DAY):
        petition = accepted()
    due = petition.deadlines.get(term="D06").due_on
    late = due + timedelta(days=9)
    with on_day(late):
        custody_tally.tally_all()
        custody_tally.catch_up()
        down(at(due - timedelta(days=1), "08:00"), at(due + timedelta(days=3), "20:00"))
        assert petition.deadlines.get(term="D06").due_on == due
        (found,) = [one for one in holding.lateness(fresh(petition)) if one.deadline.term == "D06"]
        assert (found.days, found.down, found.by_organ) == (9, 3, {petition.organ_id: 6})
        custody_tally.tally_all()
        (row,) = Custody.objects.filter(petition=petition, kind="working", late_days__gt=0)
        assert (row.late_days, row.down_days) == (6, 3)
        browser = signed_in("super1")
        assert "停机期间 3 日" in text(browser.get(f"/cases/{petition.number}/"))
        page = text(browser.get("/supervision/custody/"))
        assert 'data-t="停机期间">3<' in page
        assert "停机期间 3" in text(browser.get(f"/supervision/custody/{petition.organ.office_id}/"))
        assert "停机期间 3" in text(browser.get("/supervision/weekly/"))
        assert "其中停机 3 日" in text(browser.get("/supervision/"))


def test_confirming_makes_the_next_round_read_again_what_was_late_meanwhile(django_capture_on_commit_callbacks):
    with on_day(DAY):
        petition = accepted()
    due = petition.deadlines.get(term="D06").due_on
    with on_day(due + timedelta(days=9)):
        custody_tally.catch_up()
        with django_capture_on_commit_callbacks(execute=True):
            down(at(due, "08:00"), at(due + timedelta(days=2), "20:00"))
        custody_tally.catch_up()
        assert sum(Custody.objects.filter(petition=petition).values_list("down_days", flat=True)) == 2


def test_an_outage_counts_only_after_a_second_person_confirmed_it_and_never_when_refused():
    with on_day(DAY):
        told = {"since": at(DAY - timedelta(days=3), "00:00"), "until": at(DAY - timedelta(days=1), "23:00")}
        one = outages.record(by=someone("admin1"), reason="机房停电", **told)
        assert downtime.days() == frozenset()
        with pytest.raises(Refused, match="由第二个人核实"):
            outages.decide(one, by=someone("admin1"), true=True)
        outages.decide(one, by=someone("super1"), true=False)
        assert downtime.days() == frozenset()
        with pytest.raises(Stale, match="不属实"):
            outages.decide(one, by=someone("super1"), true=True)


def test_an_outage_of_part_of_the_office_hours_excuses_no_day():
    with on_day(DAY):
        yesterday = DAY - timedelta(days=1)
        down(at(yesterday - timedelta(days=1), "12:00"), at(yesterday, "12:00"))
        assert downtime.days() == frozenset()
        down(at(yesterday, "12:30"), at(yesterday, "23:00"))
        assert downtime.days() == frozenset()


@pytest.mark.parametrize(
    ("since", "until", "reason", "sentence"),
    [
        ("08:00", "07:00", "停电", "恢复的时间应当晚于停机的时间"),
        ("08:00", "23:59", "停电", "不能晚于现在"),
        ("06:00", "07:00", " ", "请写明停机的原因"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(since, until, reason, sentence):
    with on_day(DAY), pytest.raises(Refused, match=sentence):
        outages.record(by=someone("admin1"), since=at(today(), since), until=at(today(), until), reason=reason)


def test_two_records_of_one_outage_are_refused():
    with on_day(DAY):
        down(at(DAY - timedelta(days=3), "08:00"), at(DAY - timedelta(days=2), "20:00"))
        with pytest.raises(Refused, match="重叠"):
            down(at(DAY - timedelta(days=2), "08:00"), at(DAY - timedelta(days=1), "20:00"))


def test_the_page_records_confirms_and_says_what_is_wrong():
    with on_day(DAY):
        admin, supervisor = signed_in("admin1"), signed_in("super1")
        told = {"from_on": "2026-02-26", "from_at": "08:00", "to_on": "2026-02-27", "to_at": "20:00", "reason": "停电"}
        missing = admin.post("/supervision/outages/", told | {"from_at": "八点"})
        assert missing.status_code == 422 and "时刻应写成 09:30 的样子" in text(missing) and "停电" in text(missing)
        assert admin.post("/supervision/outages/", told).status_code == 302
        one = Outage.objects.get()
        own = admin.post(f"/supervision/outages/{one.pk}/", {"do": "confirm"})
        assert own.status_code == 422 and "由第二个人核实" in text(own)
        assert supervisor.post(f"/supervision/outages/{one.pk}/", {"do": "confirm"}).status_code == 302
        assert "已核实" in text(supervisor.get("/supervision/outages/"))
        assert signed_in("officer1").get("/supervision/outages/").status_code == 403
        with pytest.raises(PermissionDenied, match="不记录系统停机"):
            outages.require_keeper(someone("officer1"))
