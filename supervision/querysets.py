from django.db.models import QuerySet

from rulebook.querysets import EffectiveQuerySet

OPEN = ("issued", "answered", "returned")


class LadderQuerySet(EffectiveQuerySet):
    def lowest_first(self):
        return self.order_by("level", "offset", "pk")


class OrderQuerySet(QuerySet):
    def open(self):
        """Issued and not closed."""
        return self.filter(state__in=OPEN)

    def awaiting_answer(self):
        return self.filter(state__in=("issued", "returned"))

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
