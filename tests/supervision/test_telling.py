"""提醒怎样送到：上班时刻、一人一份摘要、知悉与上报、渠道、召集人；每批问句数不随件数增加。"""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.messages import outbox
from accounts.models import Notice, Outbox
from petitions.models import Petition, Submission
from rulebook.acts import Act
from rulebook.books import settings_of
from rulebook.timekeeping import BEIJING, at
from supervision.ladder import climb, unanswered
from supervision.ladder import digest as digests
from supervision.models import LadderRow, Reminder, Telling
from tests.cast import accepted, do, fresh, on_day, someone

ACCEPTED = date(2026, 2, 27)
DUE = date(2026, 4, 28)  # 周二；剩 3 天的那天是周六


def taken_up(**told):
    with on_day(ACCEPTED):
        return accepted(**told)


def at_night(day):
    """Five past midnight, when the sweep climbs what the day brought."""
    return at(datetime.combine(day, time(0, 5), BEIJING))


def in_the_morning(day):
    return at(datetime.combine(day, time(8, 30), BEIJING))


def messages(like):
    found = Outbox.objects.filter(dedupe_key__startswith=like).select_related("recipient").order_by("pk")
    return [(row.recipient.username, row.text, row.url) for row in found]


def delivered(day):
    """Digests told and everything delivered at the opening of the day."""
    with in_the_morning(day):
        digests.compose()
        outbox.drain()


# 上班时刻


def test_what_is_reached_on_a_saturday_is_noted_that_day_and_told_on_monday(city):
    petition = taken_up()
    with at_night(DUE - timedelta(days=3)):
        climb.sweep()
    reminder = Reminder.objects.get(deadline__petition=petition, rung="L3")
    assert reminder.made_at.astimezone(BEIJING).date() == date(2026, 4, 25)
    told = Outbox.objects.filter(dedupe_key__startswith=reminder.key)
    monday = datetime(2026, 4, 27, 8, 30, tzinfo=BEIJING)
    assert {row.not_before for row in told} == {monday}
    assert {row.text for row in told} == {f"{petition.number} 办结并出具处理意见：剩 1 天，04-28 届满（黄牌预警）"}
    with at_night(date(2026, 4, 27)):
        outbox.drain()
        assert not Notice.objects.filter(outbox__in=told).exists()
    delivered(date(2026, 4, 27))
    assert Notice.objects.filter(outbox__in=told).count() == len(told) > 0


def test_the_urgent_is_told_at_once_and_by_itself(city):
    petition = taken_up()
    Submission.objects.filter(petitions=petition).update(urgent=True)
    taken_up()
    with at_night(DUE - timedelta(days=15)):
        climb.sweep()
        outbox.drain()
    sent = Outbox.objects.filter(sent_at__isnull=False, dedupe_key__startswith="rung:")
    assert [row.text for row in sent] == [f"{petition.number} 办结并出具处理意见：剩 15 天，04-28 届满（提醒）"]
    assert Telling.objects.filter(message=None).count() == 1  # 另一件等到早上


# 摘要


def test_one_morning_is_one_digest_and_says_how_many_and_the_nearest_day(city):
    petitions = [taken_up() for _ in range(3)]
    with on_day(ACCEPTED - timedelta(days=1)):
        nearest = accepted()
    day = DUE - timedelta(days=15)
    with at_night(day):
        climb.sweep()
        assert digests.compose() == 0  # 还没有上班
    with in_the_morning(day):
        assert digests.compose() == 1
        assert digests.compose() == 0
        outbox.drain()
    text = f"04-13 提醒 4 项期限，请逐件办理；最近 04-27 届满（{nearest.number} 办结并出具处理意见）"
    assert messages("digest:") == [("officer1", text, "/cases/")]
    assert Notice.objects.filter(user=someone("officer1"), receipt=True).count() == 1
    assert Telling.objects.filter(message__dedupe_key__startswith="digest:").count() == len(petitions) + 1


def test_a_digest_of_one_says_the_one(city):
    petition = taken_up()
    with on_day(DUE - timedelta(days=15)):
        climb.sweep()
        digests.compose()
    assert messages("digest:") == [
        (
            "officer1",
            f"{petition.number} 办结并出具处理意见：剩 15 天，04-28 届满（提醒）",
            f"/cases/{petition.number}/",
        )
    ]


def test_a_round_that_dies_loses_no_line_and_repeats_none(city, monkeypatch):
    for _ in range(2):
        taken_up()

    def die(*args):
        assert Outbox.objects.filter(dedupe_key__startswith="digest:").exists()
        raise MemoryError

    with on_day(DUE - timedelta(days=7)):
        climb.sweep()
        monkeypatch.setattr("supervision.querysets.TellingQuerySet.sent_as", die)
        with pytest.raises(MemoryError):
            digests.compose()
        monkeypatch.undo()
        assert messages("digest:") == []
        assert digests.compose() == 2  # 信访专员、科室负责人各一份
    assert not Telling.objects.filter(message=None).exists()


# 渠道


def test_a_rung_goes_by_every_channel_the_pack_names(city):
    taken_up()
    LadderRow.objects.filter(code="L4").update(channels=["sms", "in_app"])
    LadderRow.objects.filter(code="L1").update(channels=["in_app", "mail"])
    with on_day(DUE + timedelta(days=1)):
        climb.sweep()
        digests.compose()
    fourth = Outbox.objects.filter(dedupe_key__contains=":L4:").values_list("recipient__username", "channel")
    assert sorted(fourth) == [("head1", "in_app"), ("head1", "sms"), ("super1", "in_app"), ("super1", "sms")]
    digest = Outbox.objects.filter(dedupe_key__startswith="digest:").values_list("recipient__username", "channel")
    assert sorted(digest) == [("chief1", "in_app"), ("officer1", "in_app"), ("officer1", "mail")]
    assert not Telling.objects.exclude(message__channel="in_app").exists()  # 知悉看站内的那一条


# 召集人


def test_the_last_rung_reaches_the_convenor_without_a_link(city):
    petition = taken_up()
    with on_day(DUE + timedelta(days=16)):
        climb.sweep()
    told = {who: url for who, _, url in messages(Reminder.objects.get(rung="L6").key)}
    case = f"/cases/{petition.number}/"
    assert told == {"head1": case, "super1": case, "leader1": ""}


def test_a_confidential_report_does_not_reach_the_convenor(city):
    petition = taken_up()
    Petition.objects.filter(pk=petition.pk).update(secrecy=1)
    with on_day(DUE + timedelta(days=16)):
        climb.sweep()
    assert someone("leader1").pk not in Reminder.objects.get(rung="L6").told_to


# 知悉与上报


def reminded(rung="L2", day=DUE - timedelta(days=7)):
    """A petition whose 催办 of Tuesday 21 April was told that morning to officer1 and chief1."""
    petition = taken_up()
    with on_day(DUE - timedelta(days=14)):
        climb.sweep()
    with at_night(day):
        climb.sweep()
    delivered(day)
    return petition, Reminder.objects.get(deadline__petition=petition, deadline__term="D06", rung=rung)


def reported_on(day):
    with in_the_morning(day):
        unanswered.report()
    return messages("raised:")


def test_silence_is_reported_to_the_next_above_once(city):
    petition, reminder = reminded()
    assert reminder.answer_by == date(2026, 4, 22)
    assert reported_on(date(2026, 4, 22)) == []
    text = f"{petition.number} 办结并出具处理意见：04-21 的“催办”至今没有人知悉、也没有办理，报分管领导；04-28 届满"
    expected = [("deputy1", text, f"/cases/{petition.number}/")]
    assert reported_on(date(2026, 4, 23)) == expected
    assert reported_on(date(2026, 4, 24)) == expected  # 只报一次
    reminder.refresh_from_db()
    assert (reminder.raised_to, reminder.answer_by) == ("deputy", None)


def test_an_empty_post_is_passed_over(city):
    someone("deputy1").appointments.update(until=date(2026, 1, 1))
    reminded()
    assert [who for who, *_ in reported_on(date(2026, 4, 23))] == ["head1"]


def test_one_acknowledgement_is_enough(city, client):
    reminded()
    officer = someone("officer1")
    client.force_login(officer)
    with on_day(date(2026, 4, 22)):
        client.post(f"/notices/{officer.notices.latest('pk').pk}/acknowledge/")
    assert reported_on(date(2026, 4, 23)) == []


def test_an_act_of_the_organ_is_enough(city):
    petition, _ = reminded()
    with on_day(date(2026, 4, 22)):
        do(petition, Act.ALLOT, "chief1", to=someone("handler1"))
    assert reported_on(date(2026, 4, 23)) == []


def test_the_first_rung_and_the_highest_posts_are_not_reported(city):
    petition, reminder = reminded("L4", DUE + timedelta(days=1))
    assert reminder.answer_by is None  # 主要领导、信访部门都已告知，上面没有人
    assert Reminder.objects.get(deadline__petition=petition, rung="L1").answer_by is None


def test_a_city_may_do_without_acknowledgement(city, monkeypatch):
    monkeypatch.setattr(
        "supervision.ladder.reminder_text.settings_of", lambda rules: settings_of(rules) | {"acknowledge_within": 0}
    )
    assert reminded()[1].answer_by is None


# 问句数


def test_a_batch_asks_the_same_questions_however_many_deadlines_are_in_it(city):
    def asked(petitions):
        for _ in range(petitions):
            taken_up()
        with on_day(DUE + timedelta(days=1)), CaptureQueriesContext(connection) as caught:
            assert climb.sweep() == 4 * petitions
        return len(caught)

    few = asked(1)
    assert asked(5) == few
    assert fresh(Petition.objects.latest("pk")).events.of_act(Act.REMIND).count() == 2
