"""授权：角色 × 行为 × 关系 × 范围，逐行可读（rules §8.1）。"""

from django.db import models

from rulebook.acts import Act


class Relation(models.TextChoices):
    """How an organ, post or person is involved in a petition; also the kinds of an involvement row."""

    REGISTERED = "registered", "登记"
    FORWARDS = "forwards", "转出"
    HANDLES = "handles", "承办"
    CO = "co", "协办"
    HANDLED = "handled", "曾承办"
    SUPERVISES = "supervises", "督办"
    REVIEWS = "reviews", "复查复核"
    DESIGNATES = "designates", "指定管辖"
    LEGAL = "legal", "法制审核"
    DISCIPLINE = "discipline", "纪检专岗"
    SPONSOR = "sponsor", "包案"
    ANY = "any", "任一关系"


class Reach(models.TextChoices):
    """How far from the user's own organ the involved organ may be."""

    SELF = "self", "本人"
    POST = "post", "本岗"
    OWN = "own", "本单位"
    SUBTREE = "subtree", "本单位及下级"
    TERRITORY = "territory", "本辖区"
    CITY = "city", "全市"


class Role(models.Model):
    code = models.CharField("代码", max_length=30, unique=True)
    name = models.CharField("名称", max_length=50)
    level = models.CharField("层级", max_length=10, blank=True)

    class Meta:
        verbose_name = "角色"

    def __str__(self):
        return self.name


class Grant(models.Model):
    """One sentence: this role may do this act where its organ is so involved within this reach."""

    role = models.ForeignKey(Role, models.CASCADE, related_name="grants", verbose_name="角色")
    act = models.CharField("行为", max_length=30, choices=Act.choices)
    relation = models.CharField("关系", max_length=12, choices=Relation.choices)
    reach = models.CharField("范围", max_length=10, choices=Reach.choices)

    class Meta:
        verbose_name = "授权"
        constraints = [
            models.UniqueConstraint(fields=["role", "act", "relation", "reach"], name="one_grant_per_sentence")
        ]
