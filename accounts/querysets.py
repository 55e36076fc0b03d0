from django.db.models import BooleanField, Func, Q, QuerySet


class IsAnyOf(Func):
    """A value among those of an array, which is worked out once, before any row is looked at."""

    arg_joiner, template, output_field = " = ANY(", "%(expressions)s)", BooleanField()


class OrganQuerySet(QuerySet):
    def within(self, organ):
        """The organ and all below it."""
        return self.filter(path__startswith=organ.path)

    def in_territory(self, code: str):
        """Organs whose area lies within the area code."""
        return self.filter(territory__startswith=code)

    def in_force_on(self, day):
        return self.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gte=day))

    def offices(self):
        """Organs that act in their own name: no sections, no communities."""
        return self.exclude(kind__in=["section", "community"])

    def petition_offices(self):
        return self.filter(kind="petition_office")


class UserQuerySet(QuerySet):
    def active(self):
        return self.filter(is_active=True)

    def working_in(self, organ):
        """People whose organ is the organ or one of its sections."""
        return self.filter(organ__path__startswith=organ.path)

    def matching(self, words: str):
        """Whose name or user name holds the words."""
        return self.filter(Q(name__icontains=words) | Q(username__icontains=words)) if words else self


class AppointmentQuerySet(QuerySet):
    def current_on(self, day):
        return self.filter(since__lte=day).filter(Q(until=None) | Q(until__gte=day))


class SavedViewQuerySet(QuerySet):
    def of(self, user, place):
        """The person's own, of that list."""
        return self.filter(user_id=user.pk, place=place)


class OutboxQuerySet(QuerySet):
    def to_send(self, now):
        """Messages that are due and neither sent nor given up, oldest first."""
        return self.filter(sent_at=None, dead=False, not_before__lte=now).order_by("not_before", "pk")

    def dead_letters(self):
        return self.filter(dead=True).order_by("-pk")


class NoticeQuerySet(QuerySet):
    def unread(self):
        return self.filter(read_at=None)

    def to_acknowledge(self):
        """Reminders nobody may pass over in silence, and not yet said “知悉” to."""
        return self.filter(receipt=True, acknowledged_at=None)

    def newest_first(self):
        return self.order_by("-at", "-pk")


class ApiTokenQuerySet(QuerySet):
    def in_force(self, moment):
        return self.filter(expires_at__gt=moment)


class AccountEventQuerySet(QuerySet):
    def newest_first(self):
        return self.order_by("-pk")

    def update(self, **fields):
        raise TypeError("the account log is append-only")

    def delete(self):
        raise TypeError("the account log is append-only")
