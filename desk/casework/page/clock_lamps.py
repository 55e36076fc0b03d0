"""期限钟与期限表：离哪一天最近、什么灯、为什么。"""

from typing import Any

from desk.templatetags.xf import lamp_words, month_day, short_day
from rulebook.books import settings_of
from rulebook.city.options import amber_days
from rulebook.terms import BY_CODE, Kind
from rulebook.timekeeping import today

# 条文在期限钟下的一句话
PLAIN = {
    "D06": "60 日内办结；情况复杂经本机关负责人批准可延长，不超过 30 日，并告知理由。",
    "D01": "登记后 15 日内转送、交办或者作其他处理。",
    "D02": "收到之日起 15 日内书面告知信访人。",
    "D03": "收到转送、交办之日起 15 日内书面告知信访人。",
    "D03d": "受理有争议的，15 日从第一个单位收到之日算，不重新起算。",
}


def lamp_of(code: str, due_on, petition) -> str:
    """r overdue, y within the amber days of the pack, g otherwise."""
    left = (due_on - today()).days
    if left < 0:
        return "r"
    return "y" if left <= amber_days(BY_CODE[code], settings_of(petition.rule_set)) else "g"


def nearest(petition):
    """The running duty with the earliest day, or None."""
    duties = [row for row in petition.deadlines.all() if row.is_running and row.kind == Kind.DUTY]
    return min(duties, key=lambda row: (row.due_on, row.term), default=None)


def card(petition) -> dict[str, Any] | None:
    """The context of components/clock.html for the nearest running duty; None where none runs."""
    row = nearest(petition)
    if row is None:
        return None
    term = BY_CODE[row.term]
    used, length = (today() - row.starts_on).days, max((row.due_on - row.starts_on).days, 1)
    whole = length + max(term.extension - row.extended_days, 0)
    lamp = lamp_of(row.term, row.due_on, petition)
    percent = min(used / whole * 100, 100)
    return {
        "title": f"法定期限 · {term.label}",
        "lamp": lamp,
        "days_left": row.days_left(today()),
        "due": f"{short_day(row.due_on)} 24:00 届满",
        "percent": percent,
        "tone": lamp,
        "marks": [length / whole * 100] if whole > length else [],
        "ticks": _ticks(row, used, length, whole),
        "label": f"{length} 日期限已用 {used} 日，{lamp_words(lamp, row.days_left(today()))}"
        + (f"，最长可延至 {whole} 日" if whole > length else ""),
        "basis": f"{term.article}：{PLAIN[row.term]}" if row.term in PLAIN else term.article,
        "why_url": f"/cases/{petition.number}/why/{row.pk}/",
    }


def resting_words(petition) -> str:
    """What to say where no duty runs: the petitioner's own right, if one does."""
    right = next((row for row in petition.deadlines.all() if row.is_running and row.term == "D08"), None)
    if right is None:
        return "当前没有正在计算的法定期限。"
    return f"没有正在计算的法定义务；信访人可在 {short_day(right.due_on)} 前申请复查（第三十五条）。"


def _ticks(row, used, length, whole) -> list[dict[str, Any]]:
    """Words under the bar that never run into one another: today always, the rest where there is room."""
    here = min(max(used / whole * 100, 0), 100)
    ticks = [{"x": round(here, 1), "text": f"今日 {used}", "anchor": _anchor(here), "hot": True}]
    start, end = f"{month_day(row.starts_on)} 起", f"上限 {whole}" if whole > length else f"{length} 日"
    wanted = [(0.0, start), (100.0, end)]
    if whole > length:
        wanted.insert(1, (length / whole * 100, f"{length} 日"))
    for x, text in wanted:
        if all(abs(x - tick["x"]) > (26 if 0 in (x, tick["x"]) else 17) for tick in ticks):
            ticks.append({"x": round(x, 1), "text": text, "anchor": _anchor(x), "hot": False})
    return ticks


def _anchor(x: float) -> str:
    return "start" if x < 12 else "end" if x > 88 else "middle"


def table(petition) -> list[dict[str, Any]]:
    """Every deadline of the petition, running ones first."""
    rows = sorted(petition.deadlines.all(), key=lambda row: (bool(row.ended_how), row.due_on, row.pk))
    return [
        {
            "pk": row.pk,
            "label": BY_CODE[row.term].label,
            "kind": Kind(row.kind).label,
            "owed_by": _owed_by(row),
            "starts_on": row.starts_on,
            "due_on": row.due_on,
            "running": row.is_running,
            "lamp": lamp_of(row.term, row.due_on, petition) if row.is_running and row.kind == Kind.DUTY else "",
            "days_left": row.days_left(today()),
            "ended": row.get_ended_how_display(),
            "late": row.ended_how == "late",
            "met_on": row.met_on,
            "provisional": row.provisional,
            "extended": row.extended_days,
        }
        for row in rows
    ]


def _owed_by(row) -> str:
    """Whose day it is: D08 is the petitioner's right, all else an organ's."""
    if row.term == "D08":
        return "信访人"
    return row.owed_by_organ.short_name if row.owed_by_organ else ""
