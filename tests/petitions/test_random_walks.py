"""随机走：登记一件，然后让演员表里的人随意办——合法的、越权的、填错的——日子随意往前走。每一步都查。

Twenty walks by default, in shares of twenty, each with a seed of its own: the same ones every time. Five hundred,
in parallel: `FENGQIAO_WALKS=500 python3 run.py test tests/petitions/test_random_walks.py -n 2`. A share that failed
is walked again by its name (`-k "share-7"` or `--lf`); FENGQIAO_WALKS_FROM=25 goes on with the shares after those.
"""

import os
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from petitions.act.consequences import carry_out
from petitions.act.states import FINAL, Kind
from petitions.approval import rules as approvals
from petitions.models import Execution, Hearing, Leg, Matter, Mediation, PendingAct, Petition, Proceeding, Service
from rulebook.acts import Act
from rulebook.timekeeping import BEIJING, at, today
from supervision.board.board_counts import differences
from supervision.custody import holding
from supervision.ladder import climb
from supervision.models import Order
from supervision.orders import acts as orders
from tests import cast
from tests.petitions import contested, walker
from tests.petitions.attempts import USUAL, Dice, attempt
from tests.petitions.beside import REVIEW_STEPS, attempt_beside
from tests.petitions.places import assigned, at_office, forwarded
from tests.petitions.walker import Walker

WALKS = int(os.environ.get("FENGQIAO_WALKS") or 20)
SHARE = 20
FIRST = int(os.environ.get("FENGQIAO_WALKS_FROM") or 0)
SHARES = range(FIRST, FIRST - (-WALKS // SHARE))
STEPS = 30
MOST = 2  # 件
STARTS = {
    "街道登记": cast.registered,
    "信访办登记": at_office,
    "转送到街道": forwarded,
    "交办到街道": assigned,
    "办理中": cast.accepted,
    "已起草": lambda **told: cast.drafted(cast.accepted(**told)),
    "待核查": cast.submitted,
    "已签发": cast.issued,
    "已办结": cast.closed,
    "已申请复查": contested.contested,
    "一送达就申请复查": contested.contested_at_once,
    "部门已办结": contested.closed_by_a_bureau,
    "向市级部门申请复查": contested.before_a_bureau,
    "复查审理中": contested.under_review,
    "复查维持": contested.upheld,
    "复核审理中": contested.under_recheck,
    "责令重作": contested.sent_back,
}
CONTESTABLE = {"F12": Act.REQUEST_REVIEW, "F18": Act.REQUEST_RECHECK}
# 检举控告只移交，不转送：转出去的起点不用它
KINDS = {
    "街道登记": tuple(Kind),
    "信访办登记": tuple(Kind),
    "转送到街道": (Kind.SUGGESTION, Kind.INQUIRY),
    "交办到街道": (Kind.SUGGESTION, Kind.INQUIRY),
}
DAYS = (0, 1, 1, 2, 3, 5, 7, 10, 15, 16, 20, 30, 31, 60, 61, 90)
LONG_AFTER = timedelta(days=200)
NOTHING_TO_DO = object()
counts: Counter = Counter()
people: list = []


def custody_is_whole() -> None:
    """Who held each petition, from its first line on: no gap, no overlap; and lateness is shared out to the day."""
    for petition in Petition.objects.all():
        stretches = holding.stretches(petition)
        for before, after in pairwise(stretches):
            assert before.until == after.since, f"{petition.number} {before} {after}"
        if stretches:
            assert sum((one.length for one in stretches), timedelta()) == stretches[-1].until - stretches[0].since
        for late in holding.lateness(petition):
            assert sum(late.by_organ.values()) == late.days > 0, f"{petition.number} {late}"


class Walk(RuleBasedStateMachine):
    """One walk in a transaction of its own, rolled back at its end."""

    def __init__(self):
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.moment = datetime(2026, 1, 5, 10, tzinfo=BEIJING)
        Matter.objects.bulk_create(
            Matter(title=title, created_at=self.moment, created_by=people[0]) for title in ("电梯停运", "维修资金")
        )
        self.walker = Walker(people, counts)
        counts["走"] += 1

    def teardown(self):
        try:
            with at(self.moment):
                self.walker.end()
                custody_is_whole()
                assert differences() == []  # 督查页的数，哪一步都没有漏记
            with at(self.moment + LONG_AFTER):
                self.walker.long_after()
        finally:
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    def hold(self):
        return at(self.moment)

    @initialize(luck=st.integers(0, 2**64 - 1), day=st.dates(date(2025, 1, 2), date(2026, 6, 30)))
    def somebody_comes(self, luck, day):
        """Everything a walk leaves to chance follows from one number: Hypothesis, choosing step by step, would repeat
        itself, and a walk has to go far."""
        self.dice = Dice(Random(luck))
        self.moment = datetime(day.year, day.month, day.day, 10, tzinfo=BEIJING)
        with self.hold():
            self.register(self.dice)

    @rule()
    def something_happens(self):
        """One step: whoever comes in the way of the dice, where there is something for them to do."""
        weights, doings = zip(*self.doings(), strict=True)
        doing = self.dice.random.choices(doings, weights)[0]
        with self.hold():
            if doing(self.dice) is NOTHING_TO_DO:
                self.somebody_acts(self.dice)

    def doings(self) -> list[tuple[int, Callable]]:
        """What may happen, and how often; each says so where there is nothing for it to do."""
        return [
            (4, self.days_pass),
            (2, self.the_night_does_its_work),
            (8, self.somebody_acts),
            (1, self.somebody_supervises),
            (1, self.somebody_else_comes),
            (6, self.somebody_decides),
            (3, self.somebody_serves),
            (2, self.the_petitioner_contests),
            (8, self.the_organ_above_acts),
            (3, self.somebody_hears),
            (2, self.somebody_mediates),
            (1, self.somebody_carries_it_out),
            (1, self.somebody_takes_the_leg),
            (1, self.somebody_answers_for_it),
        ]

    def somebody_else_comes(self, dice):
        if Petition.objects.count() >= MOST:
            return NOTHING_TO_DO
        self.register(dice, [*KINDS, "办理中"])
        return None

    def register(self, dice, starts=tuple(STARTS)):
        start = dice.pick(starts)
        told = {"parties": contested.couple()} if start not in KINDS and dice.chance(4) else {}
        if start in KINDS:
            told["kind"] = dice.pick([Kind.APPEAL, Kind.APPEAL, *KINDS[start]])
            if dice.chance(2):
                told |= {"channel": "letter", "parties": [], "facts": {"anonymous": True}}
        STARTS[start](**told)
        self.walker.states = self.walker.states_now()
        self.walker.check(f"登记（{start}）")

    def somebody_acts(self, dice):
        """Mostly what is usual in the state, by somebody who may; now and then anything, by anybody."""
        walks = self.walker
        petitions = walks.petitions()
        petition = dice.pick([one for one in petitions if one.state not in FINAL and dice.chance(9)] or petitions)
        roads = walks.acts_from(petition.state)
        if dice.chance(9):
            act = dice.pick(USUAL.get(petition.state, roads) if dice.chance(6) else roads)
            by = dice.pick(walks.who_may(act, petition) or walks.people)
        else:
            act, by = dice.pick(Act(act) for act, _, _ in sorted(walks.edges)), dice.pick(walks.people)
        walks.step(f"{by.name}{act.label}", attempt, dice, petition, act, by)

    def days_pass(self, dice):
        days, minute = dice.pick(DAYS), dice.pick([0, 600, 1439])
        later = self.moment.replace(hour=0, minute=0) + timedelta(days=days, minutes=minute)
        self.moment = max(self.moment, later)

    def the_night_does_its_work(self, dice):
        """The sweeps of one night, as the timetable runs them."""
        for sweep in (climb.sweep, *walker.SWEEPS):
            self.walker.step(sweep.__name__, sweep)

    def somebody_decides(self, dice):
        walks = self.walker
        pending = dice.any_of(PendingAct.objects.filter(state="waiting").select_related("petition").order_by("pk"))
        if pending is None:
            return NOTHING_TO_DO
        seated = [person for person in walks.people if approvals.seat_to_decide(pending, person)]
        by = dice.pick(seated if seated and dice.chance(8) else walks.people)
        match dice.pick(["approve", "approve", "approve", "reject", "withdraw"]):
            case "approve":
                return walks.step("批准", approvals.approve, pending, by=by, note="同意")
            case "reject":
                return walks.step("不批准", approvals.reject, pending, by=by, note=dice.words("理由不充分"))
            case _:
                who = pending.asked_by if dice.chance(7) else by
                return walks.step("撤回", approvals.withdraw, pending, by=who)

    def somebody_serves(self, dice):
        service = dice.any_of(Service.objects.waiting().select_related("letter", "party").order_by("pk"))
        if service is None:
            return NOTHING_TO_DO
        tried = [Act.ATTEMPT_SERVICE, Act.POST, Act.PUBLISH_NOTICE]
        return self.beside(dice, service, Act.SERVE if dice.chance(7) else dice.pick(tried))

    def somebody_mediates(self, dice):
        mediation = dice.any_of(Mediation.objects.order_by("-pk")[:1])
        if mediation is None:
            return NOTHING_TO_DO
        return self.beside(dice, mediation, dice.pick([Act.AGREE, Act.AGREE, Act.GIVE_UP, Act.CONFIRM]))

    def somebody_carries_it_out(self, dice):
        execution = dice.any_of(Execution.objects.select_related("organ__office", "claim", "opinion").order_by("pk"))
        if execution is None:
            return NOTHING_TO_DO
        return self.beside(dice, execution, dice.pick([Act.REPLAN, Act.PERFORM, Act.REFUSE_EXECUTION]))

    def somebody_takes_the_leg(self, dice):
        leg = dice.any_of(Leg.objects.select_related("receiver__office", "sender").order_by("pk"))
        if leg is None:
            return NOTHING_TO_DO
        leg.petition = cast.fresh(leg.petition)
        act = dice.pick([Act.SIGN_FOR, Act.ANSWER_ASSIST])
        told = {"answer": "卷宗附后"} if act is Act.ANSWER_ASSIST else {}
        by = dice.pick(self.walker.who_may(act, leg.petition) or self.walker.people)
        return self.walker.step(act.label, carry_out, leg, act, by=by, **told)

    def the_petitioner_contests(self, dice):
        """复查、复核的申请递到承办单位或者复查机关；也有递错的、递迟的、对不能申请的意见申请的。"""
        served = Service.objects.filter(letter__kind__in=CONTESTABLE, served_on__isnull=False)
        service = dice.any_of(served.select_related("letter", "party").order_by("pk"))
        if service is None:
            return NOTHING_TO_DO
        act = CONTESTABLE[service.letter.kind] if dice.chance(9) else dice.pick(CONTESTABLE.values())
        return self.beside(dice, service, act)

    def the_organ_above_acts(self, dice):
        proceeding = dice.any_of(Proceeding.objects.select_related("organ__office").order_by("-pk")[:3])
        if proceeding is None:
            return NOTHING_TO_DO
        usual = REVIEW_STEPS.get(proceeding.state)
        every = [act for steps in REVIEW_STEPS.values() for act in steps]
        return self.beside(dice, proceeding, dice.pick(usual if usual and dice.chance(9) else every))

    def somebody_hears(self, dice):
        hearing = dice.any_of(Hearing.objects.select_related("proceeding__organ__office").order_by("-pk")[:1])
        if hearing is None:
            return NOTHING_TO_DO
        return self.beside(dice, hearing, dice.pick([Act.CONCLUDE_HEARING, Act.CONCLUDE_HEARING, Act.CANCEL_HEARING]))

    def beside(self, dice, noun, act):
        """An act on what belongs to a petition, mostly by somebody who may."""
        noun.petition = cast.fresh(noun.petition)
        by = dice.pick((dice.chance(9) and self.walker.who_may(act, noun.petition)) or self.walker.people)
        return self.walker.step(f"{by.name}{act.label}", attempt_beside, dice, noun, act, by)

    def somebody_supervises(self, dice):
        walks = self.walker
        petition = dice.pick(walks.petitions())
        told = {
            "to": petition.organ,
            "ground": dice.pick(["SV02", "SV01"]),
            "problem": dice.words("逾期未告知"),
            "requirement": "三日内书面告知",
            "due_on": today() + timedelta(days=dice.pick([5, 1, -1])),
        }
        by = dice.pick(walks.who_may(Act.ORDER, petition) or walks.people)
        walks.step("督办", orders.open_order, petition, by=by, **told)

    def somebody_answers_for_it(self, dice):
        walks = self.walker
        order = dice.any_of(Order.objects.select_related("to__office", "issuer", "issued_by").order_by("pk"))
        if order is None:
            return NOTHING_TO_DO
        order.petition = cast.fresh(order.petition)
        act = dice.pick(list(orders.DOORS))
        told = {
            Act.SIGN_ORDER: {},
            Act.REPORT_ORDER: {"report": dice.words("正在办")},
            Act.RAISE_ORDER: {"card": dice.pick(["yellow", "red"]), "reason": dice.words("逾期未报"), "every": 3},
            Act.ANSWER_ORDER: {"answer": dice.words("已落实")},
            Act.RETURN_ORDER: {"reason": dice.words("未附材料"), "due_on": today() + timedelta(days=3)},
            Act.CLOSE_ORDER: {"opinion": dice.words("予以核销")},
        }[act]
        by = dice.pick(walks.who_may(act, order.petition) or walks.people)
        return walks.step(act.label, orders.DOORS[act], order, by=by, **told)


@pytest.mark.usefixtures("city")
@pytest.mark.parametrize("share", SHARES, ids="share-{}".format)
def test_no_walk_ends_in_a_dead_end_takes_an_illegal_road_or_leaves_a_clock_running(share, capsys):
    counts.clear()
    people[:] = walker.cast()
    run_state_machine_as_test(
        seed(share)(type("Walk", (Walk,), {})),
        settings=settings(
            max_examples=SHARE,
            stateful_step_count=STEPS,
            database=None,
            deadline=None,
            print_blob=True,
            phases=[Phase.generate],  # 加上 Phase.shrink 可把走错的一路缩到最短，要等几分钟
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )
    edges = sum(isinstance(key, tuple) for key in counts)
    with capsys.disabled():
        print(f"\n{counts['走']} 次随机走：办成 {counts['办成']} 步，拒绝 {counts['拒绝']} 步，走过 {edges} 条路")
    assert counts["走"] >= SHARE and counts["办成"] > 5 * SHARE and counts["拒绝"] > SHARE
    assert set(FINAL) & {key[2] for key in counts if isinstance(key, tuple)}
    assert counts[Act.REQUEST_REVIEW] and counts[Act.DECIDE_REVIEW]
