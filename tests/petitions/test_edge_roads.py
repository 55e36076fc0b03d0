"""边界案例 E24、E25、E50、E63、E68、E69：调解、跨年、起诉、批示、被反映的单位，每例一测（案例编号见用例名）。"""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from petitions.act.decorator import Refused
from petitions.act.objections import unlawful_receiver
from petitions.act.states import State
from petitions.models import Petition
from rulebook.acts import Act
from rulebook.timekeeping import today
from supervision.orders.acts import open_order
from tests.cast import accepted, do, drafted, fresh, on_day, registered, someone
from tests.petitions.places import approve_all, ask, at_office, clock, organ

pytestmark = pytest.mark.usefixtures("city")
DAY = date(2026, 3, 2)


# 调解、跨年


def test_e24_mediation_stops_nothing_and_without_an_extension_the_sixty_days_are_over():
    with on_day(DAY):
        petition = accepted()
    for day in ("2026-03-20", "2026-04-10", "2026-04-30"):
        with on_day(day):
            petition = do(petition, Act.INQUIRE, form="visit", note="双方同意，由街道主持调解。")
    assert clock(petition, "D06").due_on == date(2026, 5, 1)
    with on_day("2026-05-20"):  # 第七十九日，仍在调解
        assert "D06" in petition.deadlines.overdue(today()).values_list("term", flat=True)
        with pytest.raises(Refused, match="届满"):
            ask(petition, Act.EXTEND, days=30, reason="正在调解")


def test_e24_extended_in_time_an_opinion_on_the_eightieth_day_is_in_time():
    with on_day(DAY):
        petition = accepted()
    with on_day("2026-05-01"):
        petition = approve_all(ask(petition, Act.EXTEND, days=30, reason="正在调解，双方均有意愿"), "head1")
    with on_day(DAY + timedelta(days=80)):
        petition = do(do(drafted(petition), Act.SUBMIT), Act.PASS, "legal1")
        petition = do(petition, Act.SIGN, "deputy1")
    assert clock(petition, "D06").ended_how == "met"


def test_e25_a_petition_over_the_turn_of_the_year_has_one_period_and_counts_for_the_year_it_was_registered():
    with on_day("2025-12-05"):
        petition = accepted()
    with on_day("2026-01-20"):
        petition = do(petition, Act.INQUIRE, form="visit", note="现场核查。")
        new = registered()
    d06 = clock(petition, "D06")
    assert (d06.starts_on, d06.due_on) == (date(2025, 12, 5), date(2026, 2, 3))
    assert list(Petition.objects.filter(registered_on__year=2025)) == [petition]
    assert "-2025-" in petition.number and "-2026-" in new.number


# 同一诉求已被立案（第二十八条第二款）


def test_e50_sued_while_it_is_handled_the_matter_goes_to_the_court_and_the_period_ends_for_good():
    with on_day(DAY):
        petition = drafted(accepted())
    told = {"authority": "云河区人民法院", "reason": "同一诉求已由人民法院立案"}
    with on_day("2026-04-10"):
        with pytest.raises(Refused, match="第一至五项"):
            do(petition, Act.LEAD_IN, path="31-6", **told)
        petition = do(petition, Act.LEAD_IN, path="31-1", **told)
    assert petition.state == State.LED_IN and petition.path == "31-1"
    d06 = clock(petition, "D06")
    assert (d06.ended_how, d06.paused) == ("void", False)  # 结束，不是中止
    assert petition.services.filter(letter__issued_at__date=date(2026, 4, 10)).exists()  # 书面告知
    with on_day("2026-04-20"):
        with pytest.raises(Refused, match="已导入法定途径"):
            do(petition, Act.SUBMIT)
        with pytest.raises(Refused, match="已导入法定途径"):
            ask(petition, Act.EXTEND, days=5, reason="案件仍在审理")


# 领导批示（第三十四条、第四十条）


def test_e63_an_instruction_to_act_at_once_has_a_day_of_its_own_and_moves_no_day_of_the_law():
    with on_day(DAY):
        petition = accepted()
        before = clock(petition, "D06").due_on
        open_order(
            fresh(petition),
            by=someone("super1"),
            to=petition.organ,
            ground="SV08",
            problem="区领导批示立即办理。",
            requirement="三日内反馈处置情况。",
            due_on=DAY + timedelta(days=3),
        )
    assert clock(petition, "D06").due_on == before == DAY + timedelta(days=60)
    order = clock(petition, "SV")
    assert (order.kind, order.due_on) == ("internal", DAY + timedelta(days=3))
    with on_day(DAY + timedelta(days=4)):
        overdue = petition.deadlines.overdue(today())
        assert set(overdue.values_list("term", flat=True)) == {"SV"} and not overdue.duties().exists()


# 被反映的单位（第三十条第三款、第二十八条第三款）


def test_e68_what_accuses_an_organ_goes_neither_to_it_nor_to_its_sections():
    petition = at_office(accused_organ=organ("YHQL"))
    for code in ("YHQL", "YHQLCJ"):
        assert "上一级或纪检监察机关" in unlawful_receiver(petition, to=organ(code), reason="属地")
    with pytest.raises(Refused, match="被检举控告的单位"):
        do(petition, Act.FORWARD, "dclerk1", to=organ("YHQL"))
    report = registered(kind="report", accused_organ=organ("YHQL"))
    report = do(report, Act.REFER, "clerk1", to=organ("YHJJ"))  # 登记人自己移得出去
    for name in ("clerk1", "officer1", "chief1", "deputy1", "head1"):
        assert not Petition.objects.visible_to(someone(name)).filter(pk=report.pk).exists(), name


def test_e69_what_accuses_the_petition_office_itself_is_out_of_its_hands():
    report = at_office(kind="report", accused_organ=organ("YHXF"))
    for name in ("dclerk2", "dchief1", "super1", "dhead1"):
        assert not Petition.objects.visible_to(someone(name)).filter(pk=report.pk).exists(), name
        with pytest.raises(PermissionDenied):
            do(report, Act.REFER, name, to=organ("YHJJ"))
    report = do(report, Act.REFER, "dclerk1", to=organ("YHJJ"))  # 收到即登记，登记人移交后自己也看不到
    assert report.organ.code == "YHJJ"
    assert not Petition.objects.visible_to(someone("dclerk1")).filter(pk=report.pk).exists()
    assert Petition.objects.visible_to(someone("disc1")).filter(pk=report.pk).exists()
