"""代理：负责人外出时把岗位职权在一段日期内交给同单位的同事；有起止、有事由、可提前终止，不能再转给别人。"""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts.messages.notices import tell
from accounts.models import AccountEvent, Delegation, Grant, Post, User
from accounts.staff.account_log import record
from rulebook.acts import Act
from rulebook.timekeeping import now, today

LONGEST = 90  # 自然日：更长的空缺应当重新任命
SYSTEM_ACTS = (Act.MANAGE_USERS, Act.CONFIGURE, Act.AUDIT)


def delegable_posts(user: User):
    """The posts the user holds today in their own right, but for system posts."""
    system = Grant.objects.filter(act__in=SYSTEM_ACTS).values("role_id")
    held = user.appointments.current_on(today()).values("post_id")
    return Post.objects.filter(pk__in=held).exclude(role__in=system).select_related("organ", "role")


def colleagues(user: User):
    """Those who may stand in: active people of the same office."""
    return (
        User.objects.active()
        .filter(organ__office_id=user.organ.office_id)
        .exclude(pk=user.pk)
        .select_related("organ")
        .order_by("organ__path", "username")
    )


@transaction.atomic
def delegate(post: Post, *, by: User, to: User, since: date, until: date, reason: str) -> Delegation:
    """The colleague acts from the post from `since` to `until`, both included. ValidationError with a sentence."""
    if not delegable_posts(by).filter(pk=post.pk).exists():
        raise ValidationError("只能把本人现任的岗位交人代理，代理来的职权和系统管理岗位不能转交")
    if not colleagues(by).filter(pk=to.pk).exists():
        raise ValidationError("代理人应是本单位在用的同事")
    if since < today():
        raise ValidationError("代理不能从过去的日期开始")
    if until < since:
        raise ValidationError("止日不能早于起日")
    if until - since > timedelta(days=LONGEST):
        raise ValidationError(f"一次代理最长 {LONGEST} 天；时间更长的，请由系统管理员办理任职")
    overlapping = Delegation.objects.filter(post=post, by=by, revoked_at=None, since__lte=until, until__gte=since)
    if overlapping.exists():
        raise ValidationError("这个岗位在该段日期内已经有人代理，请先终止原来的代理")
    delegation = Delegation.objects.create(post=post, by=by, to=to, since=since, until=until, reason=reason)
    record(
        AccountEvent.What.DELEGATED, to, by=by, post=post.pk, role=post.role.code, since=str(since), until=str(until)
    )
    tell(
        [to],
        f"{since:%m-%d} 至 {until:%m-%d} 请您代理“{post}”，期间的办理记为代该岗位办理。",
        "/account/delegations/",
        f"delegation:{delegation.pk}",
    )
    return delegation


@transaction.atomic
def revoke(delegation: Delegation, *, by: User) -> None:
    """End it now. The giver may, and the stand-in may hand it back. Raises PermissionDenied for anyone else."""
    if by.pk not in (delegation.by_id, delegation.to_id):
        raise PermissionDenied("只有委托人或代理人可以终止这项代理")
    if Delegation.objects.filter(pk=delegation.pk, revoked_at=None).update(revoked_at=now()):
        record(AccountEvent.What.DELEGATED, delegation.to, by=by, post=delegation.post_id, revoked=True)
        other = delegation.to if by.pk == delegation.by_id else delegation.by
        tell([other], f"“{delegation.post}”的代理已提前终止。", "/account/delegations/", f"undelegated:{delegation.pk}")
