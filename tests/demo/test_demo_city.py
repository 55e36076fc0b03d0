"""演示城市：小城真走一遍，每种走向都走到，日志完好，灯有黄有红，密件旁人看不见。"""

import json
from collections import Counter
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction

from accounts.models import Outbox, User
from config.demo.story.plot import STORIES, Beat, beats_of
from config.demo.story.reader import FIRST, ID_PREFIX, UnknownStory, id_number, read, some
from config.demo.walker import STEPS
from insight.search.petition_search import search
from petitions.act.states import State
from petitions.models import Dispute, Party, Petition, PetitionEvent, PostBatch
from petitions.record.verification import verify
from rulebook import timekeeping
from rulebook.books import calendar_in_force
from rulebook.timekeeping import now, today
from supervision.models import DayFigures, Order, OrderIncident, Proposal, Reading, Reminder, SamplePlan
from supervision.orders.evidence import compilation
from supervision.sampling import plans, scoring

pytestmark = pytest.mark.django_db

PACK = Path(settings.BASE_DIR) / "citypacks" / "yunzhou"
CANARY = "青鸾七号"
WORKING_DAYS = 2
# 走向 → 走到的状态；时间会继续走，办结的可能已经终结、归档
ENDS = {
    "accepted": {State.ACCEPTED},
    "accepted_amber": {State.ACCEPTED},
    "accepted_red": {State.ACCEPTED},
    "extended": {State.ACCEPTED},
    "supervised": {State.ACCEPTED},
    "carried": {State.ACCEPTED},
    "returned": {State.ACCEPTED},
    "deemed_accepted": {State.ACCEPTED},
    "split": {State.ACCEPTED},
    "submitted": {State.SUBMITTED},
    "passed": {State.SUBMITTED},
    "issued": {State.ISSUED},
    "published": {State.ISSUED},
    "posted": {State.ISSUED},
    "disturbed": {State.ACCEPTED},
    "served": {State.ISSUED},
    "closed": {State.CLOSED, State.SETTLED, State.ARCHIVED},
    "rechecked": {State.SETTLED, State.ARCHIVED},
    "registered": {State.REGISTERED},
    "objection_upheld": {State.REGISTERED},
    "forwarded": {State.FORWARDED},
    "arrived": {State.FORWARDED, State.ASSIGNED},
    "assigned": {State.ASSIGNED},
    "objected": {State.OBJECTED},
    "disputed": {State.DISPUTED},
    "designated": {State.ACCEPTED},
    "studying": {State.STUDYING},
    "declined": {State.DECLINED},
    "not_again": {State.NOT_AGAIN},
    "redirected": {State.REDIRECTED},
    "led_in": {State.LED_IN, State.IN_PROCEDURE, State.CLOSED, State.SETTLED},  # 本机关自己的程序接着办、按期答复
    "filed": {State.FILED},
    "merged": {State.MERGED},
    "referred": {State.REPORTED},
}


@pytest.fixture(scope="module")
def tales():
    return read(PACK, STORIES)


@pytest.fixture(scope="module")
def small_city(django_db_setup, django_db_blocker):
    """The small city walked once for all tests of this file, and taken away with its transaction."""
    with django_db_blocker.unblock(), transaction.atomic():
        out = StringIO()
        call_command("demo_city", small=True, json=True, stdout=out)
        yield json.loads(out.getvalue())
        transaction.set_rollback(True)
    timekeeping.forget_shift()


def by_text(tale) -> Petition:
    return Petition.objects.get(submission__original=tale.text, ordinal=1)


def test_the_stories_of_the_file_are_all_known_and_all_have_an_end(tales):
    assert {tale.story for tale in tales} == set(STORIES) == set(ENDS)


def test_the_city_of_a_first_start_tells_every_story_with_what_it_leans_on(tales):
    first = some(tales, FIRST)
    assert FIRST <= len(first) < len(tales) / 2
    assert {tale.story for tale in first} == set(STORIES)
    there = {tale.id for tale in first}
    assert {other for tale in first for other in (tale.repeat_of, tale.group_of, tale.earlier)} <= there | {""}
    # the whole half year, not only its last weeks
    assert {tale.days_ago // 30 for tale in first if tale.days_ago < 180} == set(range(6))
    assert some(tales, FIRST) == first


def test_a_row_with_an_unknown_story_is_named(tales):
    with pytest.raises(UnknownStory, match=r"P\d+ 的走向“closed”没有人会走"):
        read(PACK, set(STORIES) - {"closed"})


def test_every_step_of_every_tale_is_one_that_someone_can_do(small_city, tales):
    calendar, moment = calendar_in_force(), now()
    for tale in tales:
        beats = beats_of(tale, calendar, moment)
        assert all(callable(STEPS[beat.step]) for beat in beats)
        assert beats == sorted(beats), tale.id
        assert beats[-1].at <= moment, tale.id


def test_officials_act_in_working_hours_on_working_days(small_city, tales):
    calendar, moment = calendar_in_force(), now()
    beats: list[Beat] = [beat for tale in tales for beat in beats_of(tale, calendar, moment)]
    assert len(beats) > 3000
    odd = [beat for beat in beats if not calendar.is_working(beat.at.date()) or not 9 <= beat.at.hour < 17]
    assert odd == []


def test_invented_numbers_carry_the_invented_region_and_a_right_check_sign(tales):
    for tale in tales:
        if tale.birth:
            number = id_number(tale.name, tale.birth, tale.sex)
            assert number.startswith(ID_PREFIX)
            assert number[6:14] == f"{tale.birth:%Y%m%d}"
            total = sum((10 if sign == "X" else int(sign)) * pow(2, 17 - n, 11) for n, sign in enumerate(number))
            assert total % 11 == 1, number


def test_nothing_was_refused_and_the_log_holds(small_city):
    assert small_city["refusals"] == []
    assert list(verify()) == []
    assert small_city["petitions"] >= 40


def test_every_story_came_to_its_end(small_city, tales):
    wrong = []
    for tale in some(tales):
        state = by_text(tale).state
        if state not in ENDS[tale.story]:
            wrong.append((tale.id, tale.story, state))
    assert wrong == []


def test_some_cases_are_simple_and_some_are_mediated(small_city, tales):
    steps = Counter(beat.step for tale in tales for beat in beats_of(tale, calendar_in_force(), now()))
    assert steps["accept_simply"] == steps["answer_simply"] >= 5
    assert steps["mediate"] >= 3


def test_one_opinion_is_served_by_notice_and_one_goes_by_post_for_the_second_time(small_city, tales):
    told = {tale.story: by_text(tale) for tale in some(tales)}
    [published] = told["published"].services.filter(state="published")
    assert published.notice_until > published.notice_on and published.attempts.count() == 1
    first, second = PostBatch.objects.filter(items__service__petition=told["posted"]).order_by("pk")
    assert first.items.get().service.attempts.get().outcome == "nobody"
    assert second.items.get().service.posted_on is not None


def test_an_incident_is_kept_with_what_was_done_about_it(small_city, tales):
    incident = OrderIncident.objects.get()
    assert incident.petition == next(by_text(tale) for tale in some(tales) if tale.story == "disturbed")
    assert [step.measure for step in incident.steps.order_by("pk")] == ["dissuade", "educate"]


def test_what_an_organ_keeps_in_its_own_procedure_is_answered_within_the_two_months(small_city):
    kept = Petition.objects.filter(events__act="lead_in", events__details__own=True)
    assert kept.exists() and not kept.filter(
        deadlines__term="D19", deadlines__due_on__lt=today(), deadlines__met_on=None
    )


def test_one_question_of_competence_waits_and_one_is_ruled_on(small_city):
    waiting = Petition.objects.get(state=State.DISPUTED)
    assert waiting.open_dispute.organ.code == "YH" and waiting.open_dispute.cause == "returned"
    ruled = Dispute.objects.get(state="ruled")
    assert ruled.letter.kind == "F28" and ruled.petition.organ == ruled.to
    for petition in (waiting, ruled.petition):
        assert Order.objects.filter(petition=petition, ground="SV05", issued_by=None).count() == 2


def test_one_order_is_carried_from_signing_by_red_card_and_interview_to_its_close(small_city, tales):
    order = Order.objects.get(petition=next(by_text(tale) for tale in some(tales) if tale.story == "carried"))
    acts = order.petition.events.filter(scope__order=order.pk).in_order().values_list("act", flat=True)
    assert list(acts) == [
        "order",
        "sign_order",
        "report_order",
        "report_order",
        "raise_order",
        "raise_order",
        "call_in",
        "circulate",
        "answer_order",
        "keep_commitment",
        "close_order",
    ]
    assert list(order.cards.order_by("pk").values_list("card", flat=True)) == ["yellow", "red"]
    promised = order.call_ins.get().commitments.order_by("due_on").values_list("done_on", flat=True)
    assert [day is not None for day in promised] == [True, False]
    assert order.circulars.get().told.count() > 1
    assert compilation.pdf_of(order.evidence.get()).startswith(b"%PDF")


def test_the_order_ends_in_a_proposal_to_improve_and_one_to_hold_somebody_responsible(small_city):
    improve, blame = (Proposal.objects.get(kind=kind) for kind in ("improve", "blame"))
    assert (improve.get_state_display(), improve.get_adoption_display()) == ("已反馈", "部分采纳")
    assert improve.order == blame.order == Order.objects.get(cards__card="yellow")
    assert blame.to.kind == "discipline" and blame.responsibilities.get().handed_on
    told = Outbox.objects.filter(url=f"/proposals/{blame.pk}/").values_list("recipient__organ__office__kind", flat=True)
    assert set(told) == {"petition_office", "discipline"}


def test_a_sample_is_drawn_and_partly_judged(small_city):
    plan = SamplePlan.objects.get()
    assert plans.is_whole(plan) and plan.population >= plan.sampled.count() >= 2
    handed = Reading.objects.filter(sampled__plan=plan).exclude(done_at=None).count()
    assert 4 <= handed < 2 * plan.sampled.count()
    waiting = [one for one in plans.with_sheets(plan.sampled.all()) if one.handed_in == 2 and one.settled_at is None]
    assert len(waiting) == 1 and len(scoring.Pair.of(waiting[0]).differences) == 1


def test_lamps_of_every_colour_are_lit(small_city):
    assert small_city["lamps"]["黄"] >= 1
    assert small_city["lamps"]["红"] >= 1
    assert Reminder.objects.filter(level__gte=4).exists()


def test_the_city_has_a_history_of_days(small_city):
    days = set(DayFigures.objects.values_list("day", flat=True))
    assert {today() - timedelta(days=back) for back in range(1, 12 * 7 + 1)} <= days
    assert sum(DayFigures.objects.filter(day=max(days)).values_list("red", flat=True)) >= 1


def test_every_channel_and_a_group_visit_are_there(small_city):
    assert set(small_city["channels"]) == {"来访", "来信", "来电", "网上"}
    assert Petition.objects.filter(submission__channel="visit", submission__people_count__gte=5).exists()
    assert Order.objects.exists()


def test_the_log_is_written_in_the_order_of_time(small_city):
    recorded = list(PetitionEvent.objects.order_by("pk").values_list("recorded_at", flat=True))
    assert recorded == sorted(recorded)


def test_people_did_what_people_do_and_only_the_clockwork_the_rest(small_city):
    by_system = Counter(PetitionEvent.objects.filter(actor_kind="system").values_list("act", flat=True))
    assert set(by_system) <= {"arrive", "deem_accepted", "settle", "remind", "promise", "request_designation", "order"}
    assert not PetitionEvent.objects.filter(actor_kind="user", by=None).exists()


def test_the_canary_is_seen_by_the_discipline_post_alone(small_city, tales):
    """No list, no title, no claim of anyone else holds the word."""
    tale = next(tale for tale in tales if CANARY in tale.text)
    part = Petition.objects.get(submission__original=tale.text, secrecy=1)
    assert by_text(tale).shows_original is False
    allowed = {
        user.username for user in User.objects.active() if Petition.objects.visible_to(user).filter(pk=part.pk).exists()
    }
    assert allowed == {"disc1"}
    for user in User.objects.filter(username__in=_shown_logins()).exclude(username="disc1"):
        assert search(user, CANARY).count == 0, user.username
    open_words = Petition.objects.filter(secrecy=0).values_list("title", "excerpt", "claims__text", "claims__answer")
    assert not any(CANARY in (word or "") for row in open_words for word in row)


def test_a_repeat_is_the_same_person(small_city):
    repeat = Petition.objects.filter(repeat_of__isnull=False, state=State.MERGED).exclude(repeat_of=None).first()
    assert repeat.merged_into_id == repeat.repeat_of_id
    again = Party.objects.exclude(id_hash="").values_list("id_hash", "person_id").distinct()
    assert len({key for key, _ in again}) == len(again)


def test_a_second_load_does_nothing_if_asked_and_is_refused_if_not(small_city):
    before = PetitionEvent.objects.count()
    call_command("demo_city", if_empty=True, stdout=StringIO())
    with pytest.raises(CommandError, match="只装进空库"):
        call_command("demo_city", stdout=StringIO())
    assert PetitionEvent.objects.count() == before


def test_the_logins_shown_can_sign_in(small_city):
    rows = _logins()
    assert len(rows) == 29
    assert all(User.objects.get(username=row["username"]).check_password(row["password"]) for row in rows)


def _logins():
    out = StringIO()
    call_command("demo_logins", json=True, stdout=out)
    return json.loads(out.getvalue())


def _shown_logins():
    """One person of every role."""
    return [row["username"] for row in _logins()]


# 往后的日子有人上班（pass_days --working）


def _days_ahead() -> int:
    """Natural days until so many working days have passed: a weekend or a feast alone shows nobody at work."""
    return (calendar_in_force().step(today(), WORKING_DAYS) - today()).days


def _pass(seed: str = "甲") -> tuple[list[dict], str]:
    out, err = StringIO(), StringIO()
    call_command("pass_days", _days_ahead(), working=True, seed=seed, json=True, stdout=out, stderr=err)
    return json.loads(out.getvalue()), err.getvalue()


def _what_happened(after: int) -> list[tuple[str, str, str]]:
    lines = PetitionEvent.objects.filter(pk__gt=after).order_by("pk")
    return list(lines.values_list("petition__number", "act", "went_to"))


def test_people_work_nothing_is_refused_and_the_same_seed_walks_the_same_way(small_city):
    last = PetitionEvent.objects.latest("pk").pk
    undo = transaction.savepoint()
    before = Petition.objects.count()
    told, refused = _pass()
    assert refused.startswith("被拒 0 步"), refused
    assert sum(day["登记"] for day in told) == Petition.objects.count() - before > 0
    days = [day["日期"] for day in told]
    assert sum(day["办结"] for day in told) == Petition.objects.filter(closed_at__date__in=days).count()
    worked = PetitionEvent.objects.filter(pk__gt=last, actor_kind="user").exclude(act="register")
    assert worked.exists()
    assert list(verify()) == []
    first = _what_happened(last)
    transaction.savepoint_rollback(undo)
    timekeeping.forget_shift()

    again, _ = _pass()
    assert (again, _what_happened(last)) == (told, first)
