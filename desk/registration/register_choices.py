"""登记台上可选的：属地、单位、分类、涉法情形。各一次查询；停用的不再供选。"""

from dataclasses import dataclass

from accounts.models import Organ, OrganKind
from accounts.staff.areas import street_of
from petitions.models import Category, Place
from rulebook.timekeeping import today

AREA_KINDS = ("街道乡镇", "社区（村）")  # petitions.intake.category_pack 把辖区也登进地名表
LITIGATION = [
    ("", "未进入法定程序"),
    ("诉讼中", "诉讼中"),
    ("已有裁判", "已有判决、裁定"),
    ("仲裁", "仲裁（含劳动仲裁）"),
    ("行政复议", "行政复议"),
    ("公安办理", "公安机关办理中"),
    ("不清楚", "信访人说不清"),
]
ID_STATUSES = [
    ("stated", "证件：自述"),
    ("verified", "证件：已核验"),
    ("none", "无证件"),
    ("mismatch", "证件不符"),
]
# 公安行业标准 GA/T 517 的常用证件代码；外国人、港澳台居民参照办理（第四十八条）
ID_TYPES = [
    ("111", "居民身份证"),
    ("112", "临时居民身份证"),
    ("113", "户口簿"),
    ("114", "军官证"),
    ("414", "普通护照"),
    ("511", "台湾居民来往大陆通行证"),
    ("516", "港澳居民来往内地通行证"),
    ("553", "外国人永久居留身份证"),
    ("990", "其他证件"),
]
TRIAGE = "triage"  # 主办单位未定：登记后由信访专员甄别


@dataclass(frozen=True)
class Group:
    """A labelled group of a select: rows are (value, words)."""

    label: str
    rows: list[tuple[str, str]]


def areas(office) -> list[Group]:
    """Where a matter may lie: the office's own area first, then the other streets of the city."""
    rows = Place.objects.filter(kind__in=AREA_KINDS).order_by("territory", "pk").values_list("territory", "name")
    names = dict(rows)
    own, other = [], []
    for territory, name in names.items():
        within = street_of(territory)
        street = names.get(within, "")
        here = bool(office.territory) and territory.startswith(office.territory)
        words = name if within in ("", territory) else f"{street} · {name}"
        if here:
            own.append((territory, words))
        elif within in ("", territory):
            other.append((territory, words))
    return [group for group in (Group("本辖区", own), Group("其他街道、乡镇", other)) if group.rows]


def usual_area(office) -> str:
    """A street's or town's own area; elsewhere the clerk must choose."""
    return office.territory if street_of(office.territory) else ""


def units(office) -> list[Group]:
    """Organs that may handle a matter, the desk's own first; one query. A section is chosen later, by 分派承办人."""
    rows = (
        Organ.objects.in_force_on(today())
        .exclude(kind__in=NO_UNITS)
        .order_by("path")
        .values_list("pk", "short_name", "name", "level", "territory")
    )
    own, district, city, other = [], [], [], []
    for pk, short_name, name, level, territory in rows:
        if pk == office.pk:
            own.append((str(pk), name))
        elif level == "city":
            city.append((str(pk), short_name))
        elif territory.startswith(office.district_code):
            district.append((str(pk), short_name))
        else:
            other.append((str(pk), short_name))
    groups = (Group("本单位", own), Group("本区", district), Group("市级", city), Group("其他区", other))
    return [group for group in groups if group.rows]


NO_UNITS = (OrganKind.GOVERNMENT, OrganKind.SECTION, OrganKind.COMMUNITY)


def categories() -> list[Group]:
    """The third level in force, grouped by the first; one query."""
    groups: dict[str, list[tuple[str, str]]] = {}
    rows = Category.objects.filter(valid_to=None).order_by("code").values_list("pk", "level1", "level2", "level3")
    for pk, level1, level2, level3 in rows:
        groups.setdefault(level1, []).append((str(pk), " › ".join(part for part in (level2, level3) if part) or level1))
    return [Group(label, rows) for label, rows in groups.items()]


def words_for(groups: list[Group], value: str) -> str:
    """The words shown for a value; empty where it is not among the choices."""
    return next((words for group in groups for key, words in group.rows if key == value), "")


def category_label(value: str) -> str:
    """The full words of one category in force; empty where there is none."""
    row = Category.objects.filter(pk=int(value), valid_to=None).first() if value.isdecimal() else None
    return str(row) if row else ""
