"""机构：三级机构树，有辖区、有起止、有承继（《信访工作条例》第二条、第二十四条）。"""

from datetime import date

from django.db import models
from django.db.models.functions import Now

from accounts.querysets import OrganQuerySet
from accounts.staff.areas import district_of


class OrganKind(models.TextChoices):
    """What sort of organ it is; decides which clocks a receipt starts (第二十二条 or 第二十三条)."""

    GOVERNMENT = "government", "人民政府"
    PETITION_OFFICE = "petition_office", "信访部门"
    BUREAU = "bureau", "政府工作部门"
    STREET = "street", "街道办事处"
    TOWN = "town", "乡镇人民政府"
    SECTION = "section", "科室（队、所）"
    COMMUNITY = "community", "社区（村）"
    VERTICAL = "vertical", "垂直管理机关"
    DISCIPLINE = "discipline", "纪检监察机关"
    POLITICAL_LEGAL = "political_legal", "政法机关"
    PARTY = "party", "党委部门"
    ENTERPRISE = "enterprise", "国有企事业单位"


class Level(models.TextChoices):
    CITY = "city", "市级"
    DISTRICT = "district", "区级"
    STREET = "street", "街道乡镇级"
    SECTION = "section", "科室社区级"


class Organ(models.Model):
    """One organ or section. `path` ("/1/4/9/") makes "within" a prefix; `territory` (an area code) likewise."""

    code = models.CharField("机构代码", max_length=20, unique=True)
    name = models.CharField("全称", max_length=100)
    short_name = models.CharField("简称", max_length=40)
    letter_code = models.CharField("机关代字", max_length=10, blank=True)
    kind = models.CharField("性质", max_length=20, choices=OrganKind.choices)
    level = models.CharField("层级", max_length=10, choices=Level.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="subordinates", verbose_name="上级"
    )
    path = models.CharField("路径", max_length=255, unique=True, editable=False)
    office = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="sections", verbose_name="所属单位"
    )
    territory = models.CharField("辖区代码", max_length=20, blank=True, db_index=True)
    function = models.CharField("职能", max_length=40, blank=True, help_text="分流规则按职能找单位，如“住建”“人社”")
    phone = models.CharField("联系电话", max_length=40, blank=True)
    address = models.CharField("地址", max_length=120, blank=True)
    # 接待时间、地点向社会公布（第十八条）
    hours = models.CharField("接待时间", max_length=80, blank=True)
    transport = models.CharField("怎么去", max_length=120, blank=True)
    review_organ = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="reviews", verbose_name="复查机关"
    )
    recheck_organ = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="rechecks", verbose_name="复核机关"
    )
    valid_from = models.DateField("起用日", default=date(2022, 5, 1))
    valid_to = models.DateField("停用日", null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name="职权承继单位"
    )
    registered_on = models.DateTimeField("录入时间", db_default=Now(), editable=False)

    objects = OrganQuerySet.as_manager()

    class Meta:
        verbose_name = "机构"
        indexes = [models.Index(fields=["path"], name="organ_path_prefix", opclasses=["varchar_pattern_ops"])]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Path and office follow the parent, and everything below follows this organ."""
        super().save(*args, **kwargs)
        path, office_id = self.whereabouts()
        if (path, office_id) != (self.path, self.office_id):
            had_place = bool(self.path)
            Organ.objects.filter(pk=self.pk).update(path=path, office_id=office_id)
            self.path, self.office_id = path, office_id
            if had_place:
                for subordinate in self.subordinates.all():
                    subordinate.parent = self
                    subordinate.save()

    def whereabouts(self) -> tuple[str, int]:
        """Path and key of the office, as the parent's and its own key give them."""
        path = f"{self.parent.path if self.parent else '/'}{self.pk}/"
        return path, self.parent.office_id if self.is_section and self.parent else self.pk

    @property
    def is_section(self) -> bool:
        """科室、社区不独立对外行文：以所属单位名义办理。"""
        return self.kind in (OrganKind.SECTION, OrganKind.COMMUNITY)

    @property
    def is_petition_office(self) -> bool:
        return self.kind == OrganKind.PETITION_OFFICE

    @property
    def ancestor_ids(self) -> list[int]:
        """Keys of this organ and of every organ above it."""
        return [int(part) for part in self.path.split("/") if part]

    def is_within(self, other) -> bool:
        """本单位是否即为该单位或其下级。"""
        return self.path.startswith(other.path)

    def in_force_on(self, day) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @property
    def district_code(self) -> str:
        """The area code of the district; a city organ answers with its own shorter code."""
        return district_of(self.territory)
