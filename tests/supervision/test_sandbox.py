"""规则试算：照现行的阶梯走一遍，与真的提醒过的一条不差；草案由第二个人启用，一键退回。"""

from contextlib import suppress
from datetime import date, datetime, time, timedelta
from random import Random

import pytest
from django.core.exceptions import PermissionDenied

from petitions.act.decorator import Refused
from petitions.models import Petition
from rulebook.acts import Act
from rulebook.books import calendar_in_force
from rulebook.timekeeping import BEIJING, at, now
from supervision.ladder import climb, ladder_pack
from supervision.ladder.rungs import Rung
from supervision.models import LadderDraft, LadderRow, Reminder
from supervision.sandbox import deadline_spans, ladder_drafts
from supervision.sandbox.replay import Life, Span, replay
from tests.cast import accepted, decided, do, drafted, fresh, on_day, registered, someone
from tests.desk.case.hands import signed_in, text
from tests.petitions.places import assigned, forwarded

DAY = date(2026, 3, 2)


def moment(day, hour=10):
    return datetime.combine(day, time(hour), BEIJING)


class TestOneLife:
    """纯算：不用库。"""

    calendar = None
    rungs = [
        ("D06", Rung(code="L1", label="提醒", level=1, offset=-15, tells={})),
        ("D06", Rung(code="L4", label="红牌督办", level=4, offset=1, tells={})),
    ]

    def rings(self, *spans, until, first=DAY):
        life = Life(petition=1, started_by=2, scope_id=1, term="D06", organ=7, spans=spans)
        found = replay([life], self.rungs, self.calendar, first=first, until=moment(until))
        return [(one.rung.code, one.due_on, one.on) for one in found]

    def test_each_rung_rings_on_its_day(self):
        due = DAY + timedelta(days=60)
        assert self.rings(Span(moment(DAY), None, due), until=due + timedelta(days=5)) == [
            ("L1", due, due - timedelta(days=15)),
            ("L4", due, due + timedelta(days=1)),
        ]

    def test_an_extension_warns_again_for_the_new_day(self):
        due, later = DAY + timedelta(days=60), DAY + timedelta(days=90)
        spans = Span(moment(DAY), moment(due), due), Span(moment(due), None, later)
        assert self.rings(*spans, until=due + timedelta(days=20)) == [
            ("L1", due, due - timedelta(days=15)),
            ("L1", later, later - timedelta(days=15)),
        ]

    def test_a_clock_begun_late_rings_at_once_what_is_past(self):
        due = DAY + timedelta(days=3)
        assert self.rings(Span(moment(DAY), None, due), until=DAY + timedelta(days=1)) == [("L1", due, DAY)]

    def test_what_ended_before_the_day_does_not_ring(self):
        due = DAY + timedelta(days=60)
        assert self.rings(Span(moment(DAY), moment(DAY + timedelta(days=30)), due), until=due) == []

    def test_what_rang_before_the_first_day_is_not_told_but_does_not_ring_again(self):
        due = DAY + timedelta(days=20)
        assert self.rings(Span(moment(DAY), None, due), until=due, first=DAY + timedelta(days=10)) == []


def climbed():
    rows = Reminder.objects.select_related("deadline")
    return {
        (
            row.deadline.petition_id,
            row.deadline.term,
            row.deadline.scope_id,
            row.deadline.started_by,
            row.rung,
            row.due_on,
        )
        for row in rows
    }


def something(dice, petition):
    """One lawful act where the petition stands, or none."""
    match petition.state:
        case "forwarded" if dice.random() < 0.3:
            do(petition, Act.OBJECT, "officer1", grounds="不属于本单位职权。")
        case "forwarded" | "assigned" if dice.random() < 0.4:
            do(decided(petition), Act.ACCEPT, "officer1")
        case "objected" if dice.random() < 0.5:
            act = dice.choice([Act.UPHOLD, Act.OVERRULE])
            do(petition, act, "dchief1", answer="已核实。")
        case "accepted" if dice.random() < 0.1:
            drafted(petition)
            do(petition, Act.SUBMIT, "officer1")
        case "submitted" if dice.random() < 0.2:
            do(petition, Act.RETURN, "legal1", reason="请补充依据。")


@pytest.mark.django_db
@pytest.mark.parametrize("luck", range(3))
def test_a_replay_of_the_live_ladder_equals_history(city, luck):
    """九十天里每分钟巡查的阶梯响过什么，照日志重走也正好响什么。"""
    dice = Random(luck)
    with on_day(DAY):
        petitions = [registered(), forwarded(), assigned(days=12), accepted()]
        climb.sweep()
    for number in range(1, 90, 1 + luck):
        day = DAY + timedelta(days=number)
        with at(datetime.combine(day, time(0, 0, 30), BEIJING)):
            climb.sweep()
        with on_day(day):
            petition = fresh(dice.choice(petitions))
            with suppress(Refused, PermissionDenied):
                something(dice, petition)
            climb.sweep()
    with on_day(day):
        lives = deadline_spans.lives(Petition.objects.all())
        told = {one.key for one in replay(lives, ladder_drafts.in_force(), calendar_in_force(), first=DAY, until=now())}
    assert told == climbed()
    assert len(told) > 10


@pytest.mark.django_db
def test_the_ladder_written_down_and_read_again_is_the_same(city):
    with on_day(DAY):
        text_of_it = ladder_pack.written(ladder_pack.rungs_in_force())
        assert ladder_pack.understood(text_of_it).complaints == []
        assert ladder_pack.is_in_force(ladder_pack.understood(text_of_it).rungs)
        assert ladder_pack.differences(ladder_pack.rungs_in_force(), ladder_pack.understood(text_of_it).rungs) == []


def earlier_by_ten_days(text_of_it):
    changed = text_of_it.replace("offset = -15", "offset = -25")
    assert changed != text_of_it
    return changed


@pytest.mark.django_db
def test_a_draft_is_replayed_enabled_by_a_second_person_and_undone(city):
    with on_day(DAY):
        accepted()
    with on_day(DAY + timedelta(days=40)):
        climb.sweep()
        live = ladder_pack.rungs_in_force()
        draft = ladder_drafts.propose(
            name="办结提前二十五日提醒",
            text=earlier_by_ten_days(ladder_pack.written(live)),
            reason="十五日来不及。",
            by=someone("super1"),
        )
        with pytest.raises(Refused, match="还没有试算"):
            ladder_drafts.enable(draft, by=someone("admin1"))
        assert ladder_drafts.replay_waiting() == 1 and ladder_drafts.replay_waiting() == 0
        draft.refresh_from_db()
        assert draft.result["levels"]["draft"]["1"] == draft.result["levels"]["live"].get("1", 0) + 1
        ladder_drafts.enable(draft, by=someone("admin1"))
        assert any(
            "offset" not in said and "届满前 25 个自然日" in said
            for said in ladder_pack.differences(live, ladder_pack.rungs_in_force())
        )
        climb.sweep()
        assert Reminder.objects.filter(deadline__term="D06", rung="L1").count() == 1
        with pytest.raises(Refused, match="这份草案已启用"):
            ladder_drafts.enable(draft, by=someone("admin1"))
        ladder_drafts.undo(draft, by=someone("admin1"))
        assert ladder_pack.is_in_force(live)


@pytest.mark.django_db
def test_whoever_made_the_draft_does_not_enable_it(city):
    with on_day(DAY):
        draft = ladder_drafts.propose(
            name="试", text=ladder_pack.written(ladder_pack.rungs_in_force()), reason="试", by=someone("admin1")
        )
        ladder_drafts.replay_waiting()
        with pytest.raises(Refused, match="不能是拟稿的人"):
            ladder_drafts.enable(draft, by=someone("admin1"))


@pytest.mark.django_db
def test_the_pages(city, django_assert_max_num_queries):
    with on_day(DAY):
        petition = accepted()
    with on_day(DAY + timedelta(days=40)):
        browser = signed_in("super1")
        page = text(browser.get("/supervision/drafts/new/text/"))
        assert "offset = -15" in page
        proposed = earlier_by_ten_days(ladder_pack.written(ladder_pack.rungs_in_force()))
        wrong = {"name": "提前", "reason": "来不及", "text": proposed.replace("D06", "D99", 1)}
        answer = browser.post("/supervision/drafts/new/text/", wrong)
        assert answer.status_code == 422
        assert "期限“D99”不在规则簿之列" in text(answer) and "offset = -25" in text(answer)
        assert browser.post("/supervision/drafts/new/text/", wrong | {"text": proposed}).status_code == 302
        draft = LadderDraft.objects.get()
        assert "等待试算" in text(browser.get(f"/supervision/drafts/{draft.pk}/"))
        ladder_drafts.replay_waiting()
        with django_assert_max_num_queries(14):
            page = text(browser.get(f"/supervision/drafts/{draft.pk}/"))
        assert "由届满前 15 个自然日改为届满前 25 个自然日" in page and petition.number in page
        assert "启用（今天起）" not in page  # 督查岗位可以拟，不能启用
        refused = browser.post(f"/supervision/drafts/{draft.pk}/", {"do": "enable"})
        assert refused.status_code == 422
        browser = signed_in("admin1")
        assert "启用（今天起）" in text(browser.get(f"/supervision/drafts/{draft.pk}/"))
        browser.post(f"/supervision/drafts/{draft.pk}/", {"do": "enable"})
        assert LadderRow.objects.filter(valid_to=None, offset=-25).exists()
        assert "退回启用前的阶梯" in text(browser.get(f"/supervision/drafts/{draft.pk}/"))
        assert signed_in("clerk1").get("/supervision/drafts/").status_code == 403
