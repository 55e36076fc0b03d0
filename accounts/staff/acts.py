"""用户管理：新建、修改、任职、停用、重置密码。每一步都留一行账户记录；只及于所管机构，不及于自己。"""

import secrets
from datetime import timedelta

from axes.utils import reset as forget_failures
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts.authority import organs_reached, require_holding
from accounts.models import AccountEvent, Appointment, Grant, Organ, Post, Role, User
from accounts.session import api_tokens
from accounts.staff.account_log import record
from rulebook.acts import Act
from rulebook.timekeeping import today

What = AccountEvent.What
SYSTEM_ACTS = (Act.MANAGE_USERS, Act.CONFIGURE, Act.AUDIT)
LETTERS = "abcdefghjkmnpqrstuvwxyz"
FIGURES = "23456789"


def managed_organs(by: User):
    """The organs whose people the user may manage. Raises PermissionDenied where the user manages nobody."""
    require_holding(by, Act.MANAGE_USERS)
    return organs_reached(by, Act.MANAGE_USERS)


def managed_users(by: User):
    """The people the user may manage."""
    return User.objects.filter(organ__in=managed_organs(by)).select_related("organ__office")


@transaction.atomic
def create_user(*, by, username, name, organ, roles, title, phone="", email="") -> tuple[User, str]:
    """The new user and the one-time password, which is shown once and kept nowhere.

    Raises ValidationError (a sentence) where the name is taken or the roles do not go together, PermissionDenied
    where the organ is not one the user manages.
    """
    _require_managed(by, organ)
    return _create(username, name, organ, roles, title, by=by, phone=phone, email=email)


@transaction.atomic
def create_first_administrator(*, username, name, organ) -> tuple[User, str]:
    """Who opens the accounts of a city that has none yet; the one-time password is shown once and kept nowhere.

    Raises ValidationError where somebody holds that post already, or the pack gives it to no role.
    """
    roles = Role.objects.filter(grants__act=Act.MANAGE_USERS).distinct()
    if not roles:
        raise ValidationError("还没有任何角色可以管理用户：请先发布城市包")
    if Appointment.objects.current_on(today()).filter(post__role__in=roles, user__is_active=True).exists():
        raise ValidationError("已有系统管理员，新用户请由其在“用户”页新建")
    return _create(username, name, organ, roles, "", by=None)


def _create(username, name, organ, roles, title, *, by, phone="", email="") -> tuple[User, str]:
    if User.objects.filter(username__iexact=username).exists():
        raise ValidationError(f"用户名“{username}”已有人使用")
    password = one_time_password()
    user = User(username=username, name=name, organ=organ, phone=phone, email=email, must_change_password=True)
    user.set_password(password)
    user.save()
    record(What.CREATED, user, by=by, organ=organ.code)
    for role in roles:
        _appoint(user, role, title, by)
    return user, password


@transaction.atomic
def change_user(user: User, *, by, name, organ, phone, email) -> bool:
    """New particulars. A move to another organ ends the posts held in the old one. Whether a post was ended."""
    _require_may_change(by, user)
    before = User.objects.select_related("organ").get(pk=user.pk)
    facts = {"name": name, "organ": organ, "phone": phone, "email": email}
    changed = [field for field, value in facts.items() if getattr(before, field) != value]
    if not changed:
        return False
    _require_managed(by, organ)
    for field, value in facts.items():
        setattr(user, field, value)
    user.save(update_fields=list(facts))
    record(What.CHANGED, user, by=by, fields=changed, organ=organ.code)
    held = list(current_appointments(user).exclude(post__organ=organ)) if "organ" in changed else []
    for appointment in held:
        _end(appointment, by)
    return bool(held)


@transaction.atomic
def appoint(user: User, role: Role, title: str, *, by) -> Appointment:
    """From today the user holds the role in their organ. Raises ValidationError, PermissionDenied."""
    _require_may_change(by, user)
    return _appoint(user, role, title, by)


@transaction.atomic
def end_appointment(appointment: Appointment, *, by) -> None:
    """The appointment ends today; from this moment it gives no right."""
    _require_may_change(by, appointment.user)
    _end(appointment, by)


@transaction.atomic
def disable(user: User, *, by) -> None:
    """The user can no longer sign in; open sessions and tokens end at once."""
    _require_may_change(by, user)
    if User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        api_tokens.end_all(user)
        record(What.DISABLED, user, by=by)


@transaction.atomic
def enable(user: User, *, by) -> None:
    """The user can sign in again."""
    _require_may_change(by, user)
    if User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        record(What.ENABLED, user, by=by)


@transaction.atomic
def reset_password(user: User, *, by) -> str:
    """A one-time password; sessions and tokens of the old one end, a lock is lifted."""
    _require_may_change(by, user)
    password = one_time_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    api_tokens.end_all(user)
    forget_failures(username=user.username)
    record(What.RESET, user, by=by)
    return password


def current_appointments(user: User):
    """Today's appointments with post, role and organ."""
    return user.appointments.current_on(today()).select_related("post__role", "post__organ").order_by("pk")


def one_time_password() -> str:
    """Twelve characters without look-alikes, letters and figures both."""
    while True:
        drawn = "".join(secrets.choice(LETTERS + FIGURES) for _ in range(12))
        if set(drawn) & set(LETTERS) and set(drawn) & set(FIGURES):
            return drawn


def _require_managed(by: User, organ: Organ) -> None:
    if not managed_organs(by).filter(pk=organ.pk).exists():
        raise PermissionDenied(f"“{organ.short_name}”不在您管理的机构范围内")


def _require_may_change(by: User, user: User) -> None:
    if user.organ is None:
        raise PermissionDenied("该用户没有单位，请由部署人员处理")
    _require_managed(by, user.organ)
    if by.pk == user.pk:
        raise PermissionDenied("不能改动自己的账户和岗位，请由另一位系统管理员办理；改密码、改偏好在“我的账户”里")


def _appoint(user: User, role: Role, title: str, by: User | None) -> Appointment:
    held = {appointment.post.role_id for appointment in current_appointments(user)}
    if role.pk in held:
        raise ValidationError(f"该用户已担任“{role.name}”")
    kinds = {pk in _system_roles() for pk in held | {role.pk}}
    if len(kinds) > 1:
        raise ValidationError("系统管理、审计岗位不接触信访件内容，不能与办理信访件的岗位由一人兼任")
    post, _ = Post.objects.get_or_create(organ=user.organ, role=role, title=title or role.name)
    appointment = Appointment.objects.create(user=user, post=post, since=today())
    record(What.APPOINTED, user, by=by, role=role.code, organ=user.organ.code, since=str(appointment.since))
    return appointment


def _end(appointment: Appointment, by: User) -> None:
    """Ended: the last day is yesterday, so today it counts no more; one that began today simply never counted."""
    appointment.until = today() - timedelta(days=1)
    appointment.save(update_fields=["until"])
    role = appointment.post.role.code
    record(What.APPOINTED, appointment.user, by=by, role=role, organ=appointment.post.organ.code, ended=True)


def _system_roles() -> set[int]:
    return set(Grant.objects.filter(act__in=SYSTEM_ACTS).values_list("role_id", flat=True))
