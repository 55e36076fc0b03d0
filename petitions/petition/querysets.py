from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Case, Exists, F, Max, OuterRef, Q, QuerySet, When

from accounts.authority import nearby, reachable, standing
from accounts.querysets import IsAnyOf
from petitions.act.states import OPEN
from rulebook.acts import Act
from rulebook.timekeeping import now


class PetitionQuerySet(QuerySet):
    def visible_to(self, user, act: Act = Act.VIEW):
        """The petitions the user may see (or do the act to): the same rule as authority.may()."""
        involvements = apps.get_model("petitions", "Involvement").objects.all()
        return self.filter(reachable(user, act, involvements))

    def open(self):
        return self.filter(state__in=OPEN)

    def open_to(self, user, act: Act = Act.VIEW):
        """What `visible_to(...).open()` answers, found from the involvements of open petitions alone: a queue takes as
        long as there is work in it, however many petitions lie closed behind."""
        involvements = apps.get_model("petitions", "Involvement").objects.filter(open=True)
        found = self.open().filter(reachable(user, act, involvements))
        near = nearby(user, act, involvements)
        return found if near is None else found.filter(pk__in=near)

    def picked(self):
        """The petitions of this page (ordered and cut off), to be dressed and put in order again: which they are is
        settled before anything is joined to them, so that nothing is joined that is not shown."""
        return self.model._default_manager.filter(IsAnyOf(F("pk"), ArraySubquery(self.values("pk"))))

    def awaiting_triage(self):
        return self.filter(state="registered")

    def held_by(self, organ):
        """Held now by the organ or one of its sections."""
        return self.filter(holder_organ__office_id=organ.office_id)

    def in_charge_of(self, organ):
        return self.filter(organ__office_id=organ.office_id)

    def overdue(self, day):
        return self.filter(next_due_on__lt=day)

    def soonest_first(self):
        return self.order_by(F("next_due_on").asc(nulls_last=True), "pk")

    def for_lists(self):
        """What a list row shows, in one query; never the body."""
        return self.select_related("submission", "organ", "category", "holder_user").defer("submission__original")


class EventQuerySet(QuerySet):
    def in_order(self):
        return self.order_by("seq")

    def of_act(self, *acts):
        return self.filter(act__in=acts)

    def update(self, **fields):
        raise TypeError("the log is append-only")

    def delete(self):
        raise TypeError("the log is append-only")


class DeadlineQuerySet(QuerySet):
    def running(self):
        return self.filter(ended_how="", paused=False)

    def duties(self):
        """Duties of organs; rights and internal limits never turn a lamp red."""
        return self.filter(kind="duty")

    def overdue(self, day):
        return self.running().filter(due_on__lt=day)

    def lapsed_by(self, day):
        return self.running().filter(due_on__lt=day)

    def wake(self) -> None:
        """The ladder looks at these again at its next round: what is asked of it has changed, not the day."""
        self.filter(ended_how="").update(next_rung_at=now())

    def look_again(self, deadlines) -> None:
        """Store when the ladder looks at each of the deadlines again (`next_rung_at`): one statement for all."""
        columns = [[row.pk for row in deadlines], [row.next_rung_at for row in deadlines]]
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE petitions_deadline row SET next_rung_at = now.at "
                "FROM unnest(%s::bigint[], %s::timestamptz[]) AS now (id, at) WHERE row.id = now.id",
                columns,
            )


class LegQuerySet(QuerySet):
    def lead(self):
        return self.exclude(kind="assist")

    def next_number(self, petition) -> int:
        return (self.filter(petition=petition).aggregate(last=Max("number"))["last"] or 0) + 1


class DisputeQuerySet(QuerySet):
    def open(self):
        """Raised and not yet ruled on."""
        return self.filter(state="raised")

    def before(self, office):
        """Those that the office has to rule on."""
        return self.filter(organ__office_id=office.office_id)


class PendingActQuerySet(QuerySet):
    def waiting(self):
        return self.filter(state="waiting")

    def for_seats(self, seats):
        """Those whose current step one of the seats may decide: the step's role, in the step's organ (or anywhere)."""
        allowed = Q(pk__in=[])
        for seat in seats:
            allowed |= Q(step_roles__contains=[seat.role_code]) & (
                Q(step_organ=None) | Q(step_organ_id=seat.organ.office_id)
            )
        return self.waiting().filter(allowed)


class ExecutionQuerySet(QuerySet):
    def undone(self):
        """Still owed, refused ones among them; those of an opinion sent back to be made anew are owed no more."""
        redone = apps.get_model("petitions", "Proceeding").objects.filter(
            opinion=OuterRef("opinion"), state="decided", outcome="redo"
        )
        return self.filter(~Exists(redone), state__in=("owed", "refused"))

    def unexecuted(self, day):
        """拒不执行处理意见的线索（第四十条）: refused, or not done by its day."""
        return self.undone().filter(Q(state="refused") | Q(due_on__lt=day))

    def owed_by(self, organ):
        return self.filter(organ__office_id=organ.office_id)


class NumberCounterQuerySet(QuerySet):
    def take(self, prefix: str, year: int, count: int = 1) -> int:
        """The last of the next `count` numbers, from 1. Holds the counter's row until the transaction ends, so take it
        last; a rollback gives the numbers back: no gaps."""
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO petitions_numbercounter (prefix, year, n) VALUES (%s, %s, %s) "
                "ON CONFLICT (prefix, year) DO UPDATE SET n = petitions_numbercounter.n + EXCLUDED.n RETURNING n",
                [prefix, year, count],
            )
            return cursor.fetchone()[0]


class ServiceQuerySet(QuerySet):
    def waiting(self):
        return self.filter(served_on=None, recalled=False)

    def rateable(self):
        """Served opinions their petitioners may rate: 匿名、不宜公开、重复信访的不评 (rules §1.15, §10)."""
        return self.filter(
            served_on__isnull=False,
            letter__kind="F12",
            petition__secrecy=0,
            petition__repeat_of=None,
            petition__submission__notice_exempt=False,
        )


class RatingQuerySet(QuerySet):
    def closed(self, day):
        """Whose window is over by the day: what was said last counts, and nobody is kept from seeing it."""
        return self.filter(until__lt=day)

    def seen_by(self, user, day):
        """What the user may see of ratings on the day: those whose window is over; before that only what a call-back
        needs, for who calls back at the office above. Never for who sits in the rated organ or below it, or handles the
        petition; of the city's own office its supervision desk calls back, so that it sees them."""
        callers = {claim.seat.organ.office_id for claim in standing(user).of(Act.CALL_BACK)}
        needed = Q(call_back__office__in=callers) & ~Q(call_back__state="dropped")
        mine = organs_of(user)
        apart = ~Q(organ__in=mine) | Q(organ=F("call_back__office"))
        return self.filter(Q(until__lt=day) | needed & apart & ~Q(petition__handler=user.pk))


class CallBackQuerySet(QuerySet):
    def open(self):
        return self.filter(state="open")

    def done(self):
        return self.filter(state="done")

    def confirmed(self, day):
        """Whose rating was found true and whose window is over by the day: a ground of an order (SV09)."""
        return self.filter(state="done", finding="confirmed", rating__until__lt=day)

    def of_caller(self, user):
        """Those the user's office has to make, on petitions the user may call back about; not on those they handle, nor
        on an organ they sit in by another post."""
        offices = {claim.seat.organ.office_id for claim in standing(user).of(Act.CALL_BACK)}
        petitions = apps.get_model("petitions", "Petition").objects.visible_to(user, Act.CALL_BACK)
        apart = ~Q(rating__organ__in=organs_of(user)) | Q(rating__organ=F("office"))
        found = self.filter(apart, office__in=offices, rating__petition__in=petitions.values("pk"))
        return found.exclude(rating__petition__handler=user.pk)

    def seen_by(self, user, day):
        """Those on ratings the user may see."""
        ratings = apps.get_model("petitions", "Rating").objects.seen_by(user, day)
        return self.filter(rating__in=ratings.values("pk"))


class RevealQuerySet(QuerySet):
    def open_to(self, user, day):
        """Without those made for a call-back whose rating the user may not see."""
        ratings = apps.get_model("petitions", "Rating").objects.seen_by(user, day)
        return self.filter(Q(call_back=None) | Q(call_back__rating__in=ratings.values("pk")))


def organs_of(user) -> set[int]:
    """Keys of the organs the user sits in, by their own posts and by those lent to them, and of all above these."""
    organs = [seat.organ for seat in standing(user).seats] + ([user.organ] if user.organ_id else [])
    return {pk for organ in organs for pk in organ.ancestor_ids}


class EditingQuerySet(QuerySet):
    def running(self, moment):
        """Not yet taken for left."""
        return self.filter(until__gt=moment)


class VisitQuerySet(QuerySet):
    def on(self, organ, day):
        """The visits of one office on one day."""
        return self.filter(organ_id=organ.office_id, day=day)

    def waiting(self):
        """Who waits, in the order of being called: special needs first, then by number."""
        return self.filter(state="waiting").order_by(Case(When(need="", then=1), default=0), "number", "pk")

    def in_hand(self):
        """Called or being met."""
        return self.filter(state__in=("called", "met"))


class ReceptionQuerySet(QuerySet):
    def of(self, organ):
        """The announcements of one office, drafts too."""
        return self.filter(organ_id=organ.office_id)

    def public_on(self, day):
        """What the public sees on a day: published from that day or before, called off or not, past or to come."""
        return self.exclude(state="draft").filter(shown_from__lte=day)

    def to_come(self, day):
        return self.filter(shown_until__gte=day).order_by("day", "opens", "pk")

    def past(self, day):
        return self.filter(shown_until__lt=day).order_by("-day", "-opens", "-pk")
