"""受理争议（第二十四条）：第二次退回或者循环流转即报请指定管辖；指定的不得再异议；信访人的期限不重新起算。"""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Organ
from petitions.acceptance import separation
from petitions.act.decorator import Refused
from petitions.act.states import State
from petitions.clocks import lapses
from petitions.dispute import rules as disputing
from rulebook.acts import Act
from rulebook.timekeeping import BEIJING
from tests.cast import decided, do, fresh, on_day, registered, someone
from tests.petitions.places import approve_all, ask, at_office, clock, forwarded, organ

pytestmark = pytest.mark.usefixtures("city")
DAY = date(2026, 3, 2)
RULING = {"positions": "青柳街道认为属专业监管；区住建委认为属属地管理。", "host": "宋远帆"}


def returned_once(day=DAY, **told):
    with on_day(day):
        petition = do(forwarded(**told), Act.OBJECT, grounds="属区住建委房屋质量监管职责", suggested=organ("YHZJ"))
        return do(petition, Act.UPHOLD, "dchief1", answer="同意退回")


def returned_twice(day=DAY, again="2026-03-09"):
    petition = returned_once(day)
    with on_day(again):
        petition = do(petition, Act.FORWARD, "dclerk1", to=organ("YHZJ"))
        petition = do(petition, Act.OBJECT, "officer.yhzj", grounds="属街道属地管理职责")
        return do(petition, Act.UPHOLD, "dchief1", answer="同意退回")


def designated(petition, to="YHQL", by="leader1", **told):
    decisions = f"指定{organ(to).name}受理办理。\n区住建委提供专业意见。"
    return do(petition, Act.DESIGNATE, by, to=organ(to), **(RULING | {"decisions": decisions} | told))


def test_a_first_return_is_no_dispute():
    petition = returned_once()
    assert petition.state == State.REGISTERED and not petition.disputes.exists()


def test_the_second_return_goes_before_the_common_superior_by_itself():
    petition = returned_twice()
    dispute = petition.open_dispute
    assert petition.state == State.DISPUTED
    assert (dispute.organ.code, dispute.basis, dispute.cause) == ("YH", "superior", "returned")
    assert petition.holder_organ.code == "YH" and petition.waiting_for == "指定管辖"
    assert "青柳街道、云河区住建委" in dispute.grounds
    line = petition.events.get(act=Act.REQUEST_DESIGNATION)
    assert line.actor_kind == "system" and line.came_from == "registered"
    assert petition.events.order_by("seq").last() == line


def test_sending_it_to_an_organ_that_had_it_closes_a_circle_and_is_caught_on_that_hop():
    petition = returned_once()
    with on_day("2026-03-03"):
        petition = do(petition, Act.FORWARD, "dclerk1", to=organ("YHQL"))
    assert petition.state == State.DISPUTED and petition.open_dispute.cause == "loop"
    with on_day("2026-03-04"), pytest.raises(Refused, match="待指定管辖"):
        do(petition, Act.OBJECT, grounds="仍不归我单位")


def test_two_petition_offices_passing_it_to_and_fro_is_a_circle_too():
    with on_day(DAY):
        petition = do(at_office(), Act.FORWARD, "dclerk1", to=organ("YZXF"))
        assert petition.state == State.FORWARDED
        petition = do(petition, Act.FORWARD, "cclerk1", to=organ("YHXF"))
    assert petition.state == State.DISPUTED and petition.open_dispute.organ.code == "YZ"


# 谁来裁定


@pytest.mark.parametrize(
    ("between", "ruler"),
    [
        (("YHQL", "YHZJ"), ("YH", "superior")),
        (("YHQL", "SQZJ"), ("YZ", "superior")),
        (("YHQL", "YZJT"), ("YZ", "superior")),
        (("YHSW", "YHQL"), ("YHXF", "joint")),  # 垂直管理：没有共同的上一级
        (("YHSW", "SQSW"), ("YZSW", "superior")),
        (("YZSW", "SQRS"), ("YZXF", "joint")),
        (("YHZW", "YHWJ"), ("YHXF", "joint")),
        (("YHXF", "YZXF"), ("YZ", "superior")),
    ],
)
def test_the_ruling_organ_is_the_nearest_above_all_or_the_joint_conference_office(between, ruler):
    organs = [Organ.objects.select_related("parent").get(code=code) for code in between]
    found, basis = disputing.ruler_of(organs)
    assert (found.code, basis) == ruler


def test_the_joint_office_rules_where_a_vertical_organ_is_a_party():
    with on_day(DAY):
        petition = do(at_office(), Act.FORWARD, "dclerk1", to=organ("YHSW"))
        petition = do(petition, Act.OBJECT, "officer.yhsw", grounds="不属税务机关职责")
        petition = do(petition, Act.UPHOLD, "dchief1", answer="同意")
        petition = do(petition, Act.FORWARD, "dclerk1", to=organ("YHQL"))
        petition = do(do(petition, Act.OBJECT, grounds="属税务职责"), Act.UPHOLD, "dchief1", answer="同意")
        assert petition.holder_organ.code == "YHXF"
        with pytest.raises(PermissionDenied):
            designated(petition, by="leader1")
        assert designated(petition, by="dhead1").organ.code == "YHQL"


# 裁定以后


def test_the_designated_organ_takes_it_up_and_may_not_object():
    petition = returned_twice()
    with on_day("2026-03-10"):
        petition = designated(petition)
        assert (petition.state, petition.organ.code) == (State.FORWARDED, "YHQL")
        with pytest.raises(Refused, match="不能再提出异议"):
            do(petition, Act.OBJECT, grounds="还是不归我单位")
        with pytest.raises(Refused, match="不能再提出异议"):
            do(petition, Act.REQUEST_DESIGNATION, grounds="不服裁定")
        with pytest.raises(Refused, match="不能径行转走"):
            do(petition, Act.FORWARD, to=organ("YHZJ"))
        petition = do(decided(petition), Act.ACCEPT)
    assert petition.state == State.ACCEPTED and petition.first_handler.code == "YHQL"


def test_an_organ_that_never_had_it_may_be_designated_and_may_not_object_either():
    petition = returned_twice()
    with on_day("2026-03-10"):
        petition = designated(petition, to="YHCG")
        with pytest.raises(Refused, match="不能再提出异议"):
            do(petition, Act.OBJECT, "officer.yhcg", grounds="不归我单位")
        assert do(decided(petition, "officer.yhcg"), Act.ACCEPT, "officer.yhcg").organ.code == "YHCG"


def test_the_clock_of_the_petitioner_never_restarts():
    """收到之日是第一个机关收到转送之日：两次退回、报请、指定，第十五日还是那一日。"""
    with on_day(DAY):
        first = clock(forwarded(), "D03")
    petition = returned_twice()
    waiting = petition.deadlines.get(term="D03d", ended_how="")
    assert petition.next_due_on == waiting.due_on and not petition.deadlines.filter(term="D03", ended_how="").exists()
    assert (waiting.starts_on, waiting.due_on) == (first.starts_on, first.due_on) == (DAY, date(2026, 3, 17))
    assert waiting.owed_by_organ.code == "YH"  # 争议期间欠在裁定机关身上
    with on_day("2026-03-12"):
        petition = designated(petition, to="YHZJ")
    left = petition.deadlines.get(term="D03", ended_how="")
    assert (left.starts_on, left.due_on, left.owed_by_organ.code) == (DAY, date(2026, 3, 17), "YHZJ")
    assert petition.next_due_on == date(2026, 3, 17) and clock(petition, "D03d").ended_how == "met"
    assert petition.deadlines.filter(term="D01").count() == 1
    assert not petition.deadlines.filter(term="D04", ended_how="").exists()
    with on_day("2026-03-17"):
        petition = do(decided(petition, "officer.yhzj"), Act.ACCEPT, "officer.yhzj")
    assert petition.deadlines.filter(term="D03", ended_how="met").count() == 1


def test_a_ruling_after_the_fifteenth_day_gives_no_new_fifteen_days():
    petition = returned_twice(again="2026-03-16")
    with on_day("2026-03-20"):
        assert lapses.deem_acceptances() == 0  # 争议未决，先裁定
        petition = designated(petition)
        assert lapses.deem_acceptances() == 1
    petition = fresh(petition)
    assert clock(petition, "D03d").ended_how == "late"  # 裁定迟了，看得见
    assert petition.accepted_at.astimezone(BEIJING).date() == date(2026, 3, 17)
    assert clock(petition, "D06").starts_on == date(2026, 3, 17)


def test_what_is_split_off_afterwards_keeps_the_ruling_and_the_day():
    petition = returned_twice()
    with on_day("2026-03-10"):
        petition = designated(petition)
        plan = [{"claims": [2], "kind": "appeal", "excerpt": "公示维修资金", "accused_organ": None}]
        (sibling,) = separation.split(petition, plan, by=someone("officer1"), excerpt="电梯停运")
        with pytest.raises(Refused, match="不能再提出异议"):
            do(sibling, Act.OBJECT, grounds="这一项不归我单位")
    assert sibling.deadlines.get(term="D03").due_on == date(2026, 3, 17)


def test_the_ruling_organ_has_five_working_days_of_its_own():
    petition = returned_twice()
    assert clock(petition, "I05").due_on == date(2026, 3, 16)
    with on_day("2026-03-16"):
        petition = designated(petition)
    assert clock(petition, "I05").ended_how == "met"


def test_the_ruling_is_written_down_and_the_petitioner_told():
    petition = returned_twice()
    with on_day("2026-03-10"):
        petition = designated(petition)
    dispute = petition.disputes.get()
    paper = dispute.letter
    assert (paper.kind, paper.organ.code, paper.addressee) == ("F28", "YH", "云州市云河区青柳街道办事处")
    assert paper.fields["present"] == ["云州市云河区青柳街道办事处", "云州市云河区住房和城乡建设委员会"]
    assert paper.fields["due_on"] == "2026-03-17" and paper.number.startswith("云政协")
    assert "区住建委提供专业意见" in str(paper.text)
    told = petition.services.filter(letter__kind="F03").select_related("letter").latest("pk")
    assert "第二十四条" in str(told.letter.text) and told.letter.organ.code == "YH"


def test_what_may_not_be_designated():
    petition = returned_twice()
    with on_day("2026-03-10"):
        with pytest.raises(Refused, match="不直接承办"):
            designated(petition, to="YHXF")
        with pytest.raises(Refused, match="不在云河区政府的管辖之内"):
            designated(petition, to="SQZJ")
        with pytest.raises(Refused, match="已停用"):
            designated(petition, to="YHFG")
        with pytest.raises(Refused, match="请写明主持人"):
            designated(petition, decisions=" ")
        with pytest.raises(Refused, match="没有写明由青柳街道受理"):
            designated(petition, decisions="指定区住建委受理办理。")
        with pytest.raises(PermissionDenied):
            designated(petition, by="leader2")  # 石桥区的领导管不到
        with pytest.raises(PermissionDenied):
            designated(petition, by="officer1")  # 当事一方不能自己裁定


def test_an_organ_complained_of_is_not_designated():
    petition = returned_once(accused_organ=organ("YHCG"))
    with on_day("2026-03-04"):
        petition = do(petition, Act.FORWARD, "dclerk1", to=organ("YHQL"))
        with pytest.raises(Refused, match="被检举控告"):
            designated(petition, to="YHCG")


# 单位报请


def test_a_receiver_asks_only_when_it_can_object_no_more():
    with on_day(DAY):
        petition = forwarded()
        with pytest.raises(Refused, match="还在异议期内"):
            do(petition, Act.REQUEST_DESIGNATION, grounds="属区住建委职责")
    with on_day("2026-03-10"):
        petition = do(petition, Act.REQUEST_DESIGNATION, grounds="属区住建委职责", suggested=organ("YHZJ"))
    assert petition.state == State.DISPUTED and petition.open_dispute.requester.code == "YHQL"
    assert petition.open_dispute.organ.code == "YH"


def test_an_overruled_receiver_may_ask_and_withdraw_when_they_agree():
    with on_day(DAY):
        petition = do(forwarded(), Act.OBJECT, grounds="属区住建委职责")
        petition = do(petition, Act.OVERRULE, "dchief1", answer="责任清单列明由属地办理")
    with on_day("2026-03-04"):
        petition = do(petition, Act.REQUEST_DESIGNATION, grounds="不服核实意见")
        with pytest.raises(Refused, match="须由该单位撤回"):
            do(petition, Act.WITHDRAW_DESIGNATION, "dchief1", reason="协商")
    with on_day("2026-03-06"):
        petition = do(petition, Act.WITHDRAW_DESIGNATION, reason="经协商由街道受理")
        assert (petition.state, petition.disputes.get().state) == (State.FORWARDED, "withdrawn")
        left = petition.deadlines.get(term="D03", ended_how="")
        assert (left.starts_on, left.owed_by_organ.code) == (DAY, "YHQL")
        assert do(decided(petition), Act.ACCEPT).state == State.ACCEPTED


def test_the_office_that_examines_an_objection_may_put_it_before_the_superior():
    with on_day(DAY):
        petition = do(forwarded(), Act.OBJECT, grounds="属区住建委职责")
        petition = do(petition, Act.REQUEST_DESIGNATION, "dchief1", grounds="街道与区住建委职责交叉")
        assert clock(petition, "D05").ended_how == "met"
        petition = do(petition, Act.WITHDRAW_DESIGNATION, "dchief1", reason="经协商同意退回")
        assert petition.state == State.OBJECTED


def test_what_the_system_raised_is_ruled_on_not_withdrawn():
    petition = returned_twice()
    with on_day("2026-03-10"), pytest.raises(Refused, match="不能撤回"):
        do(petition, Act.WITHDRAW_DESIGNATION, "dchief1", reason="协商一致")


def test_a_petition_never_handed_on_has_no_dispute():
    with on_day(DAY), pytest.raises(Refused, match="没有在单位之间流转过"):
        do(registered(), Act.REQUEST_DESIGNATION, grounds="不归我单位")


def test_a_petition_that_ends_meanwhile_leaves_nothing_to_rule_on():
    with on_day(DAY):
        petition = forwarded()
    with on_day("2026-03-10"):
        petition = do(petition, Act.REQUEST_DESIGNATION, grounds="属区住建委职责")
        pending = ask(petition, Act.TERMINATE, ground="settled", reason="双方已经和解并履行")
        petition = approve_all(pending, "legal1", "deputy1")
    assert petition.state == State.TERMINATED and petition.disputes.get().state == "withdrawn"
    assert not petition.deadlines.filter(ended_how="", kind="duty").exists()


# 裁定稿


def test_the_draft_tells_who_sent_it_to_whom_and_what_each_said():
    petition = returned_twice()
    course = "\n".join(disputing.course(petition))
    assert "2026年3月2日，云河区信访办转送青柳街道" in course
    assert "青柳街道提出异议：属区住建委房屋质量监管职责，建议转云河区住建委" in course
    assert "2026年3月9日，云河区住建委提出异议：属街道属地管理职责" in course
    draft = disputing.drafted_decisions(petition, organ("YHQL"))
    assert "指定云州市云河区青柳街道办事处受理办理本件，不得再提出异议" in draft
    assert "不因争议重新起算，于2026年3月17日届满" in draft and "住房和城乡建设委员会依职责配合" in draft


def test_two_leaders_rule_at_once_and_one_is_told():
    petition = returned_twice()
    with on_day("2026-03-10"):
        stale = fresh(petition)
        designated(petition)
        with pytest.raises(Refused, match="刚被他人办理"):
            stale.designate(by=someone("leader1"), to=organ("YHZJ"), decisions="指定云河区住建委受理。", **RULING)
    assert fresh(petition).organ.code == "YHQL"
