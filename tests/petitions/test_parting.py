"""并案、拆并、关联、标注（第二十三条、第三十五条，rules §1.11、§5.2）：并过又拆的，与没有并过的一样。"""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from petitions.act.consequences import carry_out
from petitions.act.decorator import SYSTEM, Refused
from petitions.act.states import State
from petitions.clocks import lapses
from petitions.joint import matter_group
from petitions.record.verification import verify
from rulebook.acts import Act
from rulebook.timekeeping import today
from supervision.ladder import climb
from tests.cast import accepted, do, drafted, fresh, issued, on_day, registered, someone
from tests.petitions import merged
from tests.petitions.merged import LATER_STEPS, MAIN_STEPS, ROADS, picture, walk
from tests.petitions.places import approve_all, ask, clock, forwarded, organ, serve_on
from tests.petitions.test_edge_people import someone_else

pytestmark = pytest.mark.usefixtures("city")
DAY = date(2026, 3, 2)
done: Counter = Counter()  # 走的步办成几次、因何被拒


def join(petition, main, by="officer1"):
    return do(petition, Act.MERGE, by, into=main)


def loose(petition, by="officer1"):
    return do(petition, Act.UNMERGE, by, reason="两件诉求不同，信访人不同意并案")


def night():
    lapses.deem_acceptances()
    lapses.settle_lapsed()


# 并案 → 办理 → 拆并，等于从没并过再加上后来的办理


@st.composite
def stories(draw):
    """Where the repeat came from, how long it was merged, what was done meanwhile and afterwards."""
    return {
        "road": draw(st.sampled_from(sorted(ROADS))),
        "before": draw(st.lists(st.sampled_from(["备注", "定途径", "签收", "分派"]), max_size=2)),
        "waited": draw(st.integers(0, 6)),
        "merged": draw(st.integers(0, 25)),
        "meanwhile": draw(st.lists(st.sampled_from(MAIN_STEPS), max_size=4)),
        "told": draw(st.booleans()),
        "nights": draw(st.booleans()),
        "later": draw(st.lists(st.sampled_from(LATER_STEPS), max_size=6)),
        "rest": draw(st.integers(0, 20)),
    }


@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(story=stories())
def _twins_are_alike(story):
    with transaction.atomic():
        _live_twice(story)
        transaction.set_rollback(True)


def test_merged_and_parted_again_is_as_never_merged_with_the_same_later_work():
    done.clear()
    _twins_are_alike()
    assert done["办成"] > 20 and sum(done.values()) > done["办成"]  # 有办成的，也有两边同样被拒的


def _live_twice(story):
    day = DAY
    make, facts = ROADS[story["road"]], {"parties": [someone_else(1)], "claims": ["尽快修好电梯", "公示维修资金"]}
    with on_day(day):
        main, lone = accepted(), accepted()
        for one in (main, lone):  # 信访办的人看得见它转出过的主件，才能并入
            one.involve("forwards", organ("YHXF"))
        joined, never = make(**facts), make(**facts)
        for step in story["before"]:
            _both(joined, never, step)
    day += timedelta(days=story["waited"])
    with on_day(day):
        by = "dclerk1" if story["road"] == "信访办登记" else "officer1"
        joined = join(joined, main, by)
        assert joined.state == State.MERGED
        for step in story["meanwhile"]:
            _both(main, lone, step)
        if story["told"]:
            merged.serve_notice(joined)
    day += timedelta(days=story["merged"])
    with on_day(day):
        if story["nights"]:
            night()
        loose(joined, by)
        night()
        compare(joined, never, main, lone)
        for step in story["later"]:
            _both(joined, never, step)
    with on_day(day + timedelta(days=story["rest"])):
        night()
        compare(joined, never, main, lone)
        assert list(verify()) == []


def _both(one, twin, step):
    """The same step by both comes to the same, be it done or refused."""
    came_of_it = walk(one, step)
    assert walk(twin, step) == came_of_it, step
    done[came_of_it] += 1


def compare(joined, never, main, lone):
    for one, twin in ((joined, never), (main, lone)):
        was, now = picture(twin), picture(one)
        assert [name for name in was if was[name] != now[name]] == [], {
            name: (now[name], was[name]) for name in was if was[name] != now[name]
        }


# 期限（第二十二条、第二十三条）


def test_the_fifteen_days_run_on_from_the_day_of_receipt_and_not_from_the_parting():
    with on_day(DAY):
        main, repeat = accepted(), registered(parties=[someone_else()])
    with on_day("2026-03-05"):
        assert clock(join(repeat, main), "D02").ended_how == "met"
    with on_day("2026-03-10"):
        repeat = loose(repeat)
        told = clock(repeat, "D02")
        assert (told.starts_on, told.due_on, told.ended_how) == (DAY, date(2026, 3, 17), "")
        assert repeat.next_due_on == date(2026, 3, 17) and repeat.waiting_for == "甄别分流"


def test_what_passed_meanwhile_has_passed_and_the_ladder_climbs_again():
    with on_day(DAY):
        main, repeat = accepted(), forwarded(parties=[someone_else()])
    with on_day("2026-03-04"):
        join(repeat, main)
    with on_day("2026-03-19"):
        repeat = loose(repeat)
        assert repeat.state == State.FORWARDED and repeat.current_leg is not None
        assert clock(repeat, "D03").next_rung_at is not None
        climb.sweep()
        assert repeat.deadlines.get(term="D03").due_on == date(2026, 3, 17)
        assert fresh(repeat).events.filter(act=Act.REMIND).exists()
    with on_day("2026-03-20"):
        lapses.deem_acceptances()
        assert fresh(repeat).state == State.ACCEPTED
        assert clock(repeat, "D06").starts_on == date(2026, 3, 17)  # 如同没有并过：第十五日视为受理


# 文书与告知（第二十三条）


def test_a_notice_of_merging_not_yet_served_is_set_aside():
    main, repeat = accepted(), registered(parties=[someone_else()])
    repeat = join(repeat, main)
    notice = repeat.services.get(letter__kind="F02").letter
    repeat = loose(repeat)
    notice.refresh_from_db()
    assert notice.status == "void" and notice.void_reason == "撤销并案，恢复单独办理"
    assert not repeat.services.waiting().exists() and not repeat.services.filter(letter__kind="F36").exists()


def test_whoever_was_told_of_the_merging_is_told_in_writing_that_it_no_longer_holds():
    main, repeat = accepted(), registered(parties=[someone_else()])
    repeat = join(repeat, main)
    merged.serve_notice(repeat)
    repeat = loose(repeat)
    [service] = repeat.services.filter(letter__kind="F36")
    assert service.party.name == "马玉珍" and service.served_on is None
    assert "不再与原事项合并" in service.letter.rendered.words


def test_papers_of_the_main_case_that_still_wait_for_the_other_petitioner_are_taken_back():
    with on_day(DAY):
        main, repeat = accepted(), registered(parties=[someone_else()])
        repeat = join(repeat, main)
        approve_all(ask(main, Act.EXTEND, days=15, reason="情况复杂，需委托检测"), "head1")
        assert fresh(main).services.filter(letter__kind="F10").count() == 2
        loose(repeat)
    [left] = fresh(main).services.waiting().filter(letter__kind="F10")
    assert left.party.name == "陈玉兰"


# 什么时候不能拆（第三十五条）


def test_once_the_opinion_is_given_to_both_neither_loses_the_right_of_review():
    with on_day(DAY):
        main, repeat = accepted(), registered(parties=[someone_else()])
        repeat = join(repeat, main)
        main = do(do(do(drafted(main), Act.SUBMIT), Act.PASS, "legal1"), Act.SIGN, "deputy1")
        with pytest.raises(Refused, match="申请复查的权利以它为准"):
            loose(repeat)


def test_a_main_case_that_ended_without_an_opinion_lets_the_other_go_on():
    with on_day(DAY):
        main, repeat = accepted(), registered(parties=[someone_else()])
        repeat = join(repeat, main)
        pending = ask(main, Act.TERMINATE, ground="settled", reason="主件信访人与物业和解并已履行")
        main = approve_all(pending, "legal1", "deputy1")
        repeat = loose(repeat)
    assert main.state == State.TERMINATED and repeat.state == State.REGISTERED
    assert not main.services.waiting().filter(party__submission=repeat.submission_id).exists()


def test_parting_wants_a_reason_and_only_what_is_merged_can_part():
    main, repeat = accepted(), registered(parties=[someone_else()])
    with pytest.raises(Refused, match="不能拆并"):
        loose(repeat)
    repeat = join(repeat, main)
    with pytest.raises(Refused, match="须写明理由"):
        do(repeat, Act.UNMERGE, reason=" ")


def test_a_main_case_with_others_in_it_is_not_itself_merged():
    main, other = accepted(), accepted()
    join(registered(parties=[someone_else()]), main)
    main = do(main, Act.LEAD_IN, path="31-2", authority="云河区劳动人事争议仲裁院", reason="劳动争议")
    main = do(main, Act.REOPEN, reason="仲裁机构决定不予受理")
    with pytest.raises(Refused, match="已有 1 件并入本件"):
        join(main, other)


def test_merging_once_more_after_a_parting_can_be_undone_once_more():
    with on_day(DAY):
        main, other, repeat = accepted(), accepted(), registered(parties=[someone_else()])
        for into in (main, other):
            loose(join(repeat, into))
        told = clock(repeat, "D02")
    assert told.ended_how == "" and fresh(repeat).merged_into is None


# 关联、重复件、重点件


def test_petitions_of_one_matter_are_related_by_an_act_each_with_its_line():
    first, second, third = accepted(), accepted(), registered(parties=[someone_else()])
    matter_group.relate(fresh(first), second, by=someone("officer1"), note="同一小区电梯")
    matter_group.relate(fresh(third), fresh(first), by=someone("officer1"))
    assert len({fresh(one).matter_id for one in (first, second, third)}) == 1
    assert all(fresh(one).events.filter(act=Act.RELATE).count() == 1 for one in (first, second, third))
    with pytest.raises(Refused, match="已在同一事项组里"):
        matter_group.relate(fresh(third), fresh(second), by=someone("officer1"))
    assert do(third, Act.UNRELATE, reason="实为两部电梯").matter is None
    with pytest.raises(Refused, match="不在任何事项组"):
        do(third, Act.UNRELATE, reason="再来一次")


def test_an_earlier_case_in_the_archive_belongs_to_the_same_matter():
    with on_day(DAY):
        earlier = registered(channel="letter", parties=[], facts={"anonymous": True})
        earlier = do(do(earlier, Act.FILE, reason="匿名且无联系方式"), Act.ARCHIVE)
        later = registered(parties=[someone_else()])
        matter_group.relate(fresh(later), fresh(earlier), by=someone("officer1"))
    assert fresh(earlier).matter_id == fresh(later).matter_id is not None


def test_a_repeat_points_at_what_was_registered_before_it_and_the_mark_can_go():
    with on_day(DAY):
        earlier = accepted()
    with on_day("2026-03-09"):
        repeat = registered()
        with pytest.raises(Refused, match="登记在本件之后"):
            do(earlier, Act.MARK_REPEAT, earlier=repeat)
        days = clock(repeat, "D02").due_on
        assert do(repeat, Act.MARK_REPEAT, earlier=earlier).repeat_of == earlier
        assert clock(repeat, "D02").due_on == days
        with pytest.raises(Refused, match="已标注为"):
            do(repeat, Act.MARK_REPEAT, earlier=earlier)
        assert do(repeat, Act.MARK_REPEAT).repeat_of is None
        with pytest.raises(Refused, match="无须取消"):
            do(repeat, Act.MARK_REPEAT)


def test_a_key_case_is_checked_by_the_office_that_handed_it_over():
    petition = do(forwarded(), Act.MARK_KEY, "super1", key=True, reason="区领导包案")
    assert petition.key_case and petition.checker() == ("supervises", someone("super1").organ.office)
    with pytest.raises(Refused, match="已经列为重点件"):
        do(petition, Act.MARK_KEY, "super1", key=True, reason="再列一次")
    assert not do(petition, Act.MARK_KEY, "super1", key=False, reason="已经化解").key_case


def test_an_opinion_issued_before_the_merging_is_no_concern_of_the_other():
    """责令重作以后又在办的主件，原意见书只对原来的信访人。"""
    with on_day(DAY):
        main = issued()
        serve_on(main, "F12", today())
        carry_out(fresh(main), Act.REDO, by=SYSTEM, due_on=DAY + timedelta(days=30))
        repeat = join(registered(parties=[someone_else()]), fresh(main))
        assert loose(repeat).state == State.REGISTERED
