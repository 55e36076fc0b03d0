"""抽样方案：先看各层多少，再一次抽定；名单、总体、各层件数和指纹随即固定，重抽要另立方案。"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Count, Q

from accounts.authority import holds, organs_reached
from accounts.messages.notices import Word, tell_many
from accounts.models import User
from petitions.act.decorator import Refused
from rulebook.acts import Act
from rulebook.timekeeping import now, today
from supervision.models import QualitySheet, Reading, SampledPetition, SamplePlan
from supervision.sampling import population, readers
from supervision.sampling.draw import CannotDraw, Draw, draw, hash_of

LONGEST_PERIOD = 366  # 自然日


@dataclass(frozen=True)
class Drawn:
    """What a plan would draw now: the drawing, the petitions it is drawn of, and the names of their organs."""

    draw: Draw
    population: Sequence[population.Ended]

    @property
    def strata(self) -> list[dict[str, Any]]:
        """The strata in their order, with the names and labels that the screen shows."""
        names = {one.organ: one.organ_name for one in self.population}
        return [
            {
                "organ": share.stratum.organ,
                "name": names[share.stratum.organ],
                "category": share.stratum.category,
                "ending": share.stratum.ending,
                "population": share.population,
                "drawn": share.drawn,
            }
            for share in self.draw.shares
        ]


def would_draw(
    user, *, since: date, until: date, size: int, seed: str, least: int = 1, by_category: bool, by_ending: bool
) -> Drawn:
    """Draw from what the user could draw from now; nothing is written. Refused with a sentence where it cannot be."""
    if until < since:
        raise Refused("了结日的止日早于起日")
    if (until - since).days >= LONGEST_PERIOD:
        raise Refused(f"一次最多评查 {LONGEST_PERIOD} 天里了结的件，请缩短时间")
    if until > today():
        raise Refused("了结日的止日不能晚于今天")
    found = population.ended(user, since, until)
    units = population.units(found, by_category=by_category, by_ending=by_ending)
    try:
        return Drawn(draw(units, seed=seed, size=size, least=least), found)
    except CannotDraw as said:
        raise Refused(str(said)) from said


def redrawn(plan: SamplePlan) -> Drawn:
    """What the plan's owner, period, strata, size and seed draw from the petitions as they stand now."""
    told = {name: getattr(plan, name) for name in ("since", "until", "size", "seed", "least")}
    return would_draw(plan.owner, by_category=plan.by_category, by_ending=plan.by_ending, **told)


@transaction.atomic
def make(by, *, name: str, readers_named: Sequence[User], **told) -> tuple[SamplePlan, int]:
    """Draw and freeze a plan, and give every petition its two readers; they are told how many they have.

    Returns the plan and how many readers' places stay empty. PermissionDenied without the post; Refused with a
    sentence where the name is taken, the readers are too few, or nothing can be drawn.
    """
    if not holds(by, Act.SAMPLE):
        raise PermissionDenied("您的岗位没有质量评查职权，请联系信访部门督查岗位")
    allowed = {person.pk for person in readers.candidates(by)}
    if len({reader.pk for reader in readers_named} & allowed) < len(readers.SEATS):
        raise Refused("每件由两人独立评，至少要选两名评查人；主持人自己不评，负责定分")
    sheet = QualitySheet.objects.in_force_on(today()).order_by("-pk").first()
    if sheet is None:
        raise Refused("城市规则包还没有发布质量评查表，请联系系统管理员")
    drawn = would_draw(by, **told)
    keys = {one.number: one.pk for one in drawn.population}
    places = {share.stratum: n for n, share in enumerate(drawn.draw.shares)}
    try:
        with transaction.atomic():
            plan = SamplePlan.objects.create(
                name=name.strip(),
                office=by.organ.office,
                owner=by,
                sheet=sheet,
                drawn_at=now(),
                population=len(drawn.population),
                strata=drawn.strata,
                list_hash=drawn.draw.list_hash,
                population_hash=drawn.draw.population_hash,
                **told,
            )
    except IntegrityError as taken:
        raise Refused(f"已有名为“{name.strip()}”的方案；抽定的不能重抽，请另取名称") from taken
    plan.readers.set([reader for reader in readers_named if reader.pk in allowed])
    SampledPetition.objects.bulk_create(
        SampledPetition(plan=plan, petition_id=keys[unit.number], place=n, stratum=places[unit.stratum])
        for n, unit in enumerate(drawn.draw.units, start=1)
    )
    return plan, _give_out(plan)


@transaction.atomic
def add_readers(plan: SamplePlan, *, by, named: Sequence[User]) -> int:
    """More readers for the places that stay empty, and for the sheets of those who no longer hold the post and have
    not handed them in. The list itself never changes. Returns how many places are still empty.

    PermissionDenied for all but the plan's owner; Refused where nobody fit was named.
    """
    SamplePlan.objects.select_for_update().get(pk=plan.pk)
    if by.pk != plan.owner_id:
        raise PermissionDenied(f"评查人由方案的主持人（{plan.owner.name}）增补")
    allowed = {person.pk for person in readers.candidates(by)}
    fit = [person for person in named if person.pk in allowed]
    if not fit:
        raise Refused("请选择要增补的评查人")
    plan.readers.add(*fit)
    Reading.objects.filter(sampled__plan=plan, done_at=None).exclude(reader__in=allowed).delete()
    return _give_out(plan)


def _give_out(plan: SamplePlan) -> int:
    sampled = plan.sampled.select_related("petition__organ").order_by("place")
    before = set(Reading.objects.filter(sampled__plan=plan).values_list("pk", flat=True))
    empty = readers.assign(plan, list(sampled))
    counts: dict[int, int] = {}
    fresh = Reading.objects.filter(sampled__plan=plan).exclude(pk__in=before)
    for reader in fresh.values_list("reader_id", flat=True):
        counts[reader] = counts.get(reader, 0) + 1
    words = (
        Word([reader], f"质量评查“{plan.name}”：请评查 {count} 件", address(), f"sample:{plan.pk}:{len(before)}")
        for reader, count in counts.items()
    )
    tell_many(words)
    return empty


def seen_by(user):
    """The plans of the offices the user reaches, and those the user reads for."""
    reached = Q(office__in=organs_reached(user, Act.SAMPLE).values("pk"))
    reads = Q(pk__in=SamplePlan.readers.through.objects.filter(user=user).values("sampleplan"))
    return SamplePlan.objects.filter(reached | reads)


def with_progress(found):
    """The plans with how many petitions are drawn and how many of them are settled."""
    settled = Count("sampled", filter=~Q(sampled__settled_at=None))
    return found.annotate(drawn=Count("sampled"), settled=settled)


def with_sheets(listed):
    """Drawn petitions with how many readers each has and how many sheets are in."""
    handed = Count("readings", filter=~Q(readings__done_at=None))
    return listed.annotate(assigned=Count("readings"), handed_in=handed)


def workload(plan: SamplePlan) -> list[dict[str, Any]]:
    """How many sheets each reader has and has handed in: who is waited for, nothing of what they found."""
    counts = Reading.objects.filter(sampled__plan=plan).values("reader__name", "reader__organ__office__short_name")
    told = counts.annotate(sheets=Count("pk"), handed=Count("pk", filter=~Q(done_at=None)))
    return list(told.order_by("reader__organ__office__path", "reader__name"))


def is_whole(plan: SamplePlan) -> bool:
    """Whether the stored list is still the one that was drawn: its fingerprint is reckoned again."""
    numbers = plan.sampled.order_by("place").values_list("petition__number", flat=True)
    return hash_of(numbers) == plan.list_hash


def in_words(strata: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The strata with their endings as the screen names them."""
    return [{**one, "ending_label": Act(one["ending"]).label if one["ending"] else ""} for one in strata]


def address() -> str:
    return "/supervision/sampling/"


def as_data(drawn: Drawn, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The drawing as plain data, for a machine to compare."""
    return {
        **asked,
        "population": len(drawn.population),
        "population_hash": drawn.draw.population_hash,
        "strata": drawn.strata,
        "list": [unit.number for unit in drawn.draw.units],
        "hash": drawn.draw.list_hash,
    }
