"""第三十一条第六项的听证：重大、复杂、疑难的件在办理阶段可以听证；谁能坐、通知、笔录，60 日不停（案例 E19）。"""

from datetime import date, timedelta

import pytest

from documents.models import Letter
from petitions.act.consequences import carry_out
from petitions.act.decorator import Refused
from petitions.hearing import rules as hearings
from petitions.intake.registration import PartyFacts
from petitions.models import Hearing
from petitions.record.timeline import sentence
from petitions.record.verification import verify
from rulebook.acts import Act
from rulebook.books import settings_of
from tests.cast import accepted, decided, do, drafted, fresh, intake, on_day, registered, serve_all, someone
from tests.petitions import test_reviews as reviews
from tests.petitions.places import approve_all, ask, clock

pytestmark = pytest.mark.usefixtures("city")
DAY = date(2026, 3, 2)
SITS = {
    "reason": "涉及八栋楼的维修资金使用，争议大。",
    "held_on": date(2026, 3, 20),
    "until": date(2026, 3, 27),
    "held_at": "9:30 至 11:30",
    "place": "青柳街道办事处二楼听证室",
    "host": "孙慕贤",
    "members": "方知行（律师）、田翠屏（居民代表）、钟阿满（区政协委员）",
    "recorder": "何小舟",
    "asked": True,
}
SAID = {
    "minutes": "信访人陈述渗水经过；物业服务公司称已过保修期。",
    "evidence": "信访人出示照片六张，各方没有异议。",
    "votes": "听证员 3 人参加评议，3 人意见一致",
    "result": "物业服务人应当先行修复。",
}


def in_hand(day=DAY, **told):
    with on_day(day):
        return do(accepted(**told), Act.INQUIRE, form="heard", note="电话听取意见。")


def call(petition, day=DAY + timedelta(days=2), by="officer1", **other):
    with on_day(day):
        return do(petition, Act.HEAR, by, **(SITS | other))


def on_hearing(petition, act, day, by="officer1", **told):
    hearing = fresh(petition).hearings.get(state="called")
    with on_day(day):
        carry_out(hearing, act, by=someone(by), **told)
    return fresh(petition)


def held(petition, day="2026-03-26", **other):
    return on_hearing(petition, Act.CONCLUDE_HEARING, day, **(SAID | other))


# 举行与效果


def test_the_petitioner_is_told_by_a_notice_that_names_who_sits():
    petition = call(in_hand())
    letter = Letter.objects.get(kind="F21")
    words = letter.rendered.words
    for told in ("办理", "2026年3月20日", "9:30 至 11:30", "孙慕贤", "方知行（律师）", "何小舟", "申请回避"):
        assert told in words, told
    assert petition.services.filter(letter=letter).count() == 1
    line = petition.events.get(act="hear")
    assert sentence(line) == "决定听证，拟于 03-27 前作出结论，办理期限不停"


def test_e19_a_hearing_while_it_is_handled_takes_nothing_off_the_sixty_or_the_ninety_days():
    petition = in_hand()
    before = clock(petition, "D06").due_on
    petition = call(petition)
    assert clock(petition, "D06").due_on == before == DAY + timedelta(days=60)
    petition = held(petition)
    assert clock(petition, "D06").due_on == before
    with on_day("2026-04-20"):
        petition = approve_all(ask(petition, Act.EXTEND, days=30, reason="情况复杂"), "head1")
    petition = call(petition, "2026-04-21", held_on=date(2026, 5, 6), until=date(2026, 5, 8))
    assert clock(petition, "D06").due_on == DAY + timedelta(days=90)
    assert clock(petition, "D06").hearings == []
    assert list(verify()) == []


def test_the_record_is_kept_and_the_opinion_says_that_it_was_heard():
    petition = held(call(in_hand()))
    record = Letter.objects.get(kind="F22").rendered.words
    for told in (*SAID.values(), "孙慕贤", "何小舟"):
        assert told in record, told
    with on_day("2026-04-01"):
        petition = do(do(do(drafted(petition), Act.SUBMIT), Act.PASS, "legal1"), Act.SIGN, "deputy1")
        assert "2026年3月20日就该事项举行了听证" in Letter.objects.get(kind="F12").rendered.words
        serve_all(petition)


def test_a_hearing_is_neither_concluded_before_it_is_held_nor_without_its_record():
    petition = call(in_hand())
    with pytest.raises(Refused, match="定于2026-03-20举行，还没有举行"):
        held(petition, "2026-03-19")
    with pytest.raises(Refused, match="须写明各方陈述、举证质证、评议情况和结论"):
        held(petition, evidence=" ")


def test_the_draft_waits_for_the_hearing_or_for_its_being_cancelled():
    petition = call(in_hand())
    with on_day("2026-03-06"), pytest.raises(Refused, match="听证还没有作出结论，也没有取消"):
        do(drafted(petition), Act.SUBMIT)
    petition = on_hearing(petition, Act.CANCEL_HEARING, "2026-03-06", reason="双方已和解")
    with on_day("2026-03-06"):
        assert do(petition, Act.SUBMIT).state == "submitted"
    assert not Letter.objects.filter(kind="F22").exists()


def test_one_hearing_at_a_time():
    petition = call(in_hand())
    with pytest.raises(Refused, match="听证还没有作出结论"):
        call(petition)


def test_a_simple_case_is_not_heard():
    petition = decided(registered())
    petition = do(petition, Act.ACCEPT_SIMPLY, ground="plain", means="phone")
    with pytest.raises(Refused, match="简易办理的请先转为普通程序"):
        do(petition, Act.HEAR, **SITS)


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"members": "甲、乙"}, "单数，现为 2 人"),
        ({"members": ""}, "单数，现为 0 人"),
        ({"recorder": " "}, "须写明时间、地点、主持人和记录人"),
        ({"held_on": date(2026, 3, 3)}, "应在今天或者以后举行"),
        ({"until": date(2026, 3, 19)}, "结论不早于举行之日"),
    ],
)
def test_how_it_is_to_be_held(other, sentence):
    with pytest.raises(Refused, match=sentence):
        call(in_hand(), **other)


def test_the_days_of_notice_are_the_citys(monkeypatch):
    petition = in_hand()
    monkeypatch.setattr(hearings, "settings_of", lambda rules: {**settings_of(rules), "hearing_notice_days": 7})
    with pytest.raises(Refused, match="7 日前发出，最早可定在2026-03-11"):
        call(petition, held_on=date(2026, 3, 10))
    assert call(petition, held_on=date(2026, 3, 11)).hearings.get().held_on == date(2026, 3, 11)


# 回避（第二十八条第三款）


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"host": "李致平"}, "李致平办理过本件，应当回避，请另定主持人"),
        ({"members": "方知行、李致平（社区）、钟阿满"}, "李致平办理过本件，应当回避，请另定听证员"),
        ({"recorder": "李致平"}, "李致平办理过本件，应当回避，请另定记录人"),
        ({"members": "方知行、陈玉兰、钟阿满"}, "陈玉兰是本件当事人，不能作听证员"),
        ({"interests": "田翠屏：信访人的姐姐"}, "田翠屏申报的利害关系：信访人的姐姐，应当回避"),
        ({"recorder": "孙慕贤"}, "孙慕贤已是主持人，不能再作记录人"),
        ({"asked": False}, "请逐人询问与本事项、当事人有没有直接利害关系"),
    ],
)
def test_nobody_sits_who_handled_it_is_a_party_or_has_a_stake(other, sentence):
    with pytest.raises(Refused, match=sentence):
        call(in_hand(), **other)


def test_whoever_it_is_allotted_to_does_not_sit_before_having_done_anything():
    with on_day(DAY):
        petition = do(accepted(), Act.ALLOT, to=someone("handler1"))
    with pytest.raises(Refused, match="张立群办理过本件"):
        call(petition, host="张立群")


def test_a_namesake_may_sit_and_a_stake_of_somebody_who_does_not_sit_stops_nobody():
    petition = call(in_hand(), host="李致平（同名，区司法局）", interests="冯某：信访人的邻居")
    hearing = petition.hearings.get()
    assert (hearing.host, hearing.interests) == ("李致平（同名，区司法局）", "冯某：信访人的邻居")


def test_the_party_of_a_merged_petition_does_not_sit_either():
    main = in_hand()
    with on_day("2026-03-03"):
        other = PartyFacts(**vars(intake().parties[0]) | {"name": "霍小满"})
        do(registered(parties=[other]), Act.MERGE, into=main)
    with pytest.raises(Refused, match="霍小满是本件当事人"):
        call(main, members="方知行、霍小满、钟阿满")


# 件没有了，听证也就没有了


def test_a_hearing_does_not_outlive_the_case_it_was_called_for():
    petition = call(in_hand())
    with on_day("2026-03-10"):
        pending = ask(petition, Act.TERMINATE, ground="settled", reason="双方和解并已履行")
        petition = approve_all(pending, "legal1", "deputy1")
    assert petition.state == "terminated"
    hearing = petition.hearings.get()
    assert (hearing.state, hearing.ended_at.date()) == ("cancelled", date(2026, 3, 10))
    line = petition.events.get(act="cancel_hearing")
    assert line.actor_kind == "system" and sentence(line) == "本件终止办理，听证随之取消"
    assert line.text.body == "本件终止办理"
    with pytest.raises(Refused, match="已取消”时不能作出听证结论"):
        carry_out(hearing, Act.CONCLUDE_HEARING, by=someone("officer1"), **SAID)
    assert list(verify()) == []


def test_a_case_led_into_a_statutory_path_is_not_heard_here_any_more():
    """办理中就同一诉求起诉并立案的，改由法院处理（第二十八条第二款、rules E50）。"""
    petition = call(in_hand())
    with on_day("2026-03-10"):
        told = {"path": "31-1", "authority": "云州市云河区人民法院", "reason": "信访人已就同一诉求起诉并立案。"}
        petition = do(petition, Act.LEAD_IN, **told)
    assert petition.hearings.get().state == "cancelled"
    assert sentence(petition.events.get(act="cancel_hearing")) == "本件导入法定途径，听证随之取消"


def test_an_act_that_is_refused_leaves_the_hearing_as_it_was():
    petition = call(in_hand())
    with on_day("2026-03-10"), pytest.raises(Refused, match="须写明应走途径的受理机关"):
        do(petition, Act.LEAD_IN, path="31-1", authority=" ", reason="已立案。")
    assert fresh(petition).hearings.get().state == "called"


# 复查复核的听证用同一套规矩


def test_in_a_recheck_those_who_gave_the_opinion_or_reviewed_it_do_not_sit():
    petition = reviews.reviewed()
    proceeding = reviews.recheck(petition)
    day = {"held_on": date(2026, 6, 24), "until": date(2026, 6, 30)}
    for name, login in (("起草人", "officer1"), ("核查人", "legal1"), ("复查人", "review1"), ("签发人", "chair1")):
        who = someone(login).name
        with on_day("2026-06-15"), pytest.raises(Refused, match=f"{who}办理过本件"):
            reviews.step(proceeding, Act.CALL_HEARING, "creview1", **(reviews.HEARING | day | {"host": who})), name


def test_the_organ_under_review_does_not_end_the_reviewers_hearing():
    petition = reviews.reviewed()
    proceeding = reviews.recheck(petition)
    day = {"held_on": date(2026, 6, 24), "until": date(2026, 6, 30)}
    with on_day("2026-06-15"):
        reviews.step(proceeding, Act.CALL_HEARING, "creview1", **(reviews.HEARING | day))
    for act, told in ((Act.CONCLUDE_HEARING, SAID), (Act.CANCEL_HEARING, {"reason": "不办了"})):
        with on_day("2026-06-25"), pytest.raises(Refused, match=r"听证由.*举行，须由该单位"):
            carry_out(Hearing.objects.get(), act, by=someone("officer1"), **told)
    assert Hearing.objects.get().state == "called"
