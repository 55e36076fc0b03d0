"""一件真走过的信访件：日志里谁拿着、谁在等，逾期出在哪个单位；存数与逐件相同；页上只有看得到的。"""

from datetime import date, timedelta

import pytest

from petitions.act.states import Kind as Matter
from rulebook.acts import Act
from rulebook.timekeeping import now, today
from supervision.custody import custody_tally, holding
from supervision.models import Custody
from tests.cast import accepted, closed, do, drafted, fresh, on_day, registered
from tests.desk.case.hands import signed_in, text
from tests.petitions.places import forwarded

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


def test_an_objection_is_examined_in_the_custody_and_on_the_day_of_the_sender(city):
    with on_day(DAY):
        petition = forwarded()
    with on_day(DAY + timedelta(days=2)):
        do(petition, Act.OBJECT, "officer1", grounds="不属于本单位职权")
    leg = petition.legs.get()
    clock = petition.deadlines.get(term="D05")
    assert clock.owed_by_organ_id == leg.sender_id
    with on_day(DAY + timedelta(days=9)):
        stretches = holding.stretches(fresh(petition))
        assert stretches[-1].answers == leg.sender_id
        assert stretches[-1].length == timedelta(days=7)


def test_late_days_arise_with_the_checker_that_sat_on_the_draft(city):
    """督查核查内控 5 个工作日：超出的日子记在核查单位名下，其余归承办单位。"""
    with on_day(DAY):
        petition = accepted()
    due = petition.deadlines.get(term="D06").due_on
    with on_day(due - timedelta(days=9)):
        drafted(fresh(petition))
        do(petition, Act.SUBMIT, "officer1")
    check = petition.deadlines.get(term="I01")
    with on_day(due + timedelta(days=6)):
        late = {one.deadline.term: one for one in holding.lateness(fresh(petition))}
    assert check.owed_by_organ_id == petition.organ_id  # 街道自己的法制岗核查：没有别的单位
    assert late["D06"].by_organ == {petition.organ_id: 6}


def test_what_is_stored_is_what_the_log_says(city):
    with on_day(DAY):
        petition = accepted()
        ended = closed()
    late = DAY + timedelta(days=75)
    with on_day(late):
        assert custody_tally.tally_all() == 2
        rows = Custody.objects.filter(petition=petition)
        stretches = holding.stretches(fresh(petition))
        stored = sum(row.seconds for row in rows) + sum(
            (now() - row.running_since).total_seconds() for row in rows if row.running_since
        )
        assert stored == pytest.approx(sum(one.length.total_seconds() for one in stretches), abs=2)
        overdue = petition.deadlines.get(term="D06")
        assert sum(row.late_days for row in rows) == (late - overdue.due_on).days > 0
        assert not Custody.objects.filter(petition=ended, running_since__isnull=False).exists()
        assert custody_tally.catch_up() == 0
    with on_day(late + timedelta(days=1)):
        assert custody_tally.tally_all() == 1  # 又逾期一天的只有在办的这一件
        assert (
            sum(Custody.objects.filter(petition=petition).values_list("late_days", flat=True))
            == (today() - overdue.due_on).days
        )


def test_a_new_line_is_read_by_the_next_round_and_nothing_else_is(city):
    with on_day(DAY):
        petition, other = accepted(), accepted()
        custody_tally.tally_all()
        custody_tally.catch_up()
        read = Custody.objects.get(petition=other).pk
        do(petition, Act.NOTE, note="已约看现场。")
        assert custody_tally.catch_up() == 1
        assert Custody.objects.get(petition=other).pk == read


def test_the_case_page_shows_the_bar_and_where_lateness_arose(city):
    with on_day(DAY):
        petition = accepted()
    with on_day(DAY + timedelta(days=70)):
        html = text(signed_in("officer1").get(f"/cases/{petition.number}/"))
    assert "责任持有" in html and "逐段明细" in html
    late = (DAY + timedelta(days=70) - petition.deadlines.get(term="D06").due_on).days
    assert f"逾期 {late} 日" in html
    assert f"{petition.organ.short_name} {late} 日" in html


def test_the_sums_of_organs_lead_to_their_petitions_and_hide_reports(city, django_assert_max_num_queries):
    with on_day(DAY):
        petition = accepted()
        report = registered("clerk1", kind=Matter.REPORT, accused_text="某人", title="暗号标题")
    with on_day(DAY + timedelta(days=70)):
        custody_tally.tally_all()
        browser = signed_in("super1")
        with django_assert_max_num_queries(12):
            html = text(browser.get("/supervision/custody/"))
        assert petition.organ.short_name in html
        rows = text(browser.get(f"/supervision/custody/{petition.organ_id}/"))
        assert petition.number in rows
        assert report.number not in rows and "暗号标题" not in rows
        assert petition.number in text(browser.get(f"/supervision/custody/{petition.organ_id}/?period=90"))
    with on_day(DAY + timedelta(days=120)):
        assert petition.number not in text(browser.get(f"/supervision/custody/{petition.organ_id}/?period=90"))


def test_who_does_not_supervise_is_told_so(city):
    answer = signed_in("clerk1").get("/supervision/custody/")
    assert answer.status_code == 403 and "督查督办职权" in text(answer)
