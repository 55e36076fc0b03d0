"""谁看得见一份建议：提出单位和它的上级督查岗位、收文单位；追究责任的只有指定岗位和起草人。"""

from django.db.models import Q

from accounts.authority import holds, may, organs_reached
from petitions.act.states import Kind
from petitions.models import Petition
from rulebook.acts import Act
from supervision.models import Proposal, Responsibility

OUT = (Proposal.State.ISSUED, Proposal.State.ANSWERED)


def holds_any(user) -> bool:
    """Whether the user has any part in proposals at all."""
    return any(holds(user, act) for act in (Act.ORDER, Act.PROPOSE, Act.ANSWER_PROPOSAL, Act.HOLD_RESPONSIBLE))


def seen_by(user):
    """The proposals the user may see."""
    office = user.organ.office_id
    plain = Q(issuer__in=organs_reached(user, Act.ORDER).values("pk"))
    plain |= Q(issuer__in=organs_reached(user, Act.PROPOSE).values("pk"))
    if holds(user, Act.ANSWER_PROPOSAL):
        plain |= Q(to=office, state__in=OUT)
    named = Q(drafted_by=user)
    if holds(user, Act.HOLD_RESPONSIBLE):
        named |= Q(issuer=office) | Q(to=office, state__in=OUT)
    blame = Q(kind=Proposal.Kind.BLAME)
    return Proposal.objects.filter((plain & ~blame) | (named & blame))


def responsibilities_seen_by(user):
    """责任追究记录: the named posts of the office that proposes, and of the organ it was handed to."""
    if not holds(user, Act.HOLD_RESPONSIBLE):
        return Responsibility.objects.none()
    office = user.organ.office_id
    return Responsibility.objects.filter(Q(proposal__issuer=office) | Q(proposal__to=office, handed_on__isnull=False))


def attachable(user):
    """The petitions a proposal may be drafted from: supervised by the user, and fit for a letter that others read."""
    return (
        Petition.objects.visible_to(user, Act.ORDER)
        .filter(secrecy=0, accused_organ=None)
        .exclude(kind=Kind.REPORT)
        .select_related("organ__office", "category", "submission")
        .order_by("number")
    )


def may_attach(user, petition) -> bool:
    """The same, asked of one petition without a query of its own."""
    plain = not petition.secrecy and petition.accused_organ_id is None and petition.kind != Kind.REPORT
    return plain and may(user, Act.ORDER, petition)


def confidential(petitions):
    """Those of the petitions that no letter to another organ may rest on (第三十条)."""
    return petitions.filter(Q(secrecy__gt=0) | Q(accused_organ__isnull=False) | Q(kind=Kind.REPORT))


def attached(proposal, user):
    """The proposal's petitions that the user may see."""
    found = proposal.petitions.filter(pk__in=Petition.objects.visible_to(user).filter(secrecy=0).values("pk"))
    return found.select_related("organ", "category").order_by("number")
