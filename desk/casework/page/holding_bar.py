"""详情页上的责任持有：一条按比例的横条、各单位各多久、逾期出在哪里，明细折起。"""

from datetime import timedelta
from typing import Any

from rulebook.terms import BY_CODE
from rulebook.timekeeping import local_date, now
from supervision.custody import holding
from supervision.custody.intervals import Interval, Kind

# 横条上的颜色；无人承办的一段露出底色
TONES = {Kind.WORKING: "b", Kind.PETITIONER: "g", Kind.OTHER: "y", Kind.PAUSED: "p"}
LEAST = 0.4  # 百分比：再短的一段也看得见


def card(petition) -> dict[str, Any]:
    """The context of desk/case/held.html; `bar` is empty while nobody has held it for any time."""
    moment = now()
    stretches = holding.stretches(petition, moment)
    organs, people = _organs(petition), _people(petition)
    whole = sum((one.length for one in stretches), timedelta())
    return {
        "bar": _bar(stretches, organs, whole),
        "label": "；".join(_words(one, organs) for one in stretches),
        "whole": holding.in_words(whole),
        "sums": _sums(stretches, organs),
        "late": [_late(late, organs) for late in holding.lateness(petition)],
        "rows": [
            {
                "organ": _name(one, organs),
                "person": people.get(one.user, ""),
                "what": one.waiting_for or one.kind.label,
                "kind": one.kind.label,
                "tone": "" if one.kind is Kind.WORKING else "am",
                "since": one.since,
                "until": None if one.until >= moment else one.until,
                "length": holding.in_words(one.length),
            }
            for one in reversed(stretches)
        ],
    }


def _bar(stretches: list[Interval], organs, whole: timedelta) -> list[dict[str, Any]]:
    """The stretches side by side, to scale."""
    bar, x = [], 0.0
    for one in stretches:
        width = 100 * (one.length / whole)
        bar.append(
            {
                "x": f"{x:.2f}",
                "width": f"{max(width, LEAST):.2f}",
                "tone": TONES.get(one.kind, ""),
                "words": _words(one, organs),
            }
        )
        x += width
    return bar


def _sums(stretches: list[Interval], organs) -> list[dict[str, str]]:
    """Each organ that answered for any time, the longest first, with its kinds."""
    found: dict[int, dict[Kind, timedelta]] = {}
    for one in stretches:
        if one.answers is None:
            continue
        kinds = found.setdefault(_office(one.answers, organs), {})
        kinds[one.kind] = kinds.get(one.kind, timedelta()) + one.length
    rows = sorted(found.items(), key=lambda row: -sum(row[1].values(), timedelta()))
    return [
        {
            "organ": _short(organ, organs),
            "total": holding.in_words(sum(kinds.values(), timedelta())),
            "parts": "，".join(f"{kind.label} {holding.in_words(length)}" for kind, length in kinds.items()),
        }
        for organ, kinds in rows
    ]


def _late(late: holding.Lateness, organs) -> dict[str, Any]:
    row = late.deadline
    return {
        "label": BY_CODE[row.term].label,
        "due_on": row.due_on,
        "days": late.days,
        "running": row.is_running,
        "shares": "，".join(
            [
                *(
                    f"{_short(_office(organ, organs), organs) if organ else '承办单位'} {days} 日"
                    for organ, days in late.by_organ.items()
                ),
                *([f"停机期间 {late.down} 日"] if late.down else []),
            ]
        ),
    }


def _words(one: Interval, organs) -> str:
    first, last = local_date(one.since), local_date(one.until)
    days = f"{first:%m-%d}" if first == last else f"{first:%m-%d} 至 {last:%m-%d}"
    return f"{days} {_name(one, organs)}{one.kind.label}，{holding.in_words(one.length)}"


def _name(one: Interval, organs) -> str:
    """The holder, and whom it waits for."""
    if one.organ is None:
        return ""
    name = _short(one.organ, organs)
    return f"{name}（等 {_short(one.waits_on, organs)}）" if one.waits_on else name


def _short(organ: int | None, organs) -> str:
    found = organs.get(organ)
    return found.short_name if found else ""


def _office(organ: int, organs) -> int:
    found = organs.get(organ)
    return found.office_id if found else organ


def _organs(petition) -> dict[int | None, Any]:
    """Every organ the log, the hand-overs, the reviews and the deadlines name, from what was loaded already."""
    rows = [petition.organ]
    rows += [line.holder_organ for line in petition.events.all()]
    rows += [organ for leg in petition.legs.all() for organ in (leg.sender, leg.receiver)]
    rows += [one.organ for one in petition.proceedings.all()]
    rows += [row.owed_by_organ for row in petition.deadlines.all()]
    return {organ.pk: organ for organ in rows if organ is not None}


def _people(petition) -> dict[int | None, str]:
    return {line.holder_user_id: line.holder_user.name for line in petition.events.all() if line.holder_user}
