"""提交以前先说一声：这件事也许有更合适的法定途径，找谁、在哪里、多少天以内。只是告诉，不拦。

What is said comes from the rows of the law: the matters of the pack in force (routing.guide.pathways) and the paths
P01–P27.
"""

import re
from dataclasses import dataclass

from accounts.models import Organ, OrganKind
from accounts.staff.areas import district_of
from petitions.act.states import Kind
from public.submission import place_choices
from public.submission.question_steps import Told
from routing.guide import pathways, triage_facts
from rulebook.timekeeping import today
from rulebook.triage.paths import PATHS, Path

MOST = 4
_NO_DOORS = (OrganKind.SECTION, OrganKind.COMMUNITY, OrganKind.GOVERNMENT)
_PREFIX = re.compile(r"^[区市县]|（.*?）")
_SUFFIX = re.compile(r"(行政主管部门|主管部门|部门|委员会|局|分局|机关|和)")
_LEAST_STEM = 3  # 字；再短的会对到别家


@dataclass(frozen=True)
class Way:
    """One path: for which situation, what it is called, whom to ask, by when, by which law. `organ` where known."""

    situation: str
    label: str
    door: str
    limits: str
    law: str
    organ: Organ | None = None


def of(told: Told) -> list[Way]:
    """The ways for what was told, the likeliest first; empty where only the petition procedure is left."""
    if told.kind != Kind.APPEAL:
        return []
    district = district_of(place_choices.area_of(told.get("place", "loc")))
    organs = list(
        Organ.objects.in_force_on(today()).filter(territory=district).exclude(kind__in=_NO_DOORS).order_by("path")
    )
    guessed = pathways.guess(_text(told))
    courses = guessed.card.courses if guessed else ()
    found = _under_way(told, guessed)
    for course in courses:
        door = _organ_named(course.paths[0].door, organs)
        if door is None and course.paths[0].code in _AT_THE_DEPARTMENT:
            door = next(
                (organ for name in guessed.card.district.split(";") if (organ := _organ_named(name, organs))), None
            )
        found.append(_way(course.situation, course.paths[0], course.law, door))
    return found[:MOST]


# 由主管部门自己办的途径：查处、确认许可、裁决。主管部门就是事项表里写的那一个
_AT_THE_DEPARTMENT = ("P11", "P12", "P13")


def _text(told: Told) -> str:
    return "\n".join([told.get("story", "txt"), *told.pages.get("claims", {}).values()])


def _under_way(told: Told, guessed) -> list[Way]:
    """What is before a court, an arbitrator or a reviewing organ stays there (第二十八条第二款、第三十一条)."""
    court = told.get("court", "court")
    status = triage_facts.STATUSES.get(court, "none")
    if status == "none":
        return []
    matter = guessed.card.courses[0].matter if guessed and guessed.card.courses else "civil"
    office = place_choices.registrar_of("", Kind.APPEAL, "city")
    if office is None:
        return []
    advice = pathways.answer(office, asks="claim", matter=matter, status=status)
    path = PATHS.get(advice.path) if advice else None
    return [_way(court, path, path.law, None)] if path and path.code != "P25" else []


def _way(situation: str, path: Path, law: str, organ: Organ | None) -> Way:
    return Way(situation, path.label, path.door, path.limits, law or path.law, organ)


def _organ_named(words: str, organs: list[Organ]) -> Organ | None:
    """The organ of the district that the words of the law mean, by its name; None rather than a guess."""
    for part in re.split(r"[、;，]", words):
        stem = _SUFFIX.sub("", _PREFIX.sub("", part))
        named = [organ for organ in organs if len(stem) >= _LEAST_STEM and stem in _SUFFIX.sub("", organ.name)]
        if len(named) == 1:
            return named[0]
    return None
