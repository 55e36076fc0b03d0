"""办理过程：日志行与文书，读成时间线上的一条一条。"""

from collections.abc import Callable, Hashable, Iterable
from itertools import groupby
from typing import Any

from accounts.privacy import mask_text
from desk.templatetags.xf import month_day
from petitions.record.milestones import KEY_ACTS, is_key, mood
from petitions.record.timeline import sentence
from petitions.service.rating import veil
from rulebook.acts import Act
from rulebook.timekeeping import local_date

VIEWS = {"": "关键节点", "all": "全部", "letters": "仅文书"}
FEW = 3  # 行；同一天、同一种的送达和文书满这么多，收成一行，点开看每一份
SAME_FOR_EACH = (Act.SERVE, Act.ATTEMPT_SERVICE)  # 一份一份送，有几个人就有几行
REQUIRED = {Act.INQUIRE: "法定必经", Act.ACCEPT: "书面告知"}


def tabs(petition, view: str) -> list[dict[str, Any]]:
    """The three views as links; no script needed."""
    return [
        {"label": label, "url": f"?tl={key}#tl" if key else "?#tl", "current": key == view}
        for key, label in VIEWS.items()
    ]


def events(petition, view: str, user) -> list[dict[str, Any]]:
    """Newest first, in the shape of components/timeline.html, as the user may read them."""
    if view == "letters":
        return _folded([_letter(petition, link) for link in reversed(petition.petition_letters.all())], _like_events)
    lines = veil.readable(petition.events.all(), user)
    shown = lines if view == "all" else [line for line in lines if is_key(line) or line.act == Act.NOTE]
    letters: dict[int, list] = {}
    for link in petition.petition_letters.all():
        letters.setdefault(link.seq, []).append(link)
    return _folded([_event(petition, line, letters.get(line.seq, [])) for line in reversed(shown)], _like_events)


def _like_events(event: dict[str, Any]) -> Hashable:
    return event["alike"] and (event["alike"], event["title"], local_date(event["at"]), event["state"])


def _folded(rows: Iterable[dict[str, Any]], alike: Callable[[dict[str, Any]], Hashable]) -> list[dict[str, Any]]:
    """Rows in their order; FEW and more alike beside each other become the first of them, with all in `each`. A row
    whose `alike` is empty is like no other."""
    found = []
    for key, group in groupby(rows, alike):
        together = list(group)
        found += [together[0] | {"each": together}] if key and len(together) >= FEW else together
    return found


def count(petition) -> int:
    """How many key lines there are."""
    return sum(line.act in KEY_ACTS for line in petition.events.all())


def _event(petition, line, links) -> dict[str, Any]:
    who = line.by.name if line.by else line.get_actor_kind_display()
    where = line.by_organ.short_name if line.by_organ else ""
    said = getattr(line, "text", None)
    parts = [f"{who} · {where}" if where else who]
    if said:
        parts.append(mask_text(said.body))
    tags = [{"text": REQUIRED[line.act], "tone": "gr"}] if line.act in REQUIRED else []
    if line.backfilled:
        tags.append({"text": f"补录于 {month_day(line.recorded_at)}", "tone": "am"})
    for link in links[:1]:
        tags.append({"text": link.letter.number or link.letter.title, "tone": "bl"})
    url = f"/cases/{petition.number}/letters/{links[0].letter_id}/" if links else ""
    return {
        "at": line.at,
        "alike": line.act if line.act in SAME_FOR_EACH else "",
        "title": sentence(line),
        "tags": tags,
        "text": "：".join(parts),
        "url": url,
        "url_text": "文书",
        "state": mood(line),
    }


def _letter(petition, link) -> dict[str, Any]:
    letter = link.letter
    return {
        "at": letter.issued_at or letter.drafted_at,
        "alike": letter.kind,
        "title": letter.title,
        "tags": [{"text": letter.number, "tone": "bl"}] if letter.number else [],
        "text": f"致 {letter.addressee}",
        "url": f"/cases/{petition.number}/letters/{letter.pk}/",
        "url_text": "查看",
        "state": "done" if letter.status == "issued" else "wr",
    }


def papers(petition) -> list[dict[str, Any]]:
    """Letters of the case with how far their service has come, newest first."""
    services: dict[int, list] = {}
    for service in petition.services.all():
        services.setdefault(service.letter_id, []).append(service)
    rows = []
    for link in reversed(petition.petition_letters.all()):
        own = services.get(link.letter_id, [])
        waiting = [service for service in own if service.is_waiting]
        served = max((service.served_on for service in own if service.served_on), default=None)
        rows.append(
            {
                "letter": link.letter,
                "url": f"/cases/{petition.number}/letters/{link.letter_id}/",
                "services": own,
                "waiting": waiting,
                "attempts": [attempt for service in waiting for attempt in service.attempts.all()],
                "status": _status(link.letter, own, waiting, served),
                "tone": "am" if waiting else "gr" if served else "",
            }
        )
    return [_summed(row) if "each" in row else row for row in _folded(rows, _like_papers)]


def _like_papers(row: dict[str, Any]) -> Hashable:
    letter = row["letter"]
    return letter.issued_at and (letter.kind, letter.title, local_date(letter.issued_at))


def _summed(row: dict[str, Any]) -> dict[str, Any]:
    """How many of the letters that are alike have come to each status, in the order of the rows."""
    told = [one["status"] for one in row["each"]]
    said = [f"{status} {told.count(status)} 份" for status in dict.fromkeys(told)]
    waiting = [service for one in row["each"] for service in one["waiting"]]
    tones = {one["tone"] for one in row["each"]}
    tone = "am" if waiting else row["tone"] if len(tones) == 1 else ""  # 有的送到、有的没有：不标成都送到
    return row | {"status": "、".join(said), "waiting": waiting, "tone": tone}


def _status(letter, own, waiting, served) -> str:
    if letter.status != "issued":
        return letter.get_status_display()
    if waiting and all(service.state == "published" for service in waiting):
        return f"公告中，{month_day(max(service.notice_until for service in waiting))} 期满"
    if waiting and all(service.posted_on for service in waiting):
        return "已交邮"
    if waiting and any(service.attempts.all() for service in waiting):
        return "未送达"
    if waiting:
        return f"待送达 {len(waiting)} 份" if len(own) > 1 else "待送达"
    return f"已送达 {month_day(served)}" if served else "已发出"
