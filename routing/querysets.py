from django.db.models import Q, QuerySet

from petitions.models import Petition
from rulebook.querysets import EffectiveQuerySet


class RoutingRuleQuerySet(EffectiveQuerySet):
    def in_order(self):
        return self.order_by("priority", "code", "pk")


class RoutingProposalQuerySet(QuerySet):
    def visible_to(self, user):
        """Proposals on petitions the user may see: who may not see the petition does not learn where it should go."""
        return self.filter(petition__in=Petition.objects.visible_to(user))

    def unsettled(self):
        """Nobody has decided yet where the petition goes."""
        return self.filter(chosen_at=None)

    def waiting_for_triage(self):
        """待甄别：no rule could say where it goes, and nobody has decided."""
        return self.unsettled().filter(organ=None)

    def overridden(self):
        """A person decided otherwise than proposed."""
        return self.filter(~Q(chosen_at=None), ~Q(organ=None)).exclude(followed=True)

    def of(self, petition):
        return self.filter(petition=petition).order_by("-pk")
