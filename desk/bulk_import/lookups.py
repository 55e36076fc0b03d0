"""表里写到的单位、分类、辖区：一次读进内存，逐行只查字典。"""

from accounts.models import Organ
from desk.bulk_import.cell_values import Misread
from desk.registration.register_choices import AREA_KINDS
from petitions.models import Category, Place
from rulebook.timekeeping import today

SEPARATORS = str.maketrans(dict.fromkeys("›>/→＞／—-\\|", "›"))


class Known:
    """Three queries; answers by code or by name. A name that several bear is an error, never a guess."""

    def __init__(self):
        self._organs: dict[str, list[Organ]] = {}
        for organ in Organ.objects.in_force_on(today()).select_related("office"):
            for word in {organ.code, organ.name, organ.short_name}:
                self._organs.setdefault(word, []).append(organ)
        self._categories: dict[str, list[Category]] = {}
        for row in Category.objects.filter(valid_to=None):
            for word in {row.code, _path(str(row)), row.level3 or row.level2 or row.level1}:
                self._categories.setdefault(word, []).append(row)
        areas: dict[str, set[str]] = {}
        for name, territory in Place.objects.filter(kind__in=("市", "区", *AREA_KINDS)).values_list(
            "name", "territory"
        ):
            areas.setdefault(name, set()).add(territory)
            areas.setdefault(territory, set()).add(territory)
        self._areas = {word: sorted(codes) for word, codes in areas.items()}

    def organ(self, word: str) -> Organ | None:
        """None for an empty cell. Raises Misread."""
        return _only(self._organs, word, "单位") if word else None

    def organ_if_known(self, word: str) -> Organ | None:
        """The organ a petitioner's words name, where they name exactly one."""
        found = self._organs.get(word, ())
        return found[0] if len(found) == 1 else None

    def category(self, word: str) -> Category | None:
        """By code, by path (城乡建设 › 物业服务 › 电梯) or by a last level of its own. Raises Misread."""
        if not word:
            return None
        return _only(self._categories, word if word in self._categories else _path(word), "内容分类", word)

    def territory(self, word: str) -> str:
        """The area's code. Raises Misread."""
        return _only(self._areas, word, "问题属地") if word else ""


def _path(words: str) -> str:
    return "›".join(part.strip() for part in words.translate(SEPARATORS).split("›") if part.strip())


def _only(known, word, label, shown=""):
    found = known.get(word, ())
    if not found:
        raise Misread(f"没有{label}“{(shown or word)[:30]}”，请核对名称或代码")
    if len(found) > 1:
        raise Misread(f"“{(shown or word)[:30]}”对应 {len(found)} 个{label}，请写代码或写完整")
    return found[0]
