"""不走“受理—办理—办结”大路的各种去向，也都走页面。"""

from datetime import timedelta

import pytest

from accounts.models import Organ, User
from petitions.act.states import Kind, State
from petitions.models import PendingAct
from rulebook.acts import Act
from rulebook.timekeeping import today
from tests.cast import accepted, closed, do, drafted, fresh, issued, registered
from tests.desk.case.hands import at, post, signed_in, text

pytestmark = pytest.mark.django_db


def approve(petition, *usernames):
    """Each in turn gives the step that waits."""
    for username in usernames:
        pending = PendingAct.objects.get(petition=petition, state="waiting")
        answer = signed_in(username).post(f"/approvals/{pending.pk}/approve/", {"step": pending.step}, follow=True)
        said = [str(message) for message in answer.context["messages"]]
        assert "批准" in said[0], said
        assert "note rd" not in text(answer), said
    return fresh(petition)


def test_declined_after_two_approvals(city):
    petition = registered()
    told = {
        "ground": "28-2",
        "reason": "该争议已由人民法院立案审理。",
        "evidence": "云河区人民法院受理案件通知书（2026）云民初18号",
        "way": "通过民事诉讼解决",
        "authority": "云州市云河区人民法院",
        "authority_address": "云州市云河区正义路1号",
    }
    petition, answer = post(petition, "decline", "officer1", **told, status=200, preview="1")
    assert "不予受理" in text(answer)
    petition, _ = post(petition, "decline", "officer1", **told)
    assert petition.state == State.REGISTERED
    assert "已经报请，正在等待法制审核" in text(signed_in("officer1").get(at(petition)))
    petition = approve(petition, "legal1", "deputy1")
    assert petition.state == State.DECLINED
    assert petition.petition_letters.filter(letter__kind="F04").exists()
    page = text(signed_in("officer1").get(at(petition)))
    assert "止于此" in page
    petition, _ = post(petition, "reopen", "officer1", reason="法院裁定不予受理。")
    assert petition.state == State.REGISTERED


def test_not_again_names_the_earlier_case(city):
    earlier = closed()
    petition = registered()
    told = {"ground": "36-3", "reason": "同一事实和理由，已经复核终结。"}
    _, answer = post(petition, "not_again", "officer1", status=422, earlier=earlier.number, **told)
    assert "请填写复核意见书文号" in text(answer)
    told |= {"recheck_organ": "云州市人民政府", "recheck_no": "州政复核〔2026〕3号", "recheck_on": "2026-03-02"}
    _, answer = post(petition, "not_again", "officer1", status=422, earlier="NO-SUCH-1", **told)
    assert "没有编号为“NO-SUCH-1”的信访件" in text(answer)
    petition, _ = post(petition, "not_again", "officer1", earlier=earlier.number, **told)
    petition = approve(petition, "legal1", "deputy1")
    assert petition.state == State.NOT_AGAIN
    assert petition.repeat_of == earlier


def test_not_again_on_a_courts_paper_asks_for_the_paper_and_for_no_earlier_case(city):
    petition = registered()
    told = {"ground": "37-3", "reason": "同一借款纠纷。", "final_organ": "云州市中级人民法院"}
    _, answer = post(petition, "not_again", "officer1", status=422, **told)
    assert "涉法涉诉已依法终结的，请填写终结文书文号" in text(answer)
    assert "请填写前案编号" not in text(answer)
    told |= {"final_no": "（2024）云01信终3号", "final_on": "2024-11-20"}
    petition, _ = post(petition, "not_again", "officer1", **told)
    assert approve(petition, "legal1", "deputy1").state == State.NOT_AGAIN


def test_redirected_and_led_in(city):
    told = {"authority": "云州市云河区劳动人事争议仲裁委员会", "reason": "属于劳动争议。"}
    one, _ = post(registered(), "redirect", "officer1", authority_address="云州市云河区政通街7号", **told)
    assert one.state == State.REDIRECTED
    two, _ = post(registered(), "lead_in", "officer1", path="31-2", term="一年仲裁时效", **told)
    assert two.state == State.LED_IN
    assert two.path == "31-2"


def test_filed_and_archived(city):
    petition = registered(parties=[], facts={"anonymous": True})
    petition, _ = post(petition, "file", "officer1", reason="匿名且无联系方式，内容为表达感谢。")
    assert petition.state == State.FILED
    petition, _ = post(petition, "archive", "officer1")
    assert petition.state == State.ARCHIVED


def test_merged_into_the_running_case(city):
    main, again = accepted(), registered()
    again, _ = post(again, "merge", "officer1", into=main.number, note="同一电梯同一诉求。")
    assert again.state == State.MERGED
    page = text(signed_in("officer1").get(at(again)))
    assert f"/cases/{main.number}/" in page


def test_assigned_and_reported_back(city):
    petition = registered("dclerk1", organ=Organ.objects.get(code="YHXF"))
    due = today() + timedelta(days=30)
    told = {"report_required": "on", "reason": "请依法按时办结"}
    street = Organ.objects.get(code="YHQL")
    petition, _ = post(petition, "assign", "dclerk1", to=street.pk, due_on=str(due), **told)
    assert petition.state == State.ASSIGNED
    assert petition.deadlines.get(term="D12").due_on == due
    no = (
        {"fact_matter": "service"}
        | {f"branch{n}": "no" for n in range(1, 6)}
        | {f"why{n}": "不属于" for n in range(1, 6)}
    )
    petition, _ = post(petition, "classify", "officer1", kind="appeal", **no)
    petition, _ = post(petition, "accept", "officer1")
    petition, _ = post(petition, "report_progress", "officer1", report="已约谈维保单位，部件在途。")
    assert petition.deadlines.get(term="D12").ended_how == ""
    petition = do(do(do(drafted(petition), Act.SUBMIT), Act.PASS, "super1"), Act.SIGN, "deputy1")
    _, refused = post(petition, "close", "officer1", status=422)
    assert "四个到位还没有逐项记录" in text(refused)
    told = {"end_solved": "电梯已修复", "none_helped": "on", "none_lawful": "on"}
    _, refused = post(petition, "record_ends", "officer1", status=422, **told)
    assert "不涉及的，勾选" in text(refused) and "电梯已修复" in text(refused)
    petition, _ = post(petition, "record_ends", "officer1", **told, none_explained="on")
    form = signed_in("officer1").get(at(petition, "do/report_back/")).context["form"]
    assert "支持" in form["handling"].value() and "曳引机" in form["facts"].value()
    given = {name: form[name].value() for name in form.fields}
    petition, _ = post(petition, "report_back", "officer1", **given)
    assert petition.deadlines.get(term="D12").ended_how == "met"
    page = text(signed_in("officer1").get(at(petition)))
    assert "信访事项办结报告" in page and "不涉及" in page


def test_allotted_and_assisted(city):
    petition = accepted()
    handler = User.objects.get(username="handler1")
    petition, _ = post(petition, "allot", "chief1", to=handler.pk)
    assert petition.holder_user == handler
    assert petition.section.code == "YHQLCJ"
    petition, _ = post(petition, "ask_assist", "handler1", to_name="云河区市场监管局", request="请提供该电梯检验记录。")
    leg = petition.legs.get(kind="assist")
    assert leg.receiver.code == "YHSC"
    helper = User.objects.filter(organ__office=leg.receiver, appointments__post__role__code="DEPT_OFFICER").first()
    assert helper is not None
    petition, _ = post(petition, "answer_assist", helper.username, answer="上次检验合格，有效期已过两月。")
    leg.refresh_from_db(fields=["answer", "ended_how"])
    assert leg.ended_how == "answered"
    assert signed_in("officer1").get(at(petition, "do/answer_assist/")).status_code in (403, 404)


def test_a_suggestion_is_studied_and_answered(city):
    petition = registered(kind=Kind.SUGGESTION, claims=["建议在春柳苑增设非机动车棚"])
    petition, _ = post(petition, "classify", "officer1", kind="suggestion")
    assert petition.path == "29"
    petition, _ = post(petition, "study", "officer1")
    assert petition.state == State.STUDYING
    petition, _ = post(petition, "answer", "officer1", outcome="adopted", reply="已列入明年计划。")
    assert petition.state == State.CLOSED
    assert petition.petition_letters.filter(letter__kind="F14").exists()


def test_terminated_after_two_approvals(city):
    petition = accepted()
    told = {"ground": "withdrawn", "reason": "信访人书面撤回，附撤回申请。"}
    _, answer = post(petition, "terminate", "officer1", status=422, **told)
    assert "书面撤回的，请填写撤回申请日" in text(answer)
    petition, _ = post(petition, "terminate", "officer1", on=str(today()), again="no", **told)
    petition = approve(petition, "legal1", "deputy1")
    assert petition.state == State.TERMINATED


def test_a_report_is_referred_and_then_gone(city):
    petition = registered("officer1", kind=Kind.REPORT, claims=["查处物业科收受好处"])
    post_ = Organ.objects.get(code="YHJJ")
    petition, answer = post(petition, "refer", "officer1", to=post_.pk)
    assert answer["Location"] == "/"
    assert signed_in("officer1").get(at(petition)).status_code == 404
    petition, _ = post(petition, "answer", "disc1", outcome="handled", reply="已立案查处。")
    assert petition.state == State.CLOSED


def test_service_rules_speak_by_the_form(city):
    petition = issued()
    service = petition.services.get(letter__kind="F12")
    page = text(signed_in("officer1").get(at(petition, "do/serve/")))
    assert "信访处理意见书" in page
    assert "前信访人可申请复查" in page
    told = {"service": service.pk, "on": str(today())}
    _, answer = post(petition, "serve", "officer1", status=422, means="post", **told)
    assert "邮寄单号" in text(answer)
    _, answer = post(petition, "serve", "officer1", status=422, means="electronic", **told)
    assert "未同意电子送达" in text(answer)
    petition, _ = post(petition, "serve", "officer1", means="witness", witness="春柳社区田翠屏", refusal="不收", **told)
    assert petition.deadlines.filter(term="D08").exists()
