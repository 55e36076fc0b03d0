"""验链：日志是否被改、被删、被插、被调换；状态是否就是末行；期限是否由日志复算得出；锚是否吻合。"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import connection, transaction
from django.db.models import TextField
from django.db.models.functions import Cast

from accounts.privacy import Undecipherable, decrypt
from petitions.clocks.refolding import disagreements
from petitions.models import EventText, LogAnchor, Petition, PetitionEvent
from petitions.record.models import GENESIS, link
from rulebook.timekeeping import BEIJING, now


@dataclass(frozen=True)
class Fault:
    """One thing wrong with the log, as a sentence."""

    petition: str
    seq: int | None
    sentence: str


def verify(petitions=None) -> Iterator[Fault]:
    """Walk every chain (or those of the given petitions) and yield what is wrong; streams, memory stays flat."""
    chosen = Petition.objects.all() if petitions is None else petitions
    lines = PetitionEvent.objects.filter(petition__in=chosen) if petitions is not None else PetitionEvent.objects.all()
    ends: dict[int, tuple[int, str, str]] = {}
    current, seq, prev = None, 0, GENESIS
    for line in lines.order_by("petition_id", "seq").iterator(chunk_size=2000):
        if line.petition_id != current:
            current, seq, prev = line.petition_id, 0, GENESIS
        seq += 1
        yield from _faults_of(line, seq, prev)
        seq, prev = line.seq, line.hash
        ends[current] = (line.seq, line.hash, line.went_to)
    numbers = chosen.values_list("pk", "number", "seq", "last_hash", "state")
    for pk, number, last_seq, last_hash, state in numbers.iterator(chunk_size=2000):
        end = ends.get(pk)
        if end is None:
            yield Fault(number, None, "没有任何日志行")
        elif (end[0], end[1]) != (last_seq, last_hash):
            yield Fault(number, last_seq, f"末行应为第 {last_seq} 行，日志止于第 {end[0]} 行或末行不符")
        elif end[2] != state:
            yield Fault(number, last_seq, f"状态“{state}”与末行“{end[2]}”不符")
    for number, seq, sentence in disagreements(chosen):
        yield Fault(number, seq, sentence)
    yield from _texts(chosen if petitions is not None else None)
    if petitions is None:
        yield from _anchors()


def _faults_of(line, expected_seq, prev) -> Iterator[Fault]:
    name = f"#{line.petition_id}"
    if line.seq != expected_seq:
        yield Fault(name, line.seq, f"缺第 {expected_seq} 行")
    if line.prev_hash != prev:
        yield Fault(name, line.seq, "与前一行不相链")
    if hashlib.sha256(line.payload()).hexdigest() != line.payload_hash:
        yield Fault(name, line.seq, "内容被改动")
    if link(line.prev_hash, line.payload_hash) != line.hash:
        yield Fault(name, line.seq, "链值被改动")


def _texts(chosen) -> Iterator[Fault]:
    stored = EventText.objects.annotate(stored=Cast("body", TextField()))  # 封存的原样：解不开的也要报，不能半路停下
    texts = stored.select_related("event").defer("body", "event__details", "event__scope")
    if chosen is not None:
        texts = texts.filter(event__petition__in=chosen)
    for text in texts.iterator(chunk_size=2000):
        if sentence := _fault_of_text(text):
            yield Fault(f"#{text.event.petition_id}", text.event.seq, sentence)


def _fault_of_text(text) -> str:
    try:
        body = decrypt(text.stored)
    except Undecipherable:
        return "说明文字被改动，或者缺少它的密钥，解不开"
    return "" if EventText.hash_of(text.salt, body) == text.event.text_hash else "说明文字被改动"


def _anchors() -> Iterator[Fault]:
    prev = ""
    for anchor in LogAnchor.objects.order_by("day"):
        if anchor.prev_digest != prev:
            yield Fault("锚", None, f"{anchor.day} 的锚与前一锚不相链")
        _, _, digest = _digest_up_to(anchor.last_event_id, prev)
        if digest != anchor.digest:
            yield Fault("锚", None, f"{anchor.day} 零时以前的日志与当时不同：有行被删、被插或被改")
        prev = anchor.digest


def _digest_up_to(last_event_id: int, prev: str) -> tuple[int, int, str]:
    """Petitions, lines and the digest over every petition's last line, of the lines up to that key."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT count(*), coalesce(sum(seq), 0),
                   coalesce(encode(sha256(convert_to(string_agg(petition_id || ':' || seq || ':' || hash, '|'
                       ORDER BY petition_id), 'UTF8')), 'hex'), '')
            FROM (SELECT DISTINCT ON (petition_id) petition_id, seq, hash FROM petitions_petitionevent
                  WHERE id <= %s ORDER BY petition_id, seq DESC) ends
            """,
            [last_event_id],
        )
        count, lines, body = cursor.fetchone()
    return count, int(lines), hashlib.sha256(f"{prev}:{body}".encode()).hexdigest()


@transaction.atomic
def anchor(day) -> LogAnchor:
    """Anchor the log as it stood at the end of `day`. Asking twice gives the same row."""
    found = LogAnchor.objects.filter(day=day).first()
    if found:
        return found
    end = datetime.combine(day + timedelta(days=1), time(), BEIJING)
    last = PetitionEvent.objects.filter(recorded_at__lt=end).order_by("-id").values_list("id", flat=True).first() or 0
    before = LogAnchor.objects.filter(day__lt=day).order_by("-day").first()
    prev = before.digest if before else ""
    petitions, lines, digest = _digest_up_to(last, prev)
    return LogAnchor.objects.create(
        day=day, petitions=petitions, lines=lines, last_event_id=last, digest=digest, prev_digest=prev, made_at=now()
    )
