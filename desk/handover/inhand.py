"""一个人手里有什么：分派给他的在办件，每件在等什么；哪些分派带不走，为什么。"""

from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Prefetch

from accounts.models import User
from petitions.act.consequences import carry_out
from petitions.act.decorator import Refused
from petitions.handling.instruction import rules as instructing
from petitions.models import Deadline, PendingAct, Petition
from rulebook.acts import Act

ORDER = "SV"  # 督办反馈
OVERTAKEN = "您打开页面以后，本件刚被他人办理或者移交，请看过现在的情况再交"


@dataclass
class Held:
    """One open petition of the person: what it waits for beside its own handling."""

    petition: Petition
    waits: list[str] = field(default_factory=list)


def people(user) -> list[User]:
    """Everyone who has open petitions the user may allot, with `in_hand` of them, those who have left first."""
    allotted = Petition.objects.open_to(user, Act.ALLOT).exclude(handler=None).order_by()
    counted = dict(allotted.values_list("handler").annotate(Count("pk")))
    found = list(User.objects.filter(pk__in=counted).select_related("organ").order_by("is_active", "pk"))
    for person in found:
        person.in_hand = counted[person.pk]
    return found


def held(user, person):
    """The person's open petitions that the user may allot, the nearest day first."""
    found = Petition.objects.open_to(user, Act.ALLOT).filter(handler=person)
    return found.select_related("organ__office").order_by(F("next_due_on").asc(nulls_last=True), "pk")


def described(petitions) -> list[Held]:
    """The petitions with what each waits for: drafts, requests for approval, orders and instructions. Three queries."""
    running = Deadline.objects.running().filter(term__in=(ORDER, instructing.TERM)).order_by("due_on")
    waiting = PendingAct.objects.waiting().order_by("pk")
    found = petitions.prefetch_related(
        "opinions", Prefetch("deadlines", running, "owed"), Prefetch("pending_acts", waiting, "asked")
    )
    return [Held(petition, list(_waits(petition))) for petition in found]


def _waits(petition):
    draft = petition.latest_opinion
    if draft is not None and petition.issued_at is None:
        yield f"意见稿第 {draft.version} 稿"
    yield from (f"报请{row.label}，等待{row.step_label}" for row in petition.asked)
    yield from map(_owed, petition.owed)


def _owed(deadline) -> str:
    what = "督办单反馈" if deadline.term == ORDER else "批示报告"
    return f"{what} {deadline.due_on:%m-%d} 前"


def staying(user, person) -> list[tuple[Petition, str]]:
    """What no allotting moves, with the reason: requests of the person on others' petitions, and ended petitions of
    theirs on which an order or an instruction still runs; only what the user may see."""
    seen = Petition.objects.visible_to(user)
    asked = PendingAct.objects.waiting().filter(asked_by=person, petition__in=seen.values("pk"))
    rows = [
        (row.petition, f"报请{row.label}仍然有效，等待{row.step_label}；要改由别人报请的，请报请人撤回后另报")
        for row in asked.exclude(petition__handler=person).select_related("petition").order_by("pk")
    ]
    ended = seen.filter(handler=person).exclude(pk__in=seen.open().values("pk"))
    running = Deadline.objects.running().filter(term__in=(ORDER, instructing.TERM), petition__in=ended.values("pk"))
    for one in running.select_related("petition").order_by("due_on", "pk"):
        rows.append((one.petition, f"已经办结，不再分派；{_owed(one)}由本单位任何经办人办"))
    return rows


def hand_on(told, *, by, note: str) -> tuple[list[Petition], list[tuple[Petition, str]]]:
    """Allot each petition to its successor: those that went, and those that did not with the sentence why.

    `told` gives (petition, the `seq` its page was drawn from or None, successor). Each is an act of its own with its
    own line, so one refusal holds up no other.
    """
    done, refused = [], []
    for petition, seq, to in told:
        try:
            if seq is not None and seq != petition.seq:
                raise Refused(OVERTAKEN)
            carry_out(petition, Act.ALLOT, by=by, note=note, to=to)
            done.append(petition)
        except (Refused, PermissionDenied) as reason:
            refused.append((petition, str(reason)))
    return done, refused
