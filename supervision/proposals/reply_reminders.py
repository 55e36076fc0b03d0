"""反馈的日子近了、过了，各说一次：近了告知收文单位，过了告知起草人和提出单位的负责人。"""

from datetime import timedelta

from accounts.messages.notices import Word, tell_many
from rulebook.acts import Act
from rulebook.timekeeping import today
from supervision.ladder.addressees import holding
from supervision.models import Proposal
from supervision.proposals import proposal_draft

SOON = 5  # 自然日，内部管理要求


def remind() -> int:
    """Owe each reminder once per proposal and day of answer, however often this runs. Returns how many are owed now."""
    day = today()
    waiting = Proposal.objects.filter(state=Proposal.State.ISSUED, due_on__lte=day + timedelta(days=SOON))
    words = [_word(one, day) for one in waiting.select_related("to", "issuer", "drafted_by").order_by("pk")]
    tell_many(words)
    return len(words)


def _word(one: Proposal, day) -> Word:
    named, url, key = f"{one.get_kind_display()} {one.number}", proposal_draft.address(one), f"proposal:{one.pk}"
    if one.due_on >= day:
        text = f"{named} 还有 {one.days_left(day)} 天到反馈日期，请书面反馈采纳情况"
        return Word(proposal_draft.addressees(one), text, url, f"{key}:soon:{one.due_on}")
    act = Act.HOLD_RESPONSIBLE if one.kind == Proposal.Kind.BLAME else Act.PROPOSE
    people = {person.pk: person for person in [*holding(one.issuer, act), one.drafted_by]}
    text = f"{named} 过了反馈日期，{one.to.short_name}还没有反馈"
    return Word(people.values(), text, url, f"{key}:late:{one.due_on}")
