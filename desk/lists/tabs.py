"""清单上的一排标签：系统自带的视图、本人存下的视图，各带件数。"""

from collections.abc import Callable, Hashable
from datetime import date
from functools import partial

from django.db.models import Q, QuerySet
from django.http import QueryDict

from accounts.authority import holds, who
from accounts.models import SavedView
from desk.lists import lamps, queues
from desk.lists.filters import Filters
from desk.many_counts import tally, tally_again
from insight.search.petition_search import TOO_SHORT, matching
from petitions.act.states import State
from petitions.models import Petition
from rulebook.acts import Act

CLOSED = [State.CLOSED, State.SETTLED, State.ARCHIVED, State.LED_IN, State.REDIRECTED, State.DECLINED]
CLOSED += [State.NOT_AGAIN, State.FILED, State.MERGED, State.TERMINATED]
DEFAULT = "open"


class Tabs:
    """The views of one user on one day: what each holds, in the order of the screen."""

    def __init__(self, user, day: date):
        self.user, self.day = user, day
        self.amber_ones = lamps.near(day)
        self.seen = Petition.objects.visible_to(user)
        self.saved = list(SavedView.objects.of(user, SavedView.Place.CASES)[: SavedView.MOST])
        self._standing = self._own()

    def _own(self) -> dict[str, tuple[str, Callable[[], QuerySet]]]:
        """Each view with the making of its petitions: only what is looked at is put together."""
        user, seen = self.user, self.seen
        at_hand = partial(Petition.objects.open_to, user)
        mine = Q(handler_id=user.pk) | Q(holder_user_id=user.pk)
        found = {
            "open": ("全部在办", at_hand),
            "mine": ("我办理的", lambda: at_hand().filter(mine)),
        }
        for queue in queues.QUEUES:
            if not queue.url and holds(user, queue.act):
                found[queue.key] = (queue.label, partial(queue.find, user))
        found["red"] = ("红灯", lambda: at_hand().filter(lamps.under("r", self.day)))
        found["amber"] = ("黄灯", lambda: at_hand().filter(self.amber_ones))
        found["supervised"] = ("督办中", lambda: seen.filter(under_order=True))
        found["done"] = ("已办结", lambda: seen.filter(state__in=CLOSED))
        found["all"] = ("全部", seen.all)
        return found

    def rows_of(self, filters: Filters, act: Act = Act.VIEW) -> QuerySet:
        """The petitions of the chosen view under the filters, the keyword aside.

        `act` other than 查看 narrows them to those the user may do that to (导出).
        """
        rows = self._standing[self.key_of(filters)][1]()
        if act is not Act.VIEW:
            rows = rows.filter(pk__in=Petition.objects.visible_to(self.user, act).values("pk"))
        return filters.within(rows, self.day, self.amber_ones)

    def searched(self, filters: Filters, act: Act = Act.VIEW) -> tuple[QuerySet, str]:
        """The view's petitions with the keyword applied, and a sentence where it could not be."""
        chosen = self.rows_of(filters, act)
        if not filters.q:
            return chosen, ""
        found, _ = matching(self.user, filters.q, among=chosen)
        return (chosen.none(), TOO_SHORT) if found is None else (found, "")

    def about(self, filters: Filters) -> Hashable:
        """All that the petitions of a view under these filters are chosen by, the keyword aside."""
        return "tabs", who(self.user), self.day, self.amber_ones, filters

    def counts(self, filters: Filters, chosen: Callable[[], QuerySet]) -> dict[str, int]:
        """How many each view holds, and under "here" how many the chosen petitions are; one query.

        Views with a keyword carry no number.
        """
        if filters.q:
            return tally(self.user, self._asked() | {"here": chosen()})
        about = (self.about(filters), tuple((v.pk, v.query) for v in self.saved))
        return tally_again(self.user, about, lambda: self._asked() | {"here": chosen()})

    def _asked(self) -> dict[str, QuerySet]:
        asked = {key: make() for key, (_, make) in self._standing.items() if key not in ("done", "all")}
        for view in self.saved:
            filters = self.filters_of(view)
            if not filters.q:
                asked[f"saved{view.pk}"] = self.rows_of(filters)
        return asked

    def key_of(self, filters: Filters) -> str:
        """The view in force: an unknown one, or one that is not for this user, is the first."""
        return filters.view if filters.view in self._standing else DEFAULT

    def name_of(self, filters: Filters) -> str:
        return self._standing[self.key_of(filters)][0]

    def shown(self, counts: dict, filters: Filters) -> list[dict]:
        """The row of tabs as components/tabs.html draws it."""
        query = filters.query
        saved = [
            (f"saved{view.pk}", view.name, self.filters_of(view).query, self.filters_of(view).query == query)
            for view in self.saved
        ]
        on_saved = any(current for *_, current in saved)
        key = self.key_of(filters)
        standing = [(k, name, f"view={k}", k == key and not on_saved) for k, (name, _) in self._standing.items()]
        return [
            {"label": name, "url": f"/cases/?{asked}", "count": counts.get(k), "current": current}
            for k, name, asked, current in [*standing, *saved]
        ]

    @staticmethod
    def filters_of(view: SavedView) -> Filters:
        return Filters.read(QueryDict(view.query))
