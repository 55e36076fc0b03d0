"""三项建议（第四十条）：一人起草、另一人批准，编号发出，反馈有理由；追究责任的只有指定岗位看得见。"""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Organ, Outbox
from petitions.act.decorator import Refused
from petitions.act.states import Kind
from petitions.models import Category, Petition
from petitions.record.timeline import sentence
from petitions.record.verification import verify
from supervision.models import Proposal
from supervision.proposals import inflow, proposal_draft, proposal_scope, reply, reply_reminders
from tests.cast import accepted, fresh, on_day, registered, someone
from tests.desk.case.hands import signed_in, text
from tests.supervision.test_orders import issued

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
BLAMED = {
    "responsible": "青柳街道办事处平安建设办公室负责人",
    "circumstances": "经两次督办仍不办理。",
    "consequences": "信访人多次来访，造成不良影响。",
    "basis": "《信访工作条例》第四十条第三款\n《信访工作条例》第四十五条",
}


def drafted(petitions=None, kind="improve", by="super1", to="YHQL", **told):
    facts = {
        "to": Organ.objects.get(code=to),
        "subject": "电梯停运的告知",
        "problem": "三件都超过十五日没有书面告知。",
        "suggestions": "专人每日核对临近期限的件\n书面告知列入月度考核",
        "due_on": DAY + timedelta(days=30),
    }
    facts |= {"ground": "SV01"} if kind == "improve" else BLAMED if kind == "blame" else {}
    with on_day(DAY):
        made = petitions or [accepted()]
        return proposal_draft.draft(someone(by), kind=kind, petitions=[fresh(one) for one in made], **(facts | told))


def sent(**told):
    """Issued by the head on the day, served the day after."""
    proposal = drafted(**told)
    with on_day(DAY):
        proposal = proposal_draft.issue(proposal, someone("dhead1"))
    with on_day(DAY + timedelta(days=1)):
        return reply.serve(proposal, someone("dhead1"), on=DAY + timedelta(days=1), how="paper")


def told_of(key):
    rows = Outbox.objects.filter(dedupe_key__startswith=key).select_related("recipient")
    return {row.recipient.username for row in rows}


def test_one_drafts_another_issues_and_each_petition_knows(city):
    with on_day(DAY):
        one, two = accepted(), accepted()
    proposal = drafted([one, two])
    assert proposal.state == "submitted" and told_of(f"proposal:{proposal.pk}:2026") == {"dhead1"}
    with on_day(DAY):
        with pytest.raises(PermissionDenied, match="负责人批准"):
            proposal_draft.issue(proposal, someone("super1"))
        with pytest.raises(PermissionDenied):
            proposal_draft.issue(proposal, someone("dhead2"))
        issued_one = proposal_draft.issue(proposal, someone("dhead1"))
        with pytest.raises(Refused, match="刚被他人办理"):
            proposal_draft.issue(proposal, someone("dhead1"))
    assert issued_one.state == "issued" and issued_one.letter.kind == "F24" and "建" in issued_one.number
    assert {"officer1", "chief1"} <= told_of(f"proposal:{proposal.pk}:issued")
    for petition in (one, two):
        line = fresh(petition).events.get(act="propose")
        assert sentence(line) == "提出改进工作建议，限 04-01 前反馈"
    assert list(verify()) == []


def test_who_drafted_it_does_not_issue_it_even_as_head(city):
    with pytest.raises(Refused, match="没有能批准的人"):
        drafted(by="dhead1")
    assert not Proposal.objects.exists()
    proposal = drafted()
    Proposal.objects.filter(pk=proposal.pk).update(drafted_by=someone("dhead1"))
    with on_day(DAY), pytest.raises(Refused, match="不能批准自己起草的"):
        proposal_draft.issue(proposal, someone("dhead1"))


def test_it_is_sent_back_with_a_reason_and_comes_again(city):
    proposal = drafted()
    with on_day(DAY):
        with pytest.raises(Refused, match="退回理由"):
            proposal_draft.send_back(proposal, someone("dhead1"), reason=" ")
        proposal_draft.send_back(proposal, someone("dhead1"), reason="建议太笼统，请写明由谁核对。")
        hand = signed_in("super1")
        page = hand.get(f"/proposals/{proposal.pk}/edit/")
        assert "建议太笼统" in text(page)
        told = {name: page.context["form"][name].value() for name in page.context["form"].fields}
        blank = hand.post(f"/proposals/{proposal.pk}/edit/", told | {"suggestions": "", "problem": "新写的问题"})
        assert blank.status_code == 422 and "请写明建议" in text(blank) and "新写的问题" in text(blank)
        hand.post(f"/proposals/{proposal.pk}/edit/", told | {"suggestions": "由平安办主任每日核对"})
        assert signed_in("dhead1").get(f"/proposals/{proposal.pk}/edit/").status_code == 403
    proposal.refresh_from_db()
    assert (proposal.state, proposal.suggestions) == ("submitted", "由平安办主任每日核对")


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"problem": " "}, "请写明问题和建议"),
        ({"to": "YHXF"}, "不能向本单位"),
        ({"due_on": DAY}, "应晚于今天"),
        ({"kind": "blame", "to": "YHJJ", "basis": ""}, "情节、后果和依据"),
        ({"by": "officer1"}, "督查岗位起草"),
    ],
)
def test_what_cannot_be_proposed_is_refused_in_a_sentence(city, told, said):
    with pytest.raises((Refused, PermissionDenied), match=said):
        drafted(**told)
    assert not Proposal.objects.exists()


def test_a_confidential_petition_is_never_attached(city, client):
    with on_day(DAY):
        secret, report = accepted(), registered(kind=Kind.REPORT, accused_text="某人")
    Petition.objects.filter(pk=secret.pk).update(secrecy=1)
    for one in (secret, report):
        with pytest.raises(Refused, match="不能附在建议里"):
            drafted([one])
        assert signed_in("super1").get(f"/proposals/new/?case={one.number}").status_code == 404


def test_what_became_confidential_meanwhile_is_taken_out_before_it_goes_out(city):
    with on_day(DAY):
        one, two = accepted(), accepted()
    proposal = drafted([one, two])
    Petition.objects.filter(pk=one.pk).update(secrecy=1)
    with on_day(DAY):
        with pytest.raises(Refused, match="转为保密"):
            proposal_draft.issue(proposal, someone("dhead1"))
        proposal_draft.send_back(proposal, someone("dhead1"), reason="所附件有变化")
        same = {
            name: getattr(proposal, name) for name in ("to", "subject", "ground", "problem", "suggestions", "due_on")
        }
        proposal_draft.revise(proposal, someone("super1"), **same)
        proposal_draft.issue(proposal, someone("dhead1"))
    assert [petition.pk for petition in proposal.petitions.all()] == [two.pk]
    assert not fresh(one).events.filter(act="propose").exists()


def test_the_letters_own_check_keeps_blame_from_the_blamed(city):
    proposal = drafted(kind="blame", to="YHQL", responsible=f"{Organ.objects.get(code='YHQL').name}平安办负责人")
    with on_day(DAY), pytest.raises(Refused, match="不送责任单位自己"):
        proposal_draft.issue(proposal, someone("dhead1"))
    proposal.refresh_from_db()
    assert proposal.state == "submitted" and not proposal.number


def test_the_answer_needs_service_a_reason_and_a_true_day(city):
    proposal = drafted()
    with on_day(DAY):
        proposal = proposal_draft.issue(proposal, someone("dhead1"))
    with on_day(DAY + timedelta(days=5)):
        officer = someone("officer1")
        whole = {
            "adoption": "partly",
            "reason": "考核由区里统一定",
            "arrangement": "专人核对已开始",
            "on": DAY + timedelta(days=5),
        }
        with pytest.raises(Refused, match="先登记建议书的送达"):
            reply.answer(proposal, officer, **whole)
        with pytest.raises(Refused, match="送达日应在"):
            reply.serve(proposal, officer, on=DAY - timedelta(days=1), how="system")
        reply.serve(proposal, officer, on=DAY + timedelta(days=2), how="system")
        for changed, said in (
            ({"reason": ""}, "请写明理由"),
            ({"arrangement": " "}, "请写明落实安排"),
            ({"on": DAY + timedelta(days=1)}, "反馈日应在"),
            ({"on": DAY + timedelta(days=6)}, "反馈日应在"),
        ):
            with pytest.raises(Refused, match=said):
                reply.answer(proposal, officer, **(whole | changed))
        with pytest.raises(PermissionDenied, match="或者提出单位"):
            reply.answer(proposal, someone("officer.yhzj"), **whole)
        reply.answer(proposal, officer, number="云青函〔2026〕3号", **whole)
        with pytest.raises(Refused, match="已反馈"):
            reply.answer(proposal, officer, **whole)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.adoption) == ("answered", "partly")
    line = fresh(proposal.petitions.get()).events.get(act="answer_proposal")
    assert sentence(line) == "改进工作建议已反馈：部分采纳"
    assert told_of(f"proposal:{proposal.pk}:answered") == {"super1"}


def test_the_day_of_answer_is_told_of_once_before_and_once_after(city):
    proposal = sent()
    due = DAY + timedelta(days=30)
    for day in (due - timedelta(days=6), due - timedelta(days=5), due - timedelta(days=4), due + timedelta(days=1)):
        with on_day(day):
            reply_reminders.remind()
    with on_day(due + timedelta(days=2)):
        assert reply_reminders.remind() == 1
    soon = Outbox.objects.filter(dedupe_key__startswith=f"proposal:{proposal.pk}:soon:")
    assert {row.recipient.username for row in soon} == told_of(f"proposal:{proposal.pk}:issued")
    assert {row.text for row in soon} == {f"改进工作建议 {proposal.number} 还有 5 天到反馈日期，请书面反馈采纳情况"}
    assert told_of(f"proposal:{proposal.pk}:late:") == {"super1", "dhead1"}
    assert soon.count() == len(told_of(f"proposal:{proposal.pk}:soon:"))


def test_the_years_counts_take_what_was_answered_or_is_overdue(city):
    made = [sent()]
    for _ in range(3):  # 三份一样的
        twin = Proposal.objects.get(pk=made[0].pk)
        twin.pk = None
        twin.save()
        made.append(twin)
    for proposal, adoption in zip(made, ("adopted", "partly", "not_adopted"), strict=False):
        with on_day(DAY + timedelta(days=9)):
            told = {"reason": "上级已有规定", "arrangement": "本月办理", "on": DAY + timedelta(days=9)}
            reply.answer(proposal, someone("super1"), adoption=adoption, **told)
    on_time = reply.adopted_in(Proposal.objects.all(), 2026, DAY + timedelta(days=30))
    assert (on_time.issued, on_time.owed, on_time.late, round(on_time.share)) == (4, 3, 0, 67)
    late = reply.adopted_in(Proposal.objects.all(), 2026, DAY + timedelta(days=31))
    assert (late.owed, late.late, late.adopted + late.partly, late.share) == (4, 1, 2, 50)
    assert reply.adopted_in(Proposal.objects.all(), 2025, DAY).share is None


def test_the_inflow_compares_equal_stretches_of_the_same_matter_in_the_same_organs(city):
    category, other = Category.objects.filter(level1="城乡建设")[:2]
    near = Category.objects.exclude(level1="城乡建设").first()
    with on_day(DAY - timedelta(days=20)):
        long_ago = accepted(category=category)
    with on_day(DAY - timedelta(days=5)):
        recent = [accepted(category=category) for _ in range(2)]
        accepted(category=near)
    with on_day(DAY):
        secret = registered(category=category)
    Petition.objects.filter(pk=secret.pk).update(secrecy=1)
    proposal = sent(petitions=recent)
    with on_day(DAY + timedelta(days=4)):
        registered(category=category)
    told = inflow.of(proposal, someone("super1"), DAY + timedelta(days=10))
    assert (told.days, told.before, told.after, told.is_whole, told.is_few) == (10, 2, 1, False, True)
    assert told.organs == ("青柳街道",)
    whole = inflow.of(proposal, someone("super1"), DAY + timedelta(days=200))
    assert (whole.days, whole.before, whole.after, whole.is_whole) == (90, 3, 1, True)
    assert inflow.of(proposal, someone("super1"), DAY) is None
    assert long_ago.category_id == category.pk and other.pk != category.pk


def test_a_proposal_is_seen_by_its_two_sides_and_those_above(city):
    proposal = drafted()
    seen = lambda name: proposal_scope.seen_by(someone(name)).filter(pk=proposal.pk).exists()  # noqa: E731
    assert {name: seen(name) for name in ("super1", "dhead1", "csuper1", "super2", "officer1")} == {
        "super1": True, "dhead1": True, "csuper1": True, "super2": False, "officer1": False,
    }  # fmt: skip
    with on_day(DAY):
        proposal_draft.issue(proposal, someone("dhead1"))
    assert seen("officer1") and not seen("officer.yhzj") and not seen("disc1")
    assert signed_in("officer1").get(f"/proposals/{proposal.pk}/").status_code == 200
    assert signed_in("clerk1").get("/proposals/").status_code == 403
    assert signed_in("officer.yhzj").get(f"/proposals/{proposal.pk}/").status_code == 404
    pdf = signed_in("officer1").get(f"/proposals/{proposal.pk}/letter/")
    assert pdf.content.startswith(b"%PDF") and pdf["Content-Type"] == "application/pdf"


# 页面


def test_drafting_from_an_order_and_from_a_cluster_brings_the_petitions_along(city):
    with on_day(DAY):
        order = issued()
        other = accepted()
        hand = signed_in("super1")
        assert f"/proposals/new/?order={order.pk}" in text(hand.get(f"/supervision/orders/{order.pk}/"))
        form = hand.get(f"/proposals/new/?order={order.pk}").context["form"]
        assert (form["to"].value(), form["ground"].value()) == (order.to_id, "SV02")
        assert form["problem"].value() == order.problem
        policy, blame = (
            hand.get(f"/proposals/new/?order={order.pk}&kind={kind}").context["form"] for kind in ("policy", "blame")
        )
        assert (policy["to"].value(), blame["to"].value()) == (Organ.objects.get(code="YH").pk, None)
        address = f"/proposals/new/?case={order.petition.number}&case={other.number}"
        page = hand.get(address)
        assert len(page.context["petitions"]) == 2 and "kind=policy" in text(page)
        told = {
            "kind": "improve", "case": [order.petition.number, other.number], "to": order.to_id, "ground": "SV02",
            "subject": "电梯停运", "problem": "两件都超期。", "due_on": (DAY + timedelta(days=30)).isoformat(),
        }  # fmt: skip
        blank = hand.post("/proposals/new/", told | {"suggestions": ""})
        assert blank.status_code == 422 and "请写明建议" in text(blank) and "两件都超期。" in text(blank)
        done = hand.post("/proposals/new/", told | {"suggestions": "由专人核对"}, follow=True)
        assert "已报负责人批准" in text(done)
    proposal = Proposal.objects.get()
    assert set(proposal.petitions.values_list("number", flat=True)) == {order.petition.number, other.number}
    with on_day(DAY):
        head = signed_in("dhead1")
        assert "批准并发出" in text(head.get(f"/proposals/{proposal.pk}/"))
        assert "已批准并发出" in text(head.post(f"/proposals/{proposal.pk}/", {"do": "issue"}, follow=True))
        late = head.post(f"/proposals/{proposal.pk}/", {"do": "send_back", "reason": "晚了"}, follow=True)
        assert "现在不能这样办" in text(late)


def test_the_pages_ask_as_many_questions_for_three_as_for_one(city):
    def asked(proposal):
        hand, counts = signed_in("super1"), []
        for url in ("/proposals/", f"/proposals/{proposal.pk}/"):
            hand.get(url)
            with on_day(DAY + timedelta(days=2)), CaptureQueriesContext(connection) as caught:
                assert hand.get(url).status_code == 200
            counts.append(len(caught))
        return counts

    few = asked(sent())
    with on_day(DAY):
        several = [accepted() for _ in range(3)]
    assert asked(sent(petitions=several)) == few and max(few) <= 20
