"""人民建议（第二十九条）：征集、逐级研究、合并、采纳到形成项目；每一步记下，谁管得到谁才办得了。"""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import InternalError, transaction
from django.db.utils import IntegrityError

from accounts.models import Organ, Outbox
from petitions.act.decorator import Refused
from petitions.act.states import Kind
from petitions.record.timeline import sentence
from petitions.record.verification import verify
from routing.models import Suggestion
from routing.suggestions import campaigns, follow_up, levels, merge, receipt, study, suggestion_scope
from rulebook.acts import Act
from tests.cast import do, fresh, on_day, registered, someone

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
DUE = DAY + timedelta(days=30)
BENCHES = "青柳街心公园北门等孩子的老人没有地方坐，建议加两把有靠背的长椅和一个遮雨棚。"


def organ(code):
    return Organ.objects.select_related("office").get(code=code)


def opened(by="cchief1", code="YZXF", **told):
    facts = {
        "organ": organ(code),
        "theme": "身边小事大家提",
        "words": "公园、道路、社区里可以改进的小事。",
        "channels": ["web", "letter", "visit"],
        "opens_on": DAY,
        "closes_on": DAY + timedelta(days=60),
    }
    with on_day(DAY):
        return campaigns.start(someone(by), **(facts | told))


def received(campaign=None, code="YHQL01", **told):
    facts = {"campaign": campaign or opened(), "title": "公园北门加长椅", "body": BENCHES, "organ": organ(code)}
    with on_day(DAY):
        return receipt.receive(**(facts | told))


def again(suggestion):
    return Suggestion.objects.select_related("organ__office").get(pk=suggestion.pk)


def passed(suggestion, by, code, reason="本级解决不了"):
    with on_day(DAY):
        return study.pass_on(again(suggestion), someone(by), to=organ(code), reason=reason, due_on=DUE)


def decided(suggestion, by="worker1", result="adopted", arrangement="列入今年更新计划。", **told):
    with on_day(DAY):
        study.take_up(again(suggestion), someone(by), due_on=DUE)
        return study.decide(
            again(suggestion), someone(by), result=result, reason="有需要，也办得到。", arrangement=arrangement, **told
        )


def replied(suggestion, by="worker1", **told):
    decided(suggestion, by, **told)
    with on_day(DAY):
        return study.reply(again(suggestion), someone(by), words="已经采纳，谢谢您。")


def test_a_suggestion_goes_up_four_levels_and_comes_down_again(city):
    one = received()
    assert [levels.level_of(one.organ), one.number] == ["community", "JY2026000001"]
    passed(one, "worker1", "YHQL")
    passed(one, "officer1", "YHXF")
    passed(one, "dchief1", "YZXF")
    passed(one, "cchief1", "YHYL", "长椅由区园林部门管，转下去研究")
    with on_day(DAY):
        study.take_up(again(one), someone("officer.yhyl"), due_on=DUE)
    told = [(step.step, step.to.code if step.to else "") for step in one.steps.order_by("seq")]
    assert told == [
        ("received", ""),
        ("passed_up", "YHQL"),
        ("passed_up", "YHXF"),
        ("passed_up", "YZXF"),
        ("passed_down", "YHYL"),
        ("taken_up", ""),
    ]
    assert [step.seq for step in one.steps.order_by("seq")] == [1, 2, 3, 4, 5, 6]
    assert again(one).due_on == DUE
    arrived = Outbox.objects.filter(dedupe_key__startswith=f"suggestion:{one.pk}:5:")
    assert {row.recipient.username for row in arrived.select_related("recipient")} >= {"officer.yhyl"}


@pytest.mark.parametrize("code", ["YHXF", "YZXF", "YHWH01", "SQXF", "YHQL01"])
def test_no_level_is_skipped_and_no_area_is_left(city, code):
    one = received()
    with pytest.raises(Refused, match="不能越级"):
        passed(one, "worker1", code)
    assert again(one).seq == 1


def test_only_who_has_it_in_hand_acts_and_who_had_it_still_sees_it(city):
    one = received()
    with on_day(DAY):
        for username in ("worker2", "officer.wh", "dchief1", "super1"):
            with pytest.raises(PermissionDenied):
                study.take_up(one, someone(username), due_on=DUE)
    assert not suggestion_scope.seen_by(someone("worker2")).exists()
    passed(one, "worker1", "YHQL")
    assert suggestion_scope.seen_by(someone("worker1")).get() == one
    assert not suggestion_scope.at_hand(someone("worker1")).exists()
    assert suggestion_scope.at_hand(someone("officer1")).get() == one
    with on_day(DAY), pytest.raises(PermissionDenied, match="青柳街道"):
        study.take_up(again(one), someone("worker1"), due_on=DUE)
    assert not suggestion_scope.seen_by(someone("officer.wh")).exists()
    assert not suggestion_scope.takes_part(someone("legal1"))


def test_the_second_of_two_is_told_who_was_first(city):
    one = received()
    with on_day(DAY):
        study.take_up(one, someone("worker1"), due_on=DUE, seen=1)
        with pytest.raises(Refused, match="田翠屏刚“开始研究”"):
            study.pass_on(one, someone("worker1"), to=organ("YHQL"), reason="报上去", due_on=DUE, seen=1)
        with pytest.raises(Refused, match="现在是“研究中”"):
            study.take_up(one, someone("worker1"), due_on=DUE)
    assert again(one).seq == 2


def test_the_record_is_only_added_to(city):
    step = received().steps.get()
    for change in (lambda: step.delete(), lambda: type(step).objects.filter(pk=step.pk).update(words="改过")):
        with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"result": ""}, "请选择研究结果"),
        ({"result": "not_adopted", "reason": " "}, "请写明理由"),
        ({"result": "partly", "reason": "有需要", "arrangement": " "}, "落实安排"),
    ],
)
def test_a_result_has_its_reason(city, told, said):
    one = received()
    with on_day(DAY):
        study.take_up(one, someone("worker1"), due_on=DUE)
        with pytest.raises(Refused, match=said):
            study.decide(again(one), someone("worker1"), **({"reason": "理由"} | told))
    assert again(one).state == "studying"


def test_what_was_adopted_is_followed_to_the_project_and_published_without_a_person(city):
    one = received(name="余晨曦", phone="13800000001")
    replied(one)
    by = someone("worker1")
    with on_day(DAY):
        made = follow_up.became(
            again(one), by, kind="project", name="街心公园座椅更新", on=DAY, document_number="云青〔2026〕8号"
        )
        follow_up.progress(again(one), by, words="长椅已经安装两把。")
        for words in ("感谢余晨曦的建议", "联系电话13800000001"):
            with pytest.raises(Refused, match="姓名、电话"):
                follow_up.publish(again(one), by, title="公园长椅", words=words)
        follow_up.publish(again(one), by, title="公园长椅", words="北门加了两把长椅。")
        letter = follow_up.thank(again(one), by)
        with pytest.raises(Refused, match="已经发过"):
            follow_up.thank(again(one), by)
    assert (made.name, letter.kind, letter.addressee) == ("街心公园座椅更新", "F38", "余晨曦")
    assert "谢〔2026〕1号" in letter.number and letter.organ.code == "YHQL"
    assert Suggestion.objects.published().get() == one
    with on_day(DAY):
        follow_up.withdraw(again(one), by, reason="题目写错了")
    assert not Suggestion.objects.published().exists()


def test_what_was_not_adopted_becomes_nothing_and_is_not_published(city):
    one = received()
    replied(one, result="kept", arrangement="")
    with on_day(DAY):
        with pytest.raises(Refused, match="采纳、部分采纳"):
            follow_up.became(again(one), someone("worker1"), kind="policy", name="办法", on=DAY)
        with pytest.raises(Refused, match="采纳、部分采纳"):
            follow_up.publish(again(one), someone("worker1"), title="题目", words="内容")


def test_who_left_no_name_gets_no_letter(city):
    one = received()
    replied(one)
    with on_day(DAY), pytest.raises(Refused, match="没有留姓名"):
        follow_up.thank(again(one), someone("worker1"))


def test_the_alike_are_found_merged_by_a_person_and_parted_again(city):
    campaign = opened()
    one = received(campaign)
    two = received(
        campaign, title="公园要有长椅", body="青柳街心公园北门没有长椅，建议加两把有靠背的长椅，再搭个遮雨棚。"
    )
    other = received(campaign, title="路灯太暗", body="槐新大街路灯间距太大，晚上看不清台阶，建议加密。")
    found = merge.alike(two, Suggestion.objects.all())
    assert [hit.suggestion for hit in found] == [one]
    assert found[0].percent > 30 and any("长椅" in words for words in found[0].shared)
    by = someone("worker1")
    with on_day(DAY):
        merge.merge(other, by, into=two)
        merge.merge(again(two), by, into=again(one))
        with pytest.raises(Refused, match="已经并入"):
            merge.merge(received(campaign), by, into=again(two))
    assert {row.pk for row in one.merged.all()} == {two.pk, other.pk}
    assert again(two).body.startswith("青柳街心公园") and again(two).state == "merged"
    with on_day(DAY):
        merge.part(again(other), by, reason="说的是路灯，不是长椅")
    assert (again(other).state, again(other).merged_into) == ("received", None)
    assert [step.step for step in other.steps.order_by("seq")] == ["received", "merged", "parted"]


def test_a_campaign_is_opened_by_the_named_posts_and_closes(city):
    for username in ("clerk1", "worker1", "super1"):
        with pytest.raises(PermissionDenied):
            opened(username, "YHQL")
    with pytest.raises(PermissionDenied):
        opened("officer1", "YZXF")
    campaign = opened("officer1", "YHQL", closes_on=None)
    with on_day(DAY):
        assert campaign.state_on(DAY) == "常年征集"
        with pytest.raises(Refused, match="本辖区"):
            received(campaign, "YHWH")
        with pytest.raises(Refused, match="只收"):
            received(campaign, channel="call")
        with pytest.raises(Refused, match="结束原因"):
            campaigns.end(campaign, someone("officer1"), reason="")
        campaigns.end(campaign, someone("officer1"), reason="合并到市里的征集")
        with pytest.raises(Refused, match="已由李致平结束"):
            campaigns.end(campaign, someone("chief1"), reason="再结束一次")
        campaign.refresh_from_db()
        with pytest.raises(Refused, match="不在征集期"):
            received(campaign)


def test_an_invited_contributor_takes_part_and_no_other(city):
    campaign, by = opened("officer1", "YHQL"), someone("officer1")
    with on_day(DAY):
        known = campaigns.engage(
            by, organ=organ("YHQL"), name="萧松涛", phone="13800000002", field="教育", since=DAY - timedelta(days=9)
        )
        with pytest.raises(Refused, match="没有受邀"):
            received(campaign, contributor=known)
        campaigns.invite(campaign, known, by)
        with pytest.raises(Refused, match="已经邀请过"):
            campaigns.invite(campaign, known, by)
    one = received(campaign, contributor=known)
    replied(one)
    with on_day(DAY):
        assert follow_up.thank(again(one), someone("worker1")).addressee == "萧松涛"
        campaigns.dismiss(known, by, on=DAY)
        with pytest.raises(Refused, match="已经结束"):
            campaigns.dismiss(known, by, on=DAY)


def test_a_petition_is_turned_by_one_act_and_keeps_its_clock_and_its_answer(city):
    campaign = opened()
    with on_day(DAY):
        petition = do(registered(kind=Kind.SUGGESTION, claims=["增设车棚"]), Act.STUDY)
        clocks = list(petition.deadlines.order_by("pk").values("term", "due_on", "ended_how"))
        one = receipt.turn(petition, by=someone("officer1"), campaign=campaign, title="小区增设车棚")
        petition = fresh(petition)
        with pytest.raises(Refused, match="已经转人民建议征集"):
            receipt.turn(petition, by=someone("officer1"), campaign=campaign, title="小区增设车棚")
        line = petition.events.get(act="to_suggestion")
        assert sentence(line) == f"转人民建议征集 {one.number}，期限不变"
        assert (petition.state, one.petition, petition.suggestion) == ("studying", petition, one)
        assert list(petition.deadlines.order_by("pk").values("term", "due_on", "ended_how")) == clocks
        assert (one.name, one.phone, one.query_code) == ("", "", "")
        assert do(petition, Act.ANSWER, outcome="adopted", reply="已列入计划。").state == "closed"
    replied(one, "officer1")
    with on_day(DAY):
        with pytest.raises(Refused, match="姓名、电话"):
            follow_up.publish(again(one), someone("officer1"), title="车棚", words="感谢陈玉兰")
        assert follow_up.thank(again(one), someone("officer1")).addressee == "陈玉兰"
    assert list(verify()) == []


def test_an_appeal_is_not_turned(city):
    campaign = opened()
    with on_day(DAY):
        petition = registered()
        with pytest.raises(Refused):
            receipt.turn(petition, by=someone("officer1"), campaign=campaign, title="电梯")
    assert not Suggestion.objects.exists()
