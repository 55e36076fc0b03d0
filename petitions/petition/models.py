"""信访事项：一条法定途径、一个承办机关、一台状态机 受理→办理→督查→办结。"""

from django.db import models
from django_fsm import FSMField

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
from petitions.petition.querysets import PetitionQuerySet


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
