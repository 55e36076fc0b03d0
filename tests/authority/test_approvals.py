"""谁起草、谁审核、谁批准（审批矩阵）：同一人不占两头，代理来的职权也不例外，代理有起有止。"""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import Outbox, Post
from accounts.staff.delegation import delegate
from petitions.act.decorator import Refused
from petitions.act.states import State
from petitions.approval import rules as approvals
from petitions.models import PendingAct
from rulebook.acts import Act
from rulebook.timekeeping import today
from tests.authority import approval_table
from tests.cast import accepted, do, drafted, fresh, on_day, passed, registered, someone, submitted

pytestmark = pytest.mark.django_db

REASON = "需要委托检测机构检测"
DECLINE = {
    "ground": "28-2",
    "reason": "同一诉求已向人民法院起诉",
    "way": "诉讼",
    "authority": "云河区人民法院",
    "authority_address": "云河区法院路1号",
    "evidence": "受理案件通知书（2026）云民初18号",
}


def stand_in(giver, taker, role, days=10, since=None):
    """`taker` acts from the giver's post of that role, from today on."""
    by = someone(giver)
    post = Post.objects.get(appointments__user=by, role__code=role)
    since = since or today()
    return delegate(post, by=by, to=someone(taker), since=since, until=since + timedelta(days=days), reason="外出学习")


def extension(by):
    return approvals.request(fresh(accepted()), Act.EXTEND, by=someone(by), days=15, reason=REASON)


def test_the_printed_table_is_current():
    assert approval_table.TABLE.read_text(encoding="utf-8") == approval_table.printed()


def test_no_role_both_drafts_and_approves_and_every_opinion_is_checked():
    rows = approval_table.rows()
    checked = [row for row in rows if row.approves]
    assert {row.matter for row in checked} >= {"延长办理期限", "不予受理", "不再受理", "终止办理", "信访处理意见书"}
    for row in checked:
        assert not set(row.drafts) & set(row.approves), row
        assert not set(row.checks) & set(row.approves), row
    for row in rows:
        if row.matter in ("不予受理", "不再受理", "终止办理", "信访处理意见书"):
            assert row.checks == ("LEGAL",), f"{row} 须经法制审核"
        if row.matter == "延长办理期限":
            assert all(role.endswith("_HEAD") for role in row.approves), "第三十四条：本机关、单位负责人"


# 延期：承办人报请，信访专员审核，本机关负责人批准


def test_a_handlers_extension_is_checked_by_the_officer_and_approved_by_the_head(city):
    petition = do(accepted(), Act.ALLOT, "chief1", to=someone("handler1"))
    pending = approvals.request(fresh(petition), Act.EXTEND, by=someone("handler1"), days=15, reason=REASON)
    assert (pending.step, pending.step_label) == (1, "信访专员审核")
    with pytest.raises(PermissionDenied, match="信访专员审核"):
        approvals.approve(pending, by=someone("head1"))
    pending = approvals.approve(pending, by=someone("officer1"))
    assert pending.step_label == "本机关负责人批准"
    assert fresh(petition).deadlines.get(term="D06").extended_days == 0
    approvals.approve(pending, by=someone("head1"))
    assert fresh(petition).deadlines.get(term="D06").extended_days == 15


def test_an_officers_own_extension_goes_to_the_head_at_once(city):
    pending = extension("officer1")
    assert pending.step_label == "本机关负责人批准"
    with pytest.raises(PermissionDenied):
        approvals.approve(pending, by=someone("deputy1"))
    assert approvals.approve(pending, by=someone("head1")).state == PendingAct.State.DONE


# 同一人


def test_nobody_approves_their_own_request_from_a_post_lent_to_them(city):
    stand_in("head1", "officer1", "ST_HEAD")
    pending = extension("officer1")
    with pytest.raises(Refused, match="不能批准自己的报请"):
        approvals.approve(pending, by=someone("officer1"))
    assert approvals.approve(pending, by=someone("head1")).state == PendingAct.State.DONE


def test_who_checked_a_request_does_not_approve_it_too(city):
    stand_in("head1", "officer1", "ST_HEAD")
    petition = do(accepted(), Act.ALLOT, "chief1", to=someone("handler1"))
    pending = approvals.request(fresh(petition), Act.EXTEND, by=someone("handler1"), days=15, reason=REASON)
    pending = approvals.approve(pending, by=someone("officer1"))
    with pytest.raises(Refused, match="您已审核过这一报请"):
        approvals.approve(pending, by=someone("officer1"))
    assert fresh(petition).deadlines.get(term="D06").extended_days == 0
    assert approvals.approve(pending, by=someone("head1")).state == PendingAct.State.DONE


def test_who_drafted_does_not_sign_even_from_a_post_lent_to_them(city):
    stand_in("deputy1", "officer1", "ST_DEPUTY")
    petition = passed()
    with pytest.raises(Refused, match="您起草过这份处理意见，不能再由您签发"):
        do(petition, Act.SIGN, "officer1")
    assert fresh(petition).state == State.SUBMITTED
    assert do(petition, Act.SIGN, "head1").state == State.ISSUED


def test_who_checked_does_not_sign(city):
    petition = passed()
    opinion = petition.latest_opinion
    type(opinion).objects.filter(pk=opinion.pk).update(checked_by=someone("deputy1"))
    with pytest.raises(Refused, match="您核查过这份处理意见"):
        do(petition, Act.SIGN, "deputy1")
    assert do(petition, Act.SIGN, "head1").state == State.ISSUED


def test_the_check_is_the_legal_posts_and_it_is_told(city):
    petition = submitted()
    for name in ("chief1", "deputy1", "officer1"):
        with pytest.raises(PermissionDenied):
            do(petition, Act.PASS, name, overrides={})
    told = Outbox.objects.filter(dedupe_key__startswith=f"act:{petition.pk}:{petition.seq}")
    assert {one.recipient.username for one in told} == {"legal1", "legal0"}, "管得到本区的法制审核员，不是别区的"
    petition = do(drafted(accepted()), Act.SUBMIT)
    do(petition, Act.RETURN, "chief1", reason="初审退回：请补充检验报告")


# 代理：有起有止


def test_a_lent_post_serves_from_its_first_day_to_its_last_and_the_line_says_for_whom(city):
    with on_day("2026-03-02"):
        petition = do(registered(), Act.CLASSIFY, path="31-6", record=approvals_record())
        petition = do(petition, Act.ACCEPT)
        stand_in("deputy1", "chief1", "ST_DEPUTY", days=5, since=today() + timedelta(days=1))
        petition = do(do(drafted(petition), Act.SUBMIT), Act.PASS, "legal1")
        with pytest.raises(PermissionDenied):
            do(petition, Act.SIGN, "chief1")
    with on_day("2026-03-09"), pytest.raises(PermissionDenied):
        do(petition, Act.SIGN, "chief1")
    with on_day("2026-03-08"):
        petition = do(petition, Act.SIGN, "chief1")
    line = petition.events.get(act=Act.SIGN)
    assert (line.by.username, line.on_behalf_of.username) == ("chief1", "deputy1")
    assert line.by_post.role.code == "ST_DEPUTY"


def approvals_record():
    return [{"branch": f"31-{n}", "answer": False, "reason": "不属于该情形"} for n in range(1, 6)]


def test_a_stand_in_gives_an_approval_in_the_name_of_the_post(city):
    stand_in("deputy1", "chief1", "ST_DEPUTY")
    pending = approvals.request(fresh(registered()), Act.DECLINE, by=someone("officer1"), **DECLINE)
    pending = approvals.approve(pending, by=someone("legal1"))
    approvals.approve(pending, by=someone("chief1"))
    given = pending.approvals.get(step=2)
    assert (given.by.username, given.on_behalf_of.username) == ("chief1", "deputy1")
    assert fresh(pending.petition).state == State.DECLINED


def test_a_post_is_not_lent_backwards_nor_for_ever_nor_twice(city):
    with pytest.raises(ValidationError, match="过去的日期"):
        stand_in("deputy1", "chief1", "ST_DEPUTY", since=today() - timedelta(days=1))
    with pytest.raises(ValidationError, match="最长 90 天"):
        stand_in("deputy1", "chief1", "ST_DEPUTY", days=91)
    stand_in("deputy1", "chief1", "ST_DEPUTY")
    with pytest.raises(ValidationError, match="已经有人代理"):
        stand_in("deputy1", "officer1", "ST_DEPUTY")
