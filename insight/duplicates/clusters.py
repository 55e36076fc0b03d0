"""同类在办：近九十天里同一地点、同一问题的在办件归成一簇。只列本人看得到的；检举控告和保密件从不进簇。"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count

from documents.text_overlap import likeness
from insight.duplicates.similar_petitions import similar
from insight.models import SearchDocument
from insight.search.normal_form import FIELD_END, normalise
from petitions.act.states import OPEN, Kind, State
from petitions.models import Petition
from rulebook.timekeeping import today

WINDOW = 90  # 自然日，按收到日
LEAST = 3  # 件：够这么多才是一簇
ALIKE = 0.25  # 没有同一分类的，文字相像到这个程度算同一问题
SIMILAR = 30  # 百分比；insight.duplicates.similar_petitions 给的
PLACES = 40  # 一页最多看多少个地点
SAID = 2  # 检索文本的前两栏：概况、原话
PER_PLACE = 60  # 一个地点最多看多少件，新的在前


@dataclass(frozen=True)
class Cluster:
    """Open petitions of one place and one problem, the newest first."""

    place: str
    petitions: tuple[Petition, ...]

    @property
    def problem(self) -> str:
        """The category most of them have; the newest title where none has one."""
        named = [str(one.category) for one in self.petitions if one.category_id]
        return max(named, key=named.count) if named else self.petitions[0].title

    @property
    def people(self) -> int:
        """How many people brought them."""
        return sum(one.submission.people_count for one in self.petitions)

    @property
    def organs(self) -> tuple[str, ...]:
        """Who has them now; several where like matters are handled apart."""
        return tuple(dict.fromkeys(one.organ.short_name for one in self.petitions))

    @property
    def since(self) -> date:
        return min(one.received_on for one in self.petitions)

    @property
    def due_on(self) -> date | None:
        return min((one.next_due_on for one in self.petitions if one.next_due_on), default=None)


def cluster_of(user, petition: Petition) -> Cluster | None:
    """The open petitions of the same place and problem that the user may see, this one left out; None where none is.

    By category, or by the likeness that the search finds. A confidential or closed petition has none.
    """
    if petition.secrecy or petition.accused_organ_id or petition.state not in OPEN or not petition.place.strip():
        return None
    here = _open(user).filter(place=petition.place).exclude(pk=petition.pk)
    said = petition.submission.original if petition.shows_original else petition.excerpt
    like = similar(user, said, petition.place, except_for=petition, shown=PER_PLACE, among=here)
    keys = {row.petition.pk for row in like if row.percent >= SIMILAR}
    if petition.category_id:
        same = here.filter(category=petition.category_id).order_by("-received_on", "-pk")
        keys |= set(same.values_list("pk", flat=True)[:PER_PLACE])
    found = here.filter(pk__in=keys).for_lists().order_by("-received_on", "-pk")
    rows = tuple(found)
    return Cluster(petition.place, rows) if rows else None


def clusters(user) -> list[Cluster]:
    """All clusters of at least three among what the user may see, the largest first; three queries."""
    crowded = (
        _open(user)
        .values("place")
        .annotate(count=Count("pk"))
        .filter(count__gte=LEAST)
        .order_by("-count", "place")
        .values_list("place", flat=True)[:PLACES]
    )
    by_place: dict[str, list[Petition]] = {}
    for one in _open(user).filter(place__in=list(crowded)).for_lists().order_by("-received_on", "-pk"):
        rows = by_place.setdefault(one.place, [])
        if len(rows) < PER_PLACE:
            rows.append(one)
    looked_at = [one.pk for rows in by_place.values() for one in rows]
    bodies = SearchDocument.objects.filter(pk__in=looked_at).values_list("pk", "body", "petition__place")
    told = {pk: _told(body, place) for pk, body, place in bodies}
    found = [
        Cluster(place, tuple(group))
        for place, rows in by_place.items()
        for group in _problems(rows, told)
        if len(group) >= LEAST
    ]
    return sorted(found, key=lambda cluster: (-len(cluster.petitions), cluster.since, cluster.place))


def _open(user):
    """What may stand in a cluster at all. Confidential petitions are left out even for those who may see them: a list
    that is shown to others, printed and spoken of is no place for them (第三十条)."""
    day = today()
    return (
        Petition.objects.visible_to(user)
        .open()
        .filter(secrecy=0, accused_organ=None, received_on__gt=day - timedelta(days=WINDOW), received_on__lte=day)
        .exclude(kind=Kind.REPORT)
        .exclude(state=State.REPORTED)
        .exclude(place="")
    )


def _problems(rows: Iterable[Petition], told: dict[int, str]) -> list[list[Petition]]:
    """The petitions of one place by what they are about: each joins the first group it agrees with."""
    groups: list[list[Petition]] = []
    for one in rows:
        home = next((group for group in groups if any(_agree(one, other, told) for other in group)), None)
        if home is None:
            groups.append([one])
        else:
            home.append(one)
    return groups


def _agree(one: Petition, other: Petition, told: dict[int, str]) -> bool:
    if one.category_id and other.category_id:
        return one.category_id == other.category_id
    return likeness(told.get(one.pk, ""), told.get(other.pk, "")) >= ALIKE


def _told(body: str, place: str) -> str:
    """What a petition says of its matter: title and words, without the place, the names and the number, which those
    of one place share whatever they are about."""
    return "".join(body.split(FIELD_END)[:SAID]).replace(normalise(place), "")
