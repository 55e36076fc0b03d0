"""机关之间：转送、异议、裁定；延期经审批；两人同时办。"""

import pytest

from accounts.models import Organ
from petitions.act.states import State
from petitions.models import PendingAct
from routing.models import RoutingProposal
from rulebook.timekeeping import today
from tests.cast import accepted, fresh, registered
from tests.desk.case.hands import at, post, signed_in, text

pytestmark = pytest.mark.django_db


def at_the_district():
    """Registered by the district's petition office."""
    return registered("dclerk1", organ=Organ.objects.get(code="YHXF"))


def test_an_objection_is_upheld(city):
    petition = at_the_district()
    petition, _ = post(petition, "forward", "dclerk1", to_name="青柳街道", reason="属地管理")
    assert petition.state == State.FORWARDED
    assert petition.organ.code == "YHQL"
    assert RoutingProposal.objects.get(petition=petition).chosen_organ.code == "YHQL"
    petition, _ = post(petition, "sign_for", "officer1")
    grounds = "电梯安全监察属市场监管部门职责。"
    petition, _ = post(petition, "object", "officer1", grounds=grounds, suggested_name="云河区市场监管局")
    assert petition.state == State.OBJECTED
    page = text(signed_in("dchief1").get(at(petition, "do/uphold/")))
    assert grounds in page
    petition, _ = post(petition, "uphold", "dchief1", answer="同意，改转市场监管部门。")
    assert petition.state == State.REGISTERED
    assert petition.organ.code == "YHXF"


def test_an_overruled_objection_leaves_the_day_alone(city):
    petition = at_the_district()
    petition, _ = post(petition, "forward", "dclerk1", to_name="青柳街道", reason="属地管理")
    due = petition.deadlines.get(term="D03").due_on
    petition, _ = post(petition, "object", "officer1", grounds="不属于本街道。", suggested_name="")
    petition, _ = post(petition, "overrule", "dchief1", answer="属地负责。")
    assert petition.state == State.FORWARDED
    assert petition.deadlines.get(term="D03").due_on == due
    page = text(signed_in("officer1").get(at(petition)))
    assert "同一件同一单位只能提一次异议" in page


def test_a_doubtful_name_is_asked_again(city):
    petition = at_the_district()
    _, answer = post(petition, "forward", "dclerk1", status=422, to_name="街道", reason="属地")
    assert "对应多个单位" in text(answer)
    _, answer = post(petition, "forward", "dclerk1", status=422, to_name="无此单位", reason="属地")
    assert "没有找到“无此单位”" in text(answer)
    _, answer = post(petition, "forward", "dclerk1", status=422, reason="属地")
    assert "请选择去向单位" in text(answer)


def test_extension_waits_for_the_head_and_moves_the_day(city):
    petition = accepted()
    due = petition.next_due_on
    page = text(signed_in("officer1").get(at(petition, "do/extend/")))
    assert "延长 30 日后届满" in page
    petition, _ = post(petition, "extend", "officer1", days="20", reason="须委托检验机构鉴定，周期较长。")
    pending = PendingAct.objects.get(petition=petition)
    assert petition.next_due_on == due
    assert "已报请延长办理期限" in text(signed_in("officer1").get(at(petition)))
    tray = signed_in("head1").get("/approvals/")
    assert "须委托检验机构鉴定" in text(tray)
    assert "20 日" in text(tray)
    assert petition.number not in text(signed_in("deputy1").get("/approvals/"))
    address = f"/approvals/{pending.pk}/approve/"
    signed_in("head1").post(address, {"step": pending.step, "note": "同意"})
    petition = fresh(petition)
    assert petition.next_due_on == due  # 延期告知书最迟原届满当日送达
    notice = petition.services.get(letter__kind="F10")
    told, _ = post(petition, "serve", "officer1", service=notice.pk, means="direct", on=str(today()))
    assert (told.next_due_on - due).days == 20
    second = signed_in("head1").post(address, {"step": pending.step}, follow=True)
    assert "刚被他人处理" in text(second)
    assert "陈树声已批准" in text(second)


def test_rejection_needs_a_reason_and_withdrawal_is_the_askers(city):
    petition = accepted()
    post(petition, "extend", "officer1", days="10", reason="情况复杂。")
    pending = PendingAct.objects.get(petition=petition)
    answer = signed_in("head1").post(
        f"/approvals/{pending.pk}/reject/", {"step": pending.step, "note": ""}, follow=True
    )
    assert "不批准须写明理由" in text(answer)
    answer = signed_in("head1").post(f"/approvals/{pending.pk}/withdraw/", {"step": pending.step}, follow=True)
    assert "只有报请人可以撤回" in text(answer)
    signed_in("officer1").post(f"/approvals/{pending.pk}/withdraw/", {"step": pending.step})
    pending.refresh_from_db()
    assert pending.state == PendingAct.State.WITHDRAWN


def test_a_stale_page_says_who_acted_and_keeps_the_words(city):
    petition = accepted()
    seen = petition.seq
    post(petition, "note", "chief1", note="已电话催过维保单位。")
    told = {"seq": seen, "form": "visit", "on": str(petition.received_on), "note": "现场看过电梯机房。"}
    answer = signed_in("officer1").post(at(petition, "do/inquire/"), told)
    assert answer.status_code == 422
    assert "赵延平刚对本件“内部备注”" in text(answer)
    assert "现场看过电梯机房。" in text(answer)
    petition = fresh(petition)
    assert answer.context["petition"].seq == petition.seq, "再交一次就对得上了"


def test_reports_of_others_are_not_there(city):
    petition = registered(kind="report")
    for username in ("dclerk1", "legal1", "handler1", "worker1"):
        client = signed_in(username)
        for tail in ("", "do/note/", "reveal/", "similar/", "attachments/"):
            assert client.get(at(petition, tail)).status_code == 404, (username, tail)
