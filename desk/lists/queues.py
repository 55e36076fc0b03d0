"""待办的几堆：谁的岗位欠下一步，就排到谁那里。菜单、工作台、清单的标签用的是同一组定义。"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.authority import holds, standing
from accounts.models import Relation
from petitions.act.states import APART, State
from petitions.models import CallBack, Execution, PartyRequest, PendingAct, Petition, Proceeding
from petitions.parties.request import rules as requesting
from rulebook.acts import Act
from supervision.models import Order

SIGNING = "签发处理意见书"  # 核查通过后等待的事（petitions.record.ledger.settle_holder）


@dataclass(frozen=True)
class Queue:
    """One pile of work. `act` is the next step: who may not do it has no such pile."""

    key: str
    label: str
    icon: str
    act: Act
    find: Callable[..., QuerySet]
    url: str = ""

    @property
    def address(self) -> str:
        return self.url or f"/cases/?view={self.key}"


def _triage(user) -> QuerySet:
    """Registered and not sorted yet; a petition office keeps it here until it is handed over."""
    here = Petition.objects.open_to(user, Act.CLASSIFY).awaiting_triage().held_by(user.organ)
    return here if user.organ.office.is_petition_office else here.filter(path="")


def _tell(user) -> QuerySet:
    """Sorted or handed to us: within fifteen days the petitioner is told whether it is taken up."""
    sorted_here = Q() if user.organ.office.is_petition_office else Q(state=State.REGISTERED) & ~Q(path="")
    due = Q(state__in=[State.FORWARDED, State.ASSIGNED]) | sorted_here
    return Petition.objects.open_to(user, Act.ACCEPT).held_by(user.organ).filter(due)


def _objected(user) -> QuerySet:
    return Petition.objects.open_to(user, Act.UPHOLD).filter(state=State.OBJECTED)


def disputed(user) -> QuerySet:
    """Organs cannot agree whose matter it is: we have to say."""
    return Petition.objects.open_to(user, Act.DESIGNATE).filter(state=State.DISPUTED)


def handling(user) -> QuerySet:
    """At work in our hands, whatever the path: appeals, suggestions, reports."""
    return Petition.objects.open_to(user, Act.ANSWER).filter(state__in=[State.ACCEPTED, *APART])


def checking(user) -> QuerySet:
    return Petition.objects.open_to(user, Act.PASS).filter(state=State.SUBMITTED).exclude(waiting_for=SIGNING)


def signing(user) -> QuerySet:
    return Petition.objects.open_to(user, Act.SIGN).filter(state=State.SUBMITTED, waiting_for=SIGNING)


def _serving(user) -> QuerySet:
    return Petition.objects.open_to(user, Act.SERVE).filter(state=State.ISSUED)


def approvals(user) -> QuerySet:
    """Acts that wait for the decision of one of my posts, on petitions I may decide about."""
    waiting = PendingAct.objects.for_seats(standing(user).seats)
    return waiting.filter(petition__in=Petition.objects.visible_to(user, Act.APPROVE).values("pk"))


def orders(user) -> QuerySet:
    """督办单 that our organ has still to answer."""
    return (
        Order.objects.awaiting_answer()
        .owed_by(user.organ.office)
        .among(Petition.objects.visible_to(user, Act.ANSWER_ORDER))
    )


def _before_us(user, act) -> QuerySet:
    """Reviews and rechecks that our organ has still to decide."""
    ours = Proceeding.objects.filter(petition=OuterRef("pk"), organ=user.organ.office_id)
    waiting = ours.filter(state="requested") | ours.filter(state="admitted", outcome="")
    if act is Act.DECIDE_REVIEW:
        waiting = ours.filter(state="admitted").exclude(outcome="")
    return Petition.objects.visible_to(user, act).filter(Exists(waiting))


def _reviewing(user) -> QuerySet:
    return _before_us(user, Act.PROPOSE_REVIEW)


def _deciding(user) -> QuerySet:
    return _before_us(user, Act.DECIDE_REVIEW)


def _executing(user) -> QuerySet:
    """Opinions that granted something our office has still to carry out."""
    ours = Execution.objects.undone().owed_by(user.organ).filter(petition=OuterRef("pk"))
    return Petition.objects.visible_to(user, Act.PERFORM).filter(Exists(ours))


def requested(user) -> QuerySet:
    """Petitioners wait for our answer: something brought, withdrawn, or a colleague's recusal asked for."""
    waiting = PartyRequest.objects.filter(petition=OuterRef("pk"), state=requesting.WAITING).exclude(about=user.pk)
    here = Petition.objects.visible_to(user, Act.ANSWER_REQUEST).exclude(state__in=requesting.OVER)
    return here.filter(Exists(waiting))


def calling(user) -> QuerySet:
    """Ratings not satisfied that our office has to ask about by telephone."""
    return CallBack.objects.open().of_caller(user)


QUEUES = (
    Queue("triage", "待分流", "hand", Act.CLASSIFY, _triage),
    Queue("tell", "待告知", "send", Act.ACCEPT, _tell),
    Queue("objected", "待审异议", "chat", Act.UPHOLD, _objected),
    Queue("disputed", "待指定管辖", "scale", Act.DESIGNATE, disputed),
    Queue("handling", "待办理", "clock", Act.ANSWER, handling),
    Queue("requested", "待回应", "chat", Act.ANSWER_REQUEST, requested),
    Queue("checking", "待核查", "shield", Act.PASS, checking),
    Queue("signing", "待签发", "pen", Act.SIGN, signing),
    Queue("serving", "待送达", "mail", Act.SERVE, _serving),
    Queue("executing", "待落实", "ok", Act.PERFORM, _executing),
    Queue("reviewing", "待复查复核", "scale", Act.PROPOSE_REVIEW, _reviewing),
    Queue("deciding", "待签发复查", "pen", Act.DECIDE_REVIEW, _deciding),
    Queue("approvals", "待审批", "ok", Act.APPROVE, approvals, url="/approvals/"),
    Queue("calling", "待回访", "phone", Act.CALL_BACK, calling, url="/callbacks/"),
    Queue("orders", "待反馈督办", "flag", Act.ANSWER_ORDER, orders, url="/cases/?view=supervised"),
)
# 要人拍板的几堆：签字、审批、指定管辖
DECISIONS = ("disputed", "signing", "deciding", "approvals")
BY_KEY = {queue.key: queue for queue in QUEUES}


def of(user) -> list[Queue]:
    """The piles that exist for this user, in the order of the menu."""
    return [queue for queue in QUEUES if holds(user, queue.act)] if user.organ_id else []


def leads(user) -> bool:
    """Whether anything waits for the user's decision: who approves, signs, designates, orders or sponsors a case."""
    if not user.organ_id:
        return False
    if any(holds(user, act) for act in (Act.APPROVE, Act.SIGN, Act.DESIGNATE, Act.ORDER)):
        return True
    return any(claim.relation == Relation.SPONSOR for claims in standing(user).claims.values() for claim in claims)
