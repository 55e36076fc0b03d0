"""期限自己过去时发生的事：视为受理、权利届满、程序终结。只由巡查调用，逐件一个事务。"""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from petitions.act.consequences import carry_out
from petitions.act.decorator import SYSTEM, Refused
from petitions.act.states import Kind, Procedure, State
from petitions.clocks import republication
from petitions.closing import rules as closing
from petitions.mediation import rules as mediating
from petitions.models import Deadline, Mediation, Petition, Proceeding, Service
from rulebook.acts import Act
from rulebook.timekeeping import today

log = logging.getLogger(__name__)
BATCH = 200


def deem_acceptances() -> int:
    """D02, D03 passed with no word given: accepted as of that day (rules §9.1 守卫①). Returns how many."""
    overdue = Deadline.objects.overdue(today()).filter(
        term__in=("D02", "D03"),
        petition__kind=Kind.APPEAL,
        petition__path__in=("", "31-6"),
        petition__state__in=(State.REGISTERED, State.FORWARDED, State.ASSIGNED),
    )
    done = 0
    for petition_id, due_on in overdue.values_list("petition_id", "due_on").order_by("petition_id", "due_on"):
        done += _each(petition_id, Act.DEEM_ACCEPTED, on=due_on)
    return done


def serve_published() -> int:
    """Notices whose last day is over: the letter counts as served on that day (rules E30). Returns how many."""
    over = Service.objects.filter(state="published", recalled=False, notice_until__lt=today()).select_related(
        "letter", "party"
    )
    done = 0
    for service in over.order_by("petition_id", "pk"):
        told = {"means": Service.Method.NOTICE, "on": service.notice_until}
        done += _each(service.petition_id, Act.SERVE, service, **told)
    return done


def settle_lapsed() -> int:
    """Rights of petitioners whose last day has passed lapse; a closed petition with no remedy left is settled.

    First what was published while they ran is taken up: a batch not yet reached must not cost anybody a day.
    """
    republication.apply()
    rights = Deadline.objects.running().filter(kind="right", due_on__lt=today())
    rights.update(ended_how=Deadline.Ended.LAPSED, next_rung_at=None)
    # 以件的现状为准，不以本次届满的为准：上次没轮到的、届满后才办结的、复查复核办完的，这次补上
    return sum(_each(pk, Act.SETTLE) for pk in list(_over().values_list("pk", flat=True)))


def _over():
    """Closed petitions of which nothing can be asked any more; the guards of the act have the last word."""
    mine = {"petition": OuterRef("pk")}
    remedies = Deadline.objects.filter(**mine, term__in=("D08", "D10"), ended_how="")
    reviews = Proceeding.objects.filter(**mine, state__in=("requested", "admitted"))
    owed = Service.objects.filter(**mine, served_on=None, recalled=False, party__standing="present")
    unserved = owed.filter(Q(required=True) | Q(letter__kind__in=closing.REPLIES))
    sixty = Deadline.objects.filter(**mine, petition__procedure=Procedure.SIMPLE, term="D06", due_on__gte=today())
    since = today() - timedelta(days=mediating.CONFIRMATION.length or 0)
    agreed = Mediation.objects.filter(**mine, by_committee=True, confirmation_on=None, agreed_on__gte=since)
    held = (remedies, reviews, unserved, sixty, agreed)
    return Petition.objects.filter(*(~Exists(rows) for rows in held), state=State.CLOSED).order_by("pk")


def _each(petition_id: int, act: Act, noun=None, **details) -> int:
    """One petition (or what of it the act moves), one transaction; what cannot be done now is left for a person."""
    with transaction.atomic():
        petition = (
            Petition.objects.select_related("submission", "organ", "rule_set")
            .select_for_update(of=("self",), skip_locked=True)
            .filter(pk=petition_id)
            .first()
        )
        if petition is None:
            return 0
        try:
            with transaction.atomic():
                if noun is not None:
                    noun.petition = petition
                carry_out(noun or petition, act, by=SYSTEM, **details)
        except Refused as refused:
            log.info("petition %s: %s not done: %s", petition_id, act, refused)
            return 0
    return 1
