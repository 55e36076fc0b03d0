"""送达和反馈：收文单位自己办，或者由提出单位照纸面登记；部分采纳、未采纳的写明理由（第四十条第四款）。"""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Q

from accounts.authority import holds, may_for
from accounts.messages.notices import tell
from petitions.act.decorator import Refused
from rulebook.acts import Act
from rulebook.timekeeping import today
from supervision.models import Adoption, Proposal
from supervision.proposals import proposal_draft

State = Proposal.State


def may_answer(proposal: Proposal, user) -> bool:
    """Whether the user writes down the service and the answer: for the addressee, or for the office that proposed and
    got them on paper. Of 追究责任 only the named posts."""
    office = user.organ.office_id
    if proposal.kind == Proposal.Kind.BLAME:
        return office in (proposal.issuer_id, proposal.to_id) and holds(user, Act.HOLD_RESPONSIBLE)
    sides = [organ for organ in (proposal.issuer, proposal.to) if organ.pk == office]
    return any(may_for(user, Act.ANSWER_PROPOSAL, organ) for organ in sides)


@transaction.atomic
def serve(proposal: Proposal, by, *, on: date, how: str) -> Proposal:
    """送达：which day it was received and how. PermissionDenied, or Refused for a day that cannot be."""
    held = proposal_draft.locked(proposal, State.ISSUED)
    _require(held, by)
    if held.served_on:
        raise Refused(f"已经登记 {held.served_on:%m-%d} 送达，不能再登记")
    if not held.issued_on <= on <= today():
        raise Refused(f"送达日应在发出日（{held.issued_on:%m-%d}）至今天之间")
    held.served_on, held.served_how = on, how
    held.save(update_fields=["served_on", "served_how"])
    return held


@transaction.atomic
def answer(
    proposal: Proposal, by, *, adoption: str, reason: str = "", arrangement: str = "", number: str = "", on: date
) -> Proposal:
    """反馈采纳情况，as the other organ's letter (F27) says: `number` and day are that letter's.

    Every attached petition gets its line, and who drafted it is told. PermissionDenied; Refused without a reason
    where it is not wholly adopted, before it was served, or for a day that cannot be.
    """
    held = proposal_draft.locked(proposal, State.ISSUED)
    _require(held, by)
    if held.served_on is None:
        raise Refused("请先登记建议书的送达")
    if not held.served_on <= on <= today():
        raise Refused(f"反馈日应在送达日（{held.served_on:%m-%d}）至今天之间")
    if adoption != Adoption.ADOPTED and not reason.strip():
        raise Refused("部分采纳、未采纳的，请写明理由（第四十条第四款）")
    if adoption != Adoption.NOT and not arrangement.strip():
        raise Refused("采纳的，请写明落实安排")
    held.state, held.adoption, held.answered_on, held.answered_by = State.ANSWERED, adoption, on, by
    held.answer_reason, held.arrangement, held.answer_number = reason.strip(), arrangement.strip(), number.strip()
    held.save()
    proposal_draft.write_on_petitions(held, Act.ANSWER_PROPOSAL, by, {"outcome": adoption})
    tell(
        [held.drafted_by],
        text=f"{held.get_kind_display()} {held.number} 已反馈：{held.get_adoption_display()}",
        url=proposal_draft.address(held),
        dedupe_key=f"proposal:{held.pk}:answered",
    )
    return held


def _require(proposal: Proposal, by) -> None:
    if not may_answer(proposal, by):
        raise PermissionDenied(f"送达、反馈由{proposal.to.short_name}或者提出单位登记")


@dataclass(frozen=True)
class Adopted:
    """Counts of a year's proposals for the annual report (第四十一条第三项)."""

    year: int
    issued: int
    owed: int
    adopted: int
    partly: int
    not_adopted: int
    late: int

    @property
    def share(self) -> float | None:
        """三项建议采纳率 in per cent: (采纳 + 部分采纳) ÷ 应反馈 (rules §10); None where none is owed."""
        return 100 * (self.adopted + self.partly) / self.owed if self.owed else None


def adopted_in(proposals, year: int, today: date) -> Adopted:
    """The year's counts over a queryset of proposals, by the day they were sent out: one query.

    应反馈 are those answered, and those whose day has passed without an answer.
    """
    waiting = Q(state=State.ISSUED, due_on__lt=today)
    counted = {value: Count("pk", filter=Q(adoption=value)) for value in Adoption.values}
    told = proposals.filter(issued_on__year=year).aggregate(
        issued=Count("pk"),
        owed=Count("pk", filter=Q(state=State.ANSWERED) | waiting),
        late=Count("pk", filter=waiting),
        **counted,
    )
    return Adopted(year=year, **told)
