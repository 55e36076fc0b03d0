"""办理过程：日志行与文书，读成时间线上的一条一条。"""

from typing import Any

from accounts.privacy import mask_text
from desk.templatetags.xf import month_day
from petitions.record.milestones import KEY_ACTS, is_key, mood
from petitions.record.timeline import sentence
from petitions.service.rating import veil
from rulebook.acts import Act

VIEWS = {"": "关键节点", "all": "全部", "letters": "仅文书"}
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
        return [_letter(petition, link) for link in reversed(petition.petition_letters.all())]
    lines = veil.readable(petition.events.all(), user)
    shown = lines if view == "all" else [line for line in lines if is_key(line) or line.act == Act.NOTE]
    letters: dict[int, list] = {}
    for link in petition.petition_letters.all():
        letters.setdefault(link.seq, []).append(link)
    return [_event(petition, line, letters.get(line.seq, [])) for line in reversed(shown)]


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
    return rows


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
