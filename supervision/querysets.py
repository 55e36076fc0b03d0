from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import (
    Case,
    Count,
    DateField,
    DurationField,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    Max,
    Min,
    Q,
    QuerySet,
    Sum,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from rulebook.querysets import EffectiveQuerySet

OPEN = ("issued", "answered", "returned")
OWED = ("issued", "returned")  # 等责任单位反馈


class LadderQuerySet(EffectiveQuerySet):
    def begun_by(self, day):
        """Those that came into force by the day; what a later ladder replaced on its very first day never did."""
        return self.filter(valid_from__lte=day).exclude(valid_to__lt=F("valid_from"))

    def lowest_first(self):
        return self.order_by("level", "offset", "pk")


class ReminderQuerySet(QuerySet):
    def standing(self):
        """Those that count: neither withdrawn, nor of a deadline that proved void."""
        return self.filter(withdrawn_at=None).exclude(deadline__ended_how="void")

    def withdrawn(self):
        return self.filter(withdrawn_at__isnull=False)

    def of_nearest(self):
        """Those of the day their petition stands under on the board."""
        petition = "deadline__petition"
        return self.filter(deadline__term=F(f"{petition}__next_term"), due_on=F(f"{petition}__next_due_on"))

    def unanswered_by(self, day):
        """Whose day of acknowledgement passed before the day, and which nobody has looked at since."""
        return self.filter(answer_by__lt=day)


class ConferenceItemQuerySet(QuerySet):
    def waiting(self):
        """Listed, and not decided yet."""
        return self.filter(state__in=("new", "listed"))


class TellingQuerySet(QuerySet):
    def waiting(self, moment):
        """Come due and not told yet; what was withdrawn meanwhile is not told any more."""
        return self.filter(message=None, due_at__lte=moment, reminder__withdrawn_at=None)

    def acknowledged(self):
        return self.filter(message__notice__acknowledged_at__isnull=False)

    def sent_as(self, messages: dict[int, str]) -> None:
        """Note under which key of the outbox each line went: one statement."""
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE supervision_telling row SET message_id = now.key "
                "FROM unnest(%s::bigint[], %s::text[]) AS now (id, key) WHERE row.id = now.id",
                [list(messages), list(messages.values())],
            )


class StepQuerySet(QuerySet):
    def waiting(self):
        """To be decided: the deadline still runs towards that day, and nobody withdrew the reminder."""
        running = self.filter(ended_how="", reminder__withdrawn_at=None, reminder__deadline__ended_how="")
        return running.filter(reminder__due_on=F("reminder__deadline__due_on"), reminder__deadline__paused=False)

    def among(self, petitions):
        """Steps on the given petitions (pass a queryset already limited to what the user may see)."""
        return self.filter(petition__in=petitions.values("pk"))


class OrderQuerySet(QuerySet):
    def open(self):
        """Issued and not closed."""
        return self.filter(state__in=OPEN)

    def awaiting_answer(self):
        return self.filter(state__in=OWED)

    def answered(self):
        """Answered, to be checked by whoever issued it."""
        return self.filter(state="answered")

    def issued_by(self, office):
        return self.filter(issuer=office)

    def owed_by(self, office):
        return self.filter(to__office_id=office.pk)

    def among(self, petitions):
        """Orders on the given petitions (pass a queryset already limited to what the user may see)."""
        return self.filter(petition__in=petitions.values("pk"))

    def newest_first(self):
        return self.order_by("-pk")


class CustodyQuerySet(QuerySet):
    def of(self, petitions):
        """Of the given petitions (pass a queryset already limited to what the user may see)."""
        return self.filter(petition__in=petitions.values("pk"))

    def summed(self, moment):
        """One row per organ and kind: `total_seconds` that are over, `running` (what still goes on, up to `moment`),
        `late` days, the `late_petitions` they belong to, and the days `down` that are counted apart."""
        running = ExpressionWrapper(Value(moment) - F("running_since"), DurationField())
        return self.values("organ", "kind").annotate(
            total_seconds=Sum("seconds"),
            running=Sum(Case(When(running_since__isnull=False, then=running))),
            late=Coalesce(Sum("late_days"), 0),
            down=Coalesce(Sum("down_days"), 0),
            late_petitions=Count("petition", filter=Q(late_days__gt=0), distinct=True),
        )


class CardQuerySet(QuerySet):
    def given_between(self, first, last):
        """Given on one of the days from the first to the last, both included."""
        return self.filter(given_at__date__range=(first, last))

    def among(self, petitions):
        """Of orders on the given petitions."""
        return self.filter(order__petition__in=petitions.values("pk"))


class HollowCheckQuerySet(QuerySet):
    def open(self):
        return self.filter(state="open")

    def judged(self):
        return self.exclude(state="open")

    def confirmed(self):
        return self.filter(state="confirmed")

    def among(self, petitions):
        """Checks of the given petitions (pass a queryset already limited to what the user may see)."""
        return self.filter(petition__in=petitions.values("pk"))

    def for_lists(self):
        return self.select_related("petition__organ", "verdict_by").defer("petition__excerpt")


class DayQuerySet(QuerySet):
    def of(self, organs):
        """Of the given organs (pass those the user oversees)."""
        return self.filter(office__in=organs.values("pk"))

    def summed(self, days):
        """One tuple per day of those given: the day, how many were in hand and how many of these red, of all offices
        together. Days without rows are left out."""
        rows = self.filter(day__in=days).order_by("day").values_list("day")
        return rows.annotate(n_open=Sum("open"), n_red=Sum("red"))


class ReplayedCaseQuerySet(QuerySet):
    def changed(self):
        """The draft proposes another organ than the rules in force."""
        return self.filter(_other("draft_organ", "live_organ"))

    def better(self):
        """Only the draft proposes what the person decided."""
        return self.changed().filter(draft_organ=F("chosen_organ"))

    def worse(self):
        """Only the rules in force propose what the person decided."""
        return self.changed().filter(live_organ=F("chosen_organ"))

    def agreed(self, side: str):
        """The proposal of that side (then, live, draft) is what the person decided."""
        return self.filter(**{f"{side}_organ": F("chosen_organ")})

    def otherwise_than_then(self):
        """The rules in force propose another organ today than was proposed then."""
        return self.filter(_other("live_organ", "then_organ"))


def _other(one: str, other: str) -> Q:
    """The two columns name different organs, or only one of them names any."""
    both = Q(**{f"{one}__isnull": False, f"{other}__isnull": False}) & ~Q(**{one: F(other)})
    return (
        both
        | Q(**{f"{one}__isnull": True, f"{other}__isnull": False})
        | Q(**{f"{one}__isnull": False, f"{other}__isnull": True})
    )


class BoardCountQuerySet(QuerySet):
    def of(self, what):
        return self.filter(what=what)

    def summed(self, *by):
        """One tuple for each combination of the columns: the columns, then how many petitions."""
        return self.order_by().values_list(*by).annotate(petitions=Sum("n")).exclude(petitions=0)

    def summed_between(self, turns, *by):
        """The same, days due taken together that lie between the same two of the `turns`: the columns, which stretch of
        days, how many petitions, its first and its last day."""
        banded = self.annotate(band=_band("due_on", turns)).summed(*by, "band")
        return banded.annotate(first=Min("due_on"), last=Max("due_on"))


class BoardRowQuerySet(QuerySet):
    def bracketed(self, named, turns, *by):
        """One tuple for each combination of the columns: the columns, the longest of the `named` beginnings of category
        codes that the petition's falls under (empty: none), which stretch of days due between two of the `turns`; then
        how many petitions, its first and its last day."""
        longest_first = sorted(named, key=len, reverse=True)
        found = (When(category__code__startswith=one, then=Value(one)) for one in longest_first)
        about = Case(*found, default=Value(""), output_field=TextField())
        banded = self.order_by().annotate(about=about, band=_band("next_due_on", turns))
        rows = banded.values_list(*by, "about", "band")
        return rows.annotate(petitions=Count("pk"), first=Min("next_due_on"), last=Max("next_due_on"))


def _band(due_on: str, turns) -> Func:
    """How many of the turns, which are in order, a day due has reached; NULL without one."""
    days = Value(list(turns), ArrayField(DateField()))
    return Func(F(due_on), days, function="width_bucket", output_field=IntegerField())


class UrgingQuerySet(QuerySet):
    def waiting(self):
        """Neither sent nor taken back."""
        return self.filter(sent_at=None, taken_back_at=None)

    def due(self, moment):
        return self.waiting().filter(send_at__lte=moment)

    def of_office(self, office_id: int):
        """Confirmed by people of the office or one of its sections."""
        return self.filter(made_by__organ__office=office_id)

    def for_lists(self):
        """With who confirmed it, and of how many petitions."""
        return self.select_related("made_by").annotate(petitions_count=Count("petitions"))


class YearQuerySet(QuerySet):
    def years(self):
        """(year, until) of what is stored, the latest first."""
        return self.order_by("-year").values_list("year", "until").distinct()
