"""登记之后这个岗位当场还能做什么、交什么：受理、移交专岗、打印哪份文书。"""

from django.urls import reverse

from accounts.authority import may
from accounts.models import Organ, OrganKind
from petitions.act import guards
from petitions.act.decorator import why_not
from petitions.act.states import Kind, State
from petitions.models import Petition
from rulebook.acts import Act
from rulebook.timekeeping import today

# 当场受理以前须已没有别的理由：途径由一张小表补上
BY_THE_FORM = guards.path_is_decided.because


def letter_url(petition, letter) -> str:
    """The letter's own page."""
    return reverse("case-letter", args=[petition.number, letter.pk])


def receipt_of(petition):
    """The letter the desk prints: the first party's F01, or None where nobody can be told."""
    first = petition.petition_letters.filter(letter__kind="F01").order_by("party__position").first()
    return first.letter if first else None


def on_the_spot(user, petition, proposal) -> bool:
    """Whether this post may accept it now: competent organ, grant, nothing in the way but the path still to decide."""
    if petition.kind != Kind.APPEAL or petition.state != State.REGISTERED:
        return False
    if proposal is not None and proposal.chosen_organ_id not in (None, petition.organ_id):
        return False
    if not (may(user, Act.ACCEPT, petition) and may(user, Act.CLASSIFY, petition)):
        return False
    return set(why_not(petition, Petition.accept)) <= {BY_THE_FORM}


def may_classify(user, petition) -> bool:
    """Whether this post may decide kind and path now."""
    return may(user, Act.CLASSIFY, petition) and not why_not(petition, Petition.classify)


def may_refer(user, petition) -> bool:
    return petition.kind == Kind.REPORT and may(user, Act.REFER, petition) and not why_not(petition, Petition.refer)


def discipline_posts() -> list[Organ]:
    return list(Organ.objects.in_force_on(today()).filter(kind=OrganKind.DISCIPLINE).order_by("-territory"))
