"""筛选条件：写在网址里，可以收藏、可以发给同事；证件号和电话从不进网址。"""

import re
from dataclasses import dataclass, fields, replace
from datetime import date
from urllib.parse import urlencode

from django.db.models import Q, QuerySet

from accounts.privacy import mask_text
from desk.lists import lamps
from petitions.act.states import OPEN, STAGE, Channel, Stage, State

_LONG_NUMBER = re.compile(r"\d{7,}")
_CASE_NUMBER = re.compile(r"\b\d{4,12}-\d{4}-\d{3,}\b")
STAGES = [(f"@{stage.value}", f"{stage.label}环节") for stage in Stage]
STATES = [(state.value, state.label) for state in State]
LONGEST = 60


def is_personal(words: str) -> bool:
    """Whether the words hold an identity or phone number, which must not stand in an address."""
    rest = _CASE_NUMBER.sub("", words)
    return mask_text(rest) != rest or bool(_LONG_NUMBER.search(re.sub(r"[\s-]", "", rest)))


@dataclass(frozen=True)
class Filters:
    """What the reader asked for. Values that are not offered are dropped, never an error."""

    view: str = ""
    q: str = ""
    channel: str = ""
    state: str = ""
    lamp: str = ""
    category: str = ""
    organ: str = ""
    since: str = ""
    until: str = ""

    @classmethod
    def read(cls, sent) -> "Filters":
        """From a query string or a posted form."""
        told = {
            field.name: str(sent.get(field.name, "")).replace("\0", "") for field in fields(cls)
        }  # 库里存不下的字符
        asked = cls(**{name: value.strip()[:LONGEST] for name, value in told.items()})
        return replace(
            asked,
            q="" if is_personal(asked.q) or len(asked.q) < 2 else asked.q,
            channel=asked.channel if asked.channel in Channel.values else "",
            state=asked.state if asked.state in dict(STAGES) | dict(STATES) else "",
            lamp=asked.lamp if asked.lamp in dict(lamps.COLOURS) else "",
            organ=asked.organ if asked.organ.isdecimal() and len(asked.organ) < 10 else "",
            since=asked.since if _day(asked.since) else "",
            until=asked.until if _day(asked.until) else "",
        )

    @property
    def query(self) -> str:
        """The same as a query string, without what is empty."""
        return urlencode({field.name: value for field in fields(self) if (value := getattr(self, field.name))})

    @property
    def narrows(self) -> bool:
        """Whether anything beyond the saved view was asked."""
        return bool(replace(self, view="").query)

    @property
    def more(self) -> bool:
        """Whether one of the filters behind “更多条件” is in use."""
        return bool(self.category or self.organ or self.since or self.until)

    def within(self, petitions: QuerySet, day: date, amber_ones: Q) -> QuerySet:
        """The petitions that meet every filter but the keyword (searching for that is insight's business)."""
        if self.channel:
            petitions = petitions.filter(submission__channel=self.channel)
        if self.state.startswith("@"):
            petitions = petitions.filter(state__in=[s for s in State if STAGE[s] == self.state[1:]])
        elif self.state:
            petitions = petitions.filter(state=self.state)
        if self.lamp:
            petitions = petitions.filter(lamps.under(self.lamp, day, amber_ones), state__in=OPEN)
        if self.category:
            petitions = petitions.filter(category__level1=self.category)
        if self.organ:
            petitions = petitions.filter(organ__office_id=int(self.organ))
        if since := _day(self.since):
            petitions = petitions.filter(received_on__gte=since)
        if until := _day(self.until):
            petitions = petitions.filter(received_on__lte=until)
        return petitions


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
