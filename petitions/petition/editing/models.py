"""有人正在写：谁打开着哪张表，到什么时候为止算还开着。只是提示，不锁任何人。"""

from django.conf import settings
from django.db import models

from rulebook.acts import Act


class EditingQuerySet(models.QuerySet):
    def running(self, moment):
        """Not yet taken for left."""
        return self.filter(until__gt=moment)


class Editing(models.Model):
    """A form of one act on one petition, open before somebody. Past `until` it is taken for left."""

    petition = models.ForeignKey("petitions.Petition", models.CASCADE, related_name="editings")
    act = models.CharField("行为", max_length=30, choices=Act.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since = models.DateTimeField("打开时间")
    until = models.DateTimeField("算到")

    objects = EditingQuerySet.as_manager()

    class Meta:
        verbose_name = "正在编辑"
        constraints = [models.UniqueConstraint(fields=["petition", "act", "user"], name="one_editing_per_form")]
