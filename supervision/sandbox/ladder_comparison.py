"""两张阶梯照同一段日志各走一遍：各级响几次、各单位多几次少几次、哪些件从此会响、哪些不再响。"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from rulebook.calendar import Calendar
from supervision.ladder.rungs import Rung
from supervision.sandbox.replay import Life, replay

Ladder = list[tuple[str, Rung]]


@dataclass
class Comparison:
    """What two ladders do with the same lives: `live` the one in force, `draft` the proposed one."""

    lives: int = 0
    levels: dict[str, Counter] = field(default_factory=lambda: {"live": Counter(), "draft": Counter()})
    terms: dict[str, Counter] = field(default_factory=lambda: {"live": Counter(), "draft": Counter()})
    organs: dict[str, Counter] = field(default_factory=lambda: {"live": Counter(), "draft": Counter()})
    gained: Counter = field(default_factory=Counter)  # 件 → 草案多响几次
    lost: Counter = field(default_factory=Counter)

    def add(self, lives: Iterable[Life], live: Ladder, draft: Ladder, calendar: Calendar, first: date, until: datetime):
        """Replay some more lives with both ladders."""
        for life in lives:
            self.lives += 1
            rung = {}
            for name, ladder in (("live", live), ("draft", draft)):
                rung[name] = list(replay([life], ladder, calendar, first=first, until=until))
                for fired in rung[name]:
                    self.levels[name][fired.rung.level] += 1
                    self.terms[name][life.term] += 1
                    self.organs[name][life.organ] += 1
            more = len(rung["draft"]) - len(rung["live"])
            if more > 0:
                self.gained[life.petition] += more
            elif more < 0:
                self.lost[life.petition] -= more

    def as_json(self, most: int) -> dict[str, Any]:
        """Plain values: counts by level, term and organ, and the petitions that change most."""
        return {
            "lives": self.lives,
            **{name: {key: dict(counted) for key, counted in getattr(self, name).items()} for name in _COUNTED},
            "gained": self.gained.most_common(most),
            "lost": self.lost.most_common(most),
            "gained_petitions": len(self.gained),
            "lost_petitions": len(self.lost),
        }


_COUNTED = ("levels", "terms", "organs")
