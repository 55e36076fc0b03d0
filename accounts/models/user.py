"""人员与岗位：权限属于岗位，人按起止日期任职，外出时可以请人代理。"""

from django.contrib.auth.models import AbstractUser
from django.contrib.auth.models import UserManager as DjangoUserManager
from django.db import models

from accounts.models.grant import Role
from accounts.models.organ import Organ
from accounts.querysets import AppointmentQuerySet, UserQuerySet


class UserManager(DjangoUserManager.from_queryset(UserQuerySet)):
    """Django's creating methods with our questions."""


class User(AbstractUser):
    """A member of staff. Petitioners have no account."""

    name = models.CharField("姓名", max_length=50)
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, verbose_name="单位")
    phone = models.CharField("办公电话", max_length=40, blank=True)
    must_change_password = models.BooleanField("首次登录须改密码", default=False)
    single_keys = models.BooleanField("启用单键快捷键", default=True)
    big_text = models.BooleanField("大字版", default=False)

    objects = UserManager()

    class Meta:
        verbose_name = "用户"

    def __str__(self):
        return self.name or self.username

    @property
    def office(self):
        """The organ in whose name this person acts: a section acts as its office."""
        return self.organ.office if self.organ else None


class Post(models.Model):
    """岗位：一个机构里承担一种角色的位置。"""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="posts", verbose_name="单位")
    role = models.ForeignKey(Role, models.PROTECT, related_name="posts", verbose_name="角色")
    title = models.CharField("岗位名称", max_length=60)

    class Meta:
        verbose_name = "岗位"
        constraints = [models.UniqueConstraint(fields=["organ", "role", "title"], name="one_post_per_title")]

    def __str__(self):
        return f"{self.organ.short_name}·{self.title}"


class Appointment(models.Model):
    """任职：谁从哪天到哪天在这个岗位上。"""

    user = models.ForeignKey(User, models.CASCADE, related_name="appointments", verbose_name="人员")
    post = models.ForeignKey(Post, models.PROTECT, related_name="appointments", verbose_name="岗位")
    since = models.DateField("任职日")
    until = models.DateField("离任日", null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = "任职"
        indexes = [models.Index(fields=["user", "since"], name="appointment_user")]


class DelegationQuerySet(models.QuerySet):
    def in_force_on(self, day):
        """Dated, not revoked, and the giver still holds the post: nobody hands on what they no longer have."""
        still_held = Appointment.objects.current_on(day)
        return self.filter(
            models.Exists(still_held.filter(user=models.OuterRef("by"), post=models.OuterRef("post"))),
            since__lte=day,
            until__gte=day,
            revoked_at=None,
            by__is_active=True,
        )


class Delegation(models.Model):
    """代理：岗位上的人在一段日期内把职权交给另一人，行为记“代某岗”。"""

    post = models.ForeignKey(Post, models.PROTECT, related_name="delegations", verbose_name="被代理岗位")
    by = models.ForeignKey(User, models.PROTECT, related_name="delegations_given", verbose_name="委托人")
    to = models.ForeignKey(User, models.PROTECT, related_name="delegations_held", verbose_name="代理人")
    since = models.DateField("起")
    until = models.DateField("止")
    reason = models.CharField("事由", max_length=100)
    revoked_at = models.DateTimeField("提前终止时间", null=True, editable=False)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = "代理"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("since")), name="delegation_ends_after_it_starts"
            )
        ]
