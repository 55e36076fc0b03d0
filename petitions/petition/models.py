"""信访事项：一条法定途径、一个承办机关、一台状态机 受理→办理→督查→办结。"""

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django_fsm import FSMField

from accounts.authority import nearby, reachable
from accounts.querysets import IsAnyOf
from petitions.acceptance.acts import Receiving
from petitions.act.states import OPEN, State
from petitions.closing.acts import Concluding
from petitions.handling.acts import Handling
from petitions.handling.instruction.acts import Instructing
from petitions.handling.sponsorship.acts import Sponsoring
from petitions.joint.acts import Joining
from petitions.parties.acts import Representing
from petitions.parties.request.models import Requesting
from petitions.petition.bookkeeping import KeptPetition
from petitions.petition.involvement import Involvement
from rulebook.acts import Act


class PetitionQuerySet(models.QuerySet):
    def visible_to(self, user, act: Act = Act.VIEW):
        """The petitions the user may see (or do the act to): the same rule as authority.may()."""
        involvements = Involvement.objects.all()
        return self.filter(reachable(user, act, involvements))

    def open(self):
        return self.filter(state__in=OPEN)

    def open_to(self, user, act: Act = Act.VIEW):
        """What `visible_to(...).open()` answers, found from the involvements of open petitions alone: a queue takes as
        long as there is work in it, however many petitions lie closed behind."""
        involvements = Involvement.objects.filter(open=True)
        found = self.open().filter(reachable(user, act, involvements))
        near = nearby(user, act, involvements)
        return found if near is None else found.filter(pk__in=near)

    def picked(self):
        """The petitions of this page (ordered and cut off), to be dressed and put in order again: which they are is
        settled before anything is joined to them, so that nothing is joined that is not shown."""
        return self.model._default_manager.filter(IsAnyOf(models.F("pk"), ArraySubquery(self.values("pk"))))

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
        return self.order_by(models.F("next_due_on").asc(nulls_last=True), "pk")

    def for_lists(self):
        """What a list row shows, in one query; never the body."""
        return self.select_related("submission", "organ", "category", "holder_user").defer("submission__original")


class Petition(
    Receiving, Joining, Representing, Requesting, Handling, Instructing, Sponsoring, Concluding, KeptPetition
):
    """The noun of the house. Every act is a method, written in the link it belongs to; each runs through @act."""

    state = FSMField("状态", choices=State.choices, default=State.REGISTERED, protected=True)

    objects = PetitionQuerySet.as_manager()

    class Meta:
        verbose_name = "信访事项"
        constraints = [models.UniqueConstraint(fields=["submission", "ordinal"], name="one_petition_per_ordinal")]
        indexes = [
            models.Index(
                fields=["holder_organ", "next_due_on", "id"],
                name="open_by_holder",
                condition=models.Q(state__in=[str(state) for state in OPEN]),
            ),
            models.Index(
                fields=["next_due_on", "id"],
                include=["secrecy", "accused_organ"],  # 职权先问这两项：翻过去的件不必去读
                name="open_by_due",
                condition=models.Q(state__in=[str(state) for state in OPEN]),
            ),
        ]

    def __str__(self):
        return self.number
