from datetime import date

from django.db.models import Count, FloatField, Func, Max, Q, QuerySet, Value

from accounts.models import OrganKind
from insight.querysets import shared_query
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


class CampaignQuerySet(QuerySet):
    def open_on(self, day: date):
        """Those that take suggestions on the day, what closes soonest first, standing ones last."""
        begun = self.filter(ended_at=None, opens_on__lte=day)
        return begun.filter(Q(closes_on=None) | Q(closes_on__gte=day)).order_by("closes_on", "-pk")


class SuggestionQuerySet(QuerySet):
    def at_level(self, level: str):
        """Those that lie at the level now; a community is a level of its own (accounts.Organ calls it a section)."""
        of_communities = Q(organ__kind=OrganKind.COMMUNITY)
        return self.filter(of_communities if level == "community" else ~of_communities & Q(organ__level=level))

    def standing(self):
        """Without those merged into another."""
        return self.exclude(state="merged")

    def owed(self):
        """Somebody has still to study them, to say what came of it or to reply."""
        return self.filter(state__in=("received", "studying", "decided"))

    def published(self):
        """The public list, the latest first."""
        return self.exclude(published_on=None).order_by("-published_on", "-pk")

    def sharing(self, grams: list[str]):
        """Those that hold one of the bigrams, those with most of them first."""
        asked, ranked = shared_query(grams)
        rank = Func("tsv", Value(ranked), template="ts_rank(%(expressions)s::tsquery)", output_field=FloatField())
        return self.filter(tsv__holds=asked).alias(rank=rank).order_by("-rank", "-pk")
