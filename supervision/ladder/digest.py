"""摘要：一个人同一个早上该收到的一、二级提醒并成一条，写明几件、最近哪天届满；只有一件的就说那一件。"""

from collections import defaultdict
from datetime import date

from django.db import connection, transaction
from django.db.models import F

from accounts.messages.notices import Word, tell_many
from accounts.models import Channel
from rulebook.terms import BY_CODE
from rulebook.timekeeping import local_date, now, today
from supervision.ladder.climb import ladders_on
from supervision.ladder.reminder_text import UNLINKED, sentence
from supervision.ladder.rungs import rung_called
from supervision.models import Telling

PEOPLE = 200  # 一批多少人
LOCK = 50801  # 同一时刻只有一处在并：两处各并一半，一个人就会收到两份


def compose() -> int:
    """Tell everyone what has come due for them and was not told yet; returns how many digests were written.

    Nothing to do where another process is at it. A round that dies leaves its lines to the next.
    """
    made = 0
    while found := _some():
        made += found
    return made


@transaction.atomic
def _some() -> int:
    """The digests of some people, each person's lines of one morning together."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
    waiting = Telling.objects.waiting(now())
    people = list(waiting.order_by("person").values_list("person", flat=True).distinct()[:PEOPLE])
    if not people:
        return 0
    mornings: dict[tuple[int, date], list[dict]] = defaultdict(list)
    lines = waiting.filter(person__in=people).order_by("pk").values("pk", "person", "addressee", "due_at")
    for line in lines.annotate(
        term=F("reminder__deadline__term"),
        due_on=F("reminder__due_on"),
        rung=F("reminder__rung"),
        number=F("reminder__deadline__petition__number"),
        category=F("reminder__deadline__petition__category__code"),
    ):
        mornings[line["person"], local_date(line["due_at"])].append(line)
    ladders = ladders_on(today())
    words, sent = [], {}
    for (person, morning), found in mornings.items():
        told = _words(person, morning, found, ladders)
        words += told
        sent |= dict.fromkeys((line["pk"] for line in found), told[0].key_for(person))
    tell_many(words)
    Telling.objects.sent_as(sent)
    return len(mornings)


def _words(person: int, morning: date, lines: list[dict], ladders) -> list[Word]:
    """One message for each channel any of the lines goes by; the one in the house first."""
    climbed = [rung_called(ladders.get(line["term"], ()), line["rung"], line["category"] or "") for line in lines]
    channels = {Channel.IN_APP} | {channel for rung in climbed if rung for channel in rung.channels}
    nearest = min(lines, key=lambda line: (line["due_on"], line["pk"]))
    if len(lines) == 1:
        label = climbed[0].label if climbed[0] else "提醒"
        text = sentence(nearest["number"], nearest["term"], nearest["due_on"], label, today())
        url = "" if nearest["addressee"] == UNLINKED else f"/cases/{nearest['number']}/"
    else:
        term = BY_CODE[nearest["term"]].label
        text = (
            f"{morning:%m-%d} 提醒 {len(lines)} 项期限，请逐件办理；"
            f"最近 {nearest['due_on']:%m-%d} 届满（{nearest['number']} {term}）"
        )
        url = "/cases/"
    key = f"digest:{morning}:{lines[0]['pk']}"
    ordered = sorted(channels, key=lambda one: one != Channel.IN_APP)
    return [Word([person], text, url, key, channel, receipt=True) for channel in ordered]
