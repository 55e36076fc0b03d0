"""登记时与从前一件的关系（rules §1.11）：看到的后果，就是登记以后真的发生的。"""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from accounts.models import Organ
from petitions.act.consequences import register
from petitions.act.states import OPEN, State
from petitions.clocks import lapses
from petitions.joint import earlier_petition
from petitions.joint.earlier_petition import Tie, foresee, ties_to
from petitions.models import Petition, Submission
from rulebook.acts import Act
from rulebook.timekeeping import today
from tests.cast import accepted, closed, do, fresh, intake, issued, on_day, registered, someone, submitted

pytestmark = pytest.mark.usefixtures("city")
DAY = date(2026, 3, 2)


def merged_away():
    main = accepted()
    return do(registered(), Act.MERGE, into=main)


def in_a_matter():
    one = accepted()
    return do(one, Act.RELATE, matter=earlier_petition.matter_group._opened(one, someone("officer1")))


OLD = {
    "已登记": registered,
    "办理中": accepted,
    "待核查": submitted,
    "待送达": issued,
    "已办结": closed,
    "已并案": merged_away,
    "事项组里": in_a_matter,
    "检举控告": lambda: registered(kind="report", accused_text="某科长"),
}
DESKS = {"clerk1": "YHQL", "dclerk1": None}


def counted() -> dict[str, int]:
    return {
        "submissions": Submission.objects.count(),
        "open": Petition.objects.filter(state__in=OPEN).count(),
        "repeats": Petition.objects.exclude(repeat_of=None).count(),
    }


def days_of(petition) -> dict:
    return {
        (row.pk, row.term, row.scope_id): (row.due_on, row.ended_how, row.internal_on)
        for row in petition.deadlines.all()
    }


@settings(
    max_examples=36,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(
    what=st.sampled_from(sorted(OLD)),
    how=st.sampled_from(list(Tie)),
    kind=st.sampled_from(["appeal", "suggestion", "report"]),
    login=st.sampled_from(sorted(DESKS)),
    waited=st.integers(0, 70),
    late=st.integers(0, 12),
)
def test_what_is_shown_before_is_what_happens_then(city, what, how, kind, login, waited, late):
    with transaction.atomic():
        with on_day(DAY):
            old = fresh(OLD[what]())
        with on_day(DAY + timedelta(days=waited)):
            by = someone(login)
            desk = Organ.objects.get(code=DESKS[login]) if DESKS[login] else by.office
            received = today() - timedelta(days=late)
            was, old_days = counted(), days_of(old)
            shown = foresee(how, old, office=desk, received_on=received, kind=kind, by=by)
            told = {"accused_text": "某股长"} if kind == "report" else {}
            petition = register(intake(organ=desk, received_on=received, kind=kind, **told), by=by)
            said = earlier_petition.tie(petition, how, old, by=by)
            petition = fresh(petition)

            assert bool(said) == bool(shown.refused), (said, shown.refused)
            assert petition.state == shown.state
            assert petition.repeat_of == (old if shown.is_repeat else None)
            assert (petition.merged_into == old) == shown.is_merged
            assert (petition.matter_id is not None) == shown.in_matter
            if shown.in_matter:
                assert petition.matter_id == fresh(old).matter_id
            assert sorted((code, due) for code, _, due in shown.clocks) == sorted(
                (row.term, None if row.ended_how else row.due_on) for row in petition.deadlines.all()
            )
            now = counted()
            assert {name: now[name] - was[name] for name in now} == shown.figures
            assert days_of(fresh(old)) == old_days  # 原件的期限不变
        transaction.set_rollback(True)


def test_the_choices_fit_the_person_and_where_the_earlier_one_stands():
    assert ties_to(accepted(), same_person=True) == [Tie.MERGE, Tie.FRESH]
    assert ties_to(closed(), same_person=True) == [Tie.FOLLOWS, Tie.FRESH]
    assert ties_to(accepted(), same_person=False) == [Tie.GROUP]


def test_after_the_opinion_the_sentence_leads_to_review_and_later_to_not_again():
    with on_day(DAY):
        old = closed()
    with on_day(DAY + timedelta(days=10)):
        assert earlier_petition.where_it_stands(old) == "opinion_open"
        assert "04-01" in earlier_petition.onward(old) and "申请复查" in earlier_petition.onward(old)
    with on_day(DAY + timedelta(days=40)):
        tying_old = settle(old)
        assert earlier_petition.where_it_stands(
            tying_old
        ) == "opinion_lapsed" and "不再受理" in earlier_petition.onward(tying_old)


def settle(old) -> Petition:

    lapses.settle_lapsed()
    found = fresh(old)
    assert found.state == State.SETTLED
    return found


def test_the_sentences_name_days_counts_and_the_refusal():
    with on_day(DAY):
        main, by = accepted(), someone("clerk1")
        told = {"office": main.organ, "received_on": DAY, "kind": "appeal", "by": by}
        into = " ".join(foresee(Tie.MERGE, main, **told).sentences)
        assert "并入原件" in into and "不新开" in into and "计入重复件" in into and "的期限不变" in into
        apart = " ".join(foresee(Tie.FRESH, main, **told).sentences)
        assert "03-17" in apart and "不计入重复件" in apart and "在办件各加一" in apart
        early = " ".join(foresee(Tie.MERGE, registered(), **told).sentences)
        assert "主件尚未受理告知" in early and "将标注为它的重复件" in early
