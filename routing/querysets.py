from django.db.models import Count, Max, Q, QuerySet

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


class SorterVersionQuerySet(QuerySet):
    def newest_first(self):
        """Without what was learnt itself: a list needs only the figures. Sets `uses`: how often it came into use."""
        listed = self.defer("stored", "rival__stored").select_related("rival").annotate(uses=Count("promotions"))
        return listed.order_by("-made_at", "subject", "-pk")

    def next_number(self, subject) -> int:
        return (self.filter(subject=subject).aggregate(Max("number"))["number__max"] or 0) + 1


class PromotionQuerySet(QuerySet):
    def in_use(self):
        """The last line of each subject; its version is None where a person went back to the rules alone."""
        return self.order_by("subject", "-pk").distinct("subject")

    def of(self, subject):
        return self.filter(subject=subject).order_by("-pk")
