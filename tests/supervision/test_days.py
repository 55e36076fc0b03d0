"""往日的数：夜里存一次就不改，检举控告不计，看不到的单位不列；走势有一句话。"""

from datetime import date, timedelta

from petitions.act.states import Kind
from supervision.models import DayFigures
from supervision.statistics import daily
from supervision.statistics.daily import Point, chart
from tests.cast import accepted, closed, on_day, registered, someone
from tests.desk.case.hands import signed_in, text
from tests.supervision.test_orders import issued

DAY = date(2026, 3, 2)
DUE = DAY + timedelta(days=60)


def kept(day):
    """The night after the day, as the timetable has it."""
    with on_day(day + timedelta(days=1), 0):
        return daily.keep(day)


def test_the_chart_says_in_a_sentence_what_it_draws():
    drawn = chart([Point(DAY, 8.0), Point(DAY + timedelta(days=7), None), Point(DAY + timedelta(days=14), 4.5)])
    assert drawn["sentence"] == "超期率03-02为 8.0%，03-16为 4.5%，降 3.5 个百分点"
    assert len(drawn["line"].split()) == 2 and drawn["missing"] == 1
    assert chart([Point(DAY, 0.0), Point(DAY, 0.0)])["sentence"].endswith("持平")


def test_one_known_day_is_no_trend():
    assert chart([Point(DAY, None), Point(DAY, 3.0)]) is None


def test_a_night_keeps_what_the_day_ended_with_and_never_changes_it(city):
    with on_day(DAY):
        late = accepted()
    with on_day(DUE + timedelta(days=1)):
        registered()
        issued(late, due_on=DUE + timedelta(days=1))
    assert kept(DUE + timedelta(days=1)) == 1
    row = DayFigures.objects.get()
    assert (row.open, row.red, row.amber, row.registered, row.overdue_orders) == (2, 1, 0, 1, 0)
    with on_day(DUE + timedelta(days=2)):
        registered()
    assert kept(DUE + timedelta(days=1)) == 0  # 再跑一遍
    assert DayFigures.objects.get().open == 2
    kept(DUE + timedelta(days=2))
    assert DayFigures.objects.latest("day").overdue_orders == 1


def test_what_was_due_that_very_day_was_not_red_yet(city):
    with on_day(DAY):
        accepted()
    kept(DUE)
    row = DayFigures.objects.get()
    assert (row.red, row.amber) == (0, 1)


def test_what_ended_that_day_is_counted_and_no_longer_in_hand(city):
    with on_day(DAY):
        accepted()
        closed()
    kept(DAY)
    row = DayFigures.objects.get()
    assert (row.open, row.registered, row.concluded) == (1, 2, 1)


def test_a_report_is_in_no_stored_figure(city):
    with on_day(DAY):
        registered("clerk1", kind=Kind.REPORT, accused_text="某人")
    assert kept(DAY) == 0 and not DayFigures.objects.exists()


def test_a_past_day_is_shown_by_office_with_a_trend_of_twelve_weeks(city, django_assert_max_num_queries):
    with on_day(DAY):
        petition = accepted()
    kept(DUE + timedelta(days=1))
    kept(DUE + timedelta(days=8))
    with on_day(DUE + timedelta(days=9)):
        browser = signed_in("super1")
        with django_assert_max_num_queries(11):
            page = browser.get(f"/supervision/days/?on={DUE + timedelta(days=1)}")
        html = text(page)
        assert page.context["rows"][0].office == petition.organ.office and page.context["sums"]["red"] == 1
        assert 'class="chart"' in html and 'role="img"' in html and "超期率05-02为 100.0%，05-09为 100.0%，持平" in html
        assert "超期率05-02为" in text(browser.get("/supervision/"))
        one = text(browser.get(f"/supervision/days/?organ={petition.organ.office_id}"))
        assert "全部单位" in one and "合计" not in one


def test_a_day_without_figures_and_a_day_to_come_are_said_so(city):
    with on_day(DAY):
        browser = signed_in("super1")
        assert "那一天没有存数" in text(browser.get("/supervision/days/?on=2026-01-05"))
        wrong = browser.get("/supervision/days/?on=2026-03-02")
        assert wrong.status_code == 422 and "请指定今天以前的日子" in text(wrong)
        assert 'value="2026-03-02"' in text(wrong)


def test_an_office_reads_its_own_figures_only(city):
    with on_day(DAY):
        elsewhere = someone("super1").office
        browser = signed_in("officer1")
        assert browser.get("/supervision/days/").status_code == 200
        refused = browser.get(f"/supervision/days/?organ={elsewhere.pk}")
        assert refused.status_code == 403 and "不在您督查的范围" in text(refused)
        assert signed_in("handler1").get("/supervision/days/").status_code == 403
    assert someone("officer1").office in daily.overseen(someone("officer1"))
