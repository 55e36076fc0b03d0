"""可以抽的件：一段时间里了结、现在仍是了结的，主持人评得到、又不是本单位承办的。检举控告和保密件从不在内，也不计数。"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import OuterRef, Subquery

from accounts.authority import organs_reached
from petitions.act.states import OPEN, Kind, State
from petitions.models import Petition, PetitionEvent
from rulebook.acts import Act
from rulebook.timekeeping import BEIJING, local_date
from supervision.sampling.draw import Stratum, Unit

# 哪些行为了结一件：意见书、答复、协议，以及不进入或者离开信访程序的各种去向
ENDINGS = (
    Act.CLOSE,
    Act.ANSWER,
    Act.ANSWER_SIMPLY,
    Act.CLOSE_AGREED,
    Act.LEAD_IN,
    Act.REDIRECT,
    Act.DECLINE,
    Act.NOT_AGAIN,
    Act.FILE,
    Act.TERMINATE,
)
UNSORTED = "未分类"


@dataclass(frozen=True)
class Ended:
    """A petition of the population: its key, number, organ in charge, category level 1, ending and closing day."""

    pk: int
    number: str
    organ: str
    organ_name: str
    category: str
    ending: str
    on: date

    def unit(self, *, by_category: bool, by_ending: bool) -> Unit:
        """As the drawing sees it: strata by organ always, by category and ending where the plan says so."""
        return Unit(
            self.number,
            Stratum(self.organ, self.category if by_category else "", self.ending if by_ending else ""),
        )


def ended(user, since: date, until: date) -> list[Ended]:
    """The population of the user, by closing day (both days included, 北京时间), in the order of numbers. One query.

    A petition that was reopened and ended again counts on its last closing day; one that is open again, or merged
    into another, is not in it.
    """
    start = datetime.combine(since, time(), BEIJING)
    end = datetime.combine(until + timedelta(days=1), time(), BEIJING)
    lines = PetitionEvent.objects.filter(act__in=ENDINGS)
    last = lines.filter(petition=OuterRef("pk")).order_by("-seq")
    found = (
        Petition.objects.visible_to(user, Act.SAMPLE)
        .filter(pk__in=lines.filter(at__gte=start, at__lt=end).values("petition"))
        .filter(secrecy=0, accused_organ=None, organ__in=organs_reached(user, Act.SAMPLE).values("pk"))
        .exclude(kind=Kind.REPORT)
        .exclude(state__in=[*OPEN, State.MERGED])
        .exclude(organ__office_id=user.organ.office_id)
        .annotate(ending=Subquery(last.values("act")[:1]), ended_at=Subquery(last.values("at")[:1]))
        .filter(ended_at__gte=start, ended_at__lt=end)
        .order_by("number")
    )
    columns = ("pk", "number", "organ__office__code", "organ__office__short_name", "category__level1", "ending")
    return [
        Ended(pk, number, organ, name, category or UNSORTED, ending, local_date(at))
        for pk, number, organ, name, category, ending, at in found.values_list(*columns, "ended_at")
    ]


def units(population: Iterable[Ended], *, by_category: bool, by_ending: bool) -> list[Unit]:
    """The population as the drawing sees it."""
    return [one.unit(by_category=by_category, by_ending=by_ending) for one in population]
