"""值守：时刻表和各扫描留心跳；断了五分钟，督查人员的每一页上都报警（/health 给监控看）。"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, Subquery
from django.db.models.functions import Cast, Extract, Now

from accounts.models import Outbox
from rulebook.timekeeping import BEIJING, now
from supervision.models import Heartbeat

BEAT, SWEEP = "beat", "sweep"  # 时刻表的一拍；期限扫描
WORKER = "worker:"
SILENT_AFTER = timedelta(minutes=5)


@contextmanager
def round_of(name: str, worker: str | None = None) -> Iterator[dict[str, Any]]:
    """Note that a round began and, where it came through, that it ended, with what it puts into the dict.

    Each note is a statement of its own outside the round's transactions: a round that dies leaves its beginning.
    """
    _note(Heartbeat(name=name, started_at=now()), "started_at")
    counts: dict[str, Any] = {}
    yield counts
    moment = now()
    _note(Heartbeat(name=name, finished_at=moment, counts=counts), "finished_at", "counts")
    if worker:
        alive = Heartbeat(name=f"{WORKER}{worker}"[:80], finished_at=moment, counts={"last": name})
        _note(alive, "finished_at", "counts")


def _note(heartbeat: Heartbeat, *fields: str) -> None:
    Heartbeat.objects.bulk_create([heartbeat], update_conflicts=True, unique_fields=["name"], update_fields=fields)


@dataclass(frozen=True)
class Watch:
    """How the watch stands: one query."""

    swept_at: datetime | None
    beat_at: datetime | None
    workers: int
    queue: int  # 该发而没有发的消息
    dead: int  # 试满次数、放弃了的

    @property
    def age(self) -> int | None:
        """Whole seconds since the last sweep came through; None where there never was one."""
        return None if self.swept_at is None else int((now() - self.swept_at).total_seconds())

    @property
    def is_silent(self) -> bool:
        return self.age is None or self.age > SILENT_AFTER.total_seconds()


def state() -> Watch:
    """Read now."""
    moment = now()
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT (SELECT finished_at FROM supervision_heartbeat WHERE name = %s),
                (SELECT finished_at FROM supervision_heartbeat WHERE name = %s),
                (SELECT count(*) FROM supervision_heartbeat WHERE name LIKE %s AND finished_at > %s),
                (SELECT count(*) FROM accounts_outbox WHERE sent_at IS NULL AND NOT dead AND not_before <= %s),
                (SELECT count(*) FROM accounts_outbox WHERE dead)
            """,
            [SWEEP, BEAT, f"{WORKER}%", moment - SILENT_AFTER, moment],
        )
        return Watch(*cursor.fetchone())


def asked() -> dict[str, Any]:
    """What the frame of a supervisor's page wants to know, as values for the one query that counts its piles."""
    moments = Heartbeat.objects.filter(name=SWEEP).annotate(
        at=Cast(Extract("finished_at", "epoch", tzinfo=UTC), BigIntegerField())
    )
    return {
        "swept": Subquery(moments.values("at")),
        "queue": Outbox.objects.to_send(Now()),
        "dead": Outbox.objects.dead_letters(),
    }


def told(counts: dict[str, int]) -> dict[str, Any]:
    """From what `asked` answered: swept_at, queue, dead; and alarm, the sentence of a watch that has stopped (empty
    while it goes on)."""
    seconds = counts["swept"]
    last = None if seconds is None else datetime.fromtimestamp(seconds, BEIJING)
    return {"swept_at": last, "queue": counts["queue"], "dead": counts["dead"], "alarm": _alarm(last)}


def _alarm(last: datetime | None) -> str:
    if last is None:
        return "期限扫描还没有运行过，提醒不会发出，请告知系统管理员启动后台任务"
    if now() - last <= SILENT_AFTER:
        return ""
    return f"期限扫描停了：上次是 {last:%m-%d %H:%M}，其后到级的提醒都没有发出，请告知系统管理员；恢复后自动补上"
