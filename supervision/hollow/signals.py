"""一件一件地看：哪些线索说明可能是虚假办结。每条线索一个函数，理由是一句话，不抄信访人的话。

This file: what was asked against what was answered. Whether it was looked into is `inquiring`, whether it was done
`carrying`, what came afterwards `after`.
"""

import re
from collections.abc import Callable, Iterator

from insight.places.place_names import ESTATE
from petitions.act.states import Finding
from supervision.hollow import aftermath, fulfilment, inquiry, matter, proof, vocabulary
from supervision.hollow.closed_case import OPINIONS, ClosedCase, which
from supervision.hollow.weights import Code, Signal, signal

TAKEN_UP = 0.08  # of what one of several claims is about; below that nothing speaks of it
HARDLY = 0.2
STOCK, ALL_STOCK = 0.6, 0.95  # of a reply that stands word for word in other replies of the organ


def signals(case: ClosedCase) -> list[Signal]:
    """Whatever speaks for a hollow closing, the heaviest first; empty for most cases."""
    found = [one for reader in READERS for one in reader(case)]
    return sorted(found, key=lambda one: -one.weight)


# 答到了没有


def unanswered(case: ClosedCase) -> Iterator[Signal]:
    """A claim nothing on file speaks of, though the other is answered; one that was withdrawn needs no answer."""
    if case.ending not in OPINIONS or vocabulary.WITHDRAWN.search(case.record):
        return
    if 0 < len(case.answers) < len(case.claims):
        share = {
            at: matter.own_share(claim, [*case.claims[: at - 1], *case.claims[at:]], case.record)
            for at, claim in enumerate(case.claims, 1)
        }
        numbered = re.findall("[一二三四五六]、", case.reply)
        if len(set(numbered)) >= len(case.claims):
            return
        if gone := [at for at, one in share.items() if one < TAKEN_UP]:
            yield signal(Code.UNANSWERED, f"{which(gone)}诉求说的事，答复和记录里都没有")
        elif not vocabulary.SEVERAL_IN_ONE.search(case.reply):
            least = min(share, key=lambda at: share[at])
            said = f"{len(case.claims)} 项诉求只答了 {len(case.answers)} 项，没有答到的像是{which([least])}"
            yield signal(Code.UNANSWERED, said, strength=1.0 if share[least] < HARDLY else 0.5)
    if len(case.claims) > 1 and len(case.answers) == len(case.claims):
        empty = [
            at
            for at, one in enumerate(case.answers, 1)
            if one.finding != Finding.REJECT and proof.is_promise(case, one.text)
        ]
        if empty:
            yield signal(Code.UNANSWERED, f"{which(empty)}答复只有打算、承诺")


def sidestepped(case: ClosedCase) -> Iterator[Signal]:
    """Answered with an earlier reply, or what was demanded taken for an enquiry; nothing told of now."""
    told = "".join(one.text for one in case.answers)
    if case.ending not in OPINIONS or proof.results(case, "".join([told, case.facts, *case.followups])):
        return
    if vocabulary.EARLIER_REPLY.search(told):
        yield signal(Code.UNANSWERED, "只引以前的答复，没有说现在办到了哪里")
    if vocabulary.AS_ENQUIRY.search(case.facts) and not vocabulary.JUST_ASKS.search(case.asked):
        yield signal(Code.UNANSWERED, "诉求是要求办事，当作政策咨询答的")


def unexplained(case: ClosedCase) -> Iterator[Signal]:
    """Asked why, and no reason given; what was put right needs none."""
    if any(proof.says_done(case, one.text) for one in case.answers) and proof.proof(case):
        return
    asked = [at for at, claim in enumerate(case.claims, 1) if vocabulary.ASKS_WHY.search(claim)]
    if asked and case.ending in OPINIONS and not vocabulary.GIVES_WHY.search(proof.own(case.reply)):
        yield signal(Code.UNEXPLAINED, f"{which(asked)}问的是原因，答复里没有说原因")


def partial(case: ClosedCase) -> Iterator[Signal]:
    """The claim speaks of several, the reply of one or some of them."""
    if case.ending not in OPINIONS or vocabulary.WITHDRAWN.search(case.record):
        return
    if missed := [name for claim in case.claims for name in matter.left_out(claim, case.record)]:
        yield signal(Code.PARTIAL, f"诉求列了几处，答复没有提到{'、'.join(missed[:3])}")
    if several := [said for claim in case.claims if (said := matter.counted_out(claim, case.reply))]:
        yield signal(Code.PARTIAL, f"诉求说的是{several[0]}，答复只说到一处", strength=0.6)
    if short := [said for claim in case.claims if (said := matter.shorter(claim, case.record))]:
        yield signal(Code.PARTIAL, f"诉求说的是{short[0]}，做到的不到一半")


def unmet(case: ClosedCase) -> Iterator[Signal]:
    """What was asked for (to publish, to pay back, to test) is spoken of nowhere in facts, answers or record."""
    if case.ending not in OPINIONS or vocabulary.WITHDRAWN.search(case.record):
        return
    if years := [one for claim in case.claims if (one := matter.other_years(claim, case.record))]:
        yield signal(Code.UNMET, f"要的是{years[0]}的，公开的是另外年份的")
    settled = case.was_shown or proof.proof(case) > 0
    refused = bool(case.answers) and all(one.finding == Finding.REJECT for one in case.answers)
    claims = enumerate(case.claims, 1)
    if found := [at for at, claim in claims if matter.unmet(claim, case.record, refused=refused, settled=settled)]:
        alone = all(len(matter.demands(case.claims[at - 1])) == 1 for at in found)
        acted = proof.proof(case) > 0 or proof.acts(case)
        strength = 0.6 if alone and acted and not refused else 1.0  # 做了的也许就是，只是说法不同
        yield signal(Code.UNMET, f"{which(found)}要求做的事，答复和记录里没有说做没做", strength=strength)


def elsewhere(case: ClosedCase) -> Iterator[Signal]:
    """The reply is about another line, building, place, firm or person than the claims."""
    if case.ending not in OPINIONS:
        return
    if met := matter.other_number(case.asked, case.record) or matter.other_side(case.asked, case.record):
        yield signal(Code.ELSEWHERE, f"诉求说的是“{met[0]}”，答复和记录说的是“{met[1]}”")
    if met := matter.other_name(case.asked, case.record):
        yield signal(
            Code.ELSEWHERE,
            f"诉求说的是“{met[0]}”，答复说的是“{met[1]}”",
            strength=0.7 if set(met[0][:-1]) & set(met[1][:-1]) or case.habits.asks_of(met[1]) else 0.5,
        )
    elif place := matter.not_at(case.asked, case.record):
        yield signal(Code.ELSEWHERE, f"诉求说的是在“{place}”，答复和记录里都没有", strength=0.7)
    if matter.other_person(case.asked, case.record):
        yield signal(Code.ELSEWHERE, "要的是家里另一个人的事，查的是信访人自己的", strength=0.8)


def stray(case: ClosedCase) -> Iterator[Signal]:
    """The reply names, besides what was asked about, a place or number the claims do not know and a result there."""
    asked, told = matter.numbers(case.asked), matter.numbers(case.reply)
    done = matter.numbers("，".join(proof.results(case, case.reply)))
    for kind in ("室", "楼", "路"):
        here = sorted((told[kind] - asked[kind]) & done[kind])
        if asked[kind] and here and not asked[kind] & done[kind]:
            yield signal(Code.STRAY, f"做到的写的是“{here[0]}{kind}”，诉求说的不是")
            return
    known = {one for name in matter.named(case.asked) for one in (name.core[-2:], name.core[:2])}
    names = [one for one in matter.named(proof.own(case.own_facts)) if one.kind == ESTATE]
    strange = [one for one in names if not {one.core[-2:], one.core[:2]} & known]
    if known and (foreign := [one for one in strange if case.habits.asks_of(one.core)]):
        yield signal(Code.STRAY, f"事实里写到“{foreign[0].name}”，诉求里没有，本单位另有一件说的是它", strength=0.7)


def figures(case: ClosedCase) -> Iterator[Signal]:
    """Figures of the claim are passed over for others of the same unit."""
    if case.ending in OPINIONS and (gone := matter.figures_passed_over(case.asked, case.record)):
        yield signal(Code.FIGURES, f"诉求写的是{'、'.join(gone[:2])}，答复和记录里是另外的数，没有说怎么不同")


def joined(case: ClosedCase) -> Iterator[Signal]:
    """Closed with another case, without a word of its own matter."""
    text = "\n".join(one.text for one in case.answers)
    if (
        case.ending in OPINIONS
        and vocabulary.JOINED.search(text)
        and not any(proof.results(case, one.text) for one in case.answers)
    ):
        yield signal(Code.JOINED, "并入另一件办结，没有写本件的事怎样办的")


# 照抄、套话


def copied(case: ClosedCase) -> Iterator[Signal]:
    """Facts or an answer taken over from another case, with that case's matter still in it."""
    known = [*case.claims, *case.followups]
    if about := case.habits.copied_from(proof.own(case.facts), known):
        yield signal(Code.COPIED, "事实与另一件的相同，还写着那一件诉求里的事", about=about)
        return
    for clause in matter.measured(case.facts):
        names = [one.core[-2:] for one in matter.named(case.asked)]
        if names and (about := case.habits.also_told(clause, names)):
            yield signal(Code.COPIED, "量出来的数与另一家、另一处的一字不差", about=about)
            return
    for at, one in enumerate(case.answers, 1):
        if about := case.habits.copied_from(proof.own(one.text), [*known, case.facts]):
            yield signal(
                Code.COPIED, f"第 {at} 项答复与另一件的相同，还写着那一件诉求里的事", strength=0.7, about=about
            )


def template(case: ClosedCase) -> Iterator[Signal]:
    """Most of the reply stands word for word in the organ's replies to others, and nothing in it was done."""
    share = case.habits.stock_share(case.reply)
    if share >= STOCK and not proof.results(case, case.own_facts):
        said = f"答复有 {100 * share:.0f}% 的字句与本单位给别的件的答复相同"
        yield signal(Code.TEMPLATE, said, strength=1.0 if share >= ALL_STOCK else 0.5)


def bare(case: ClosedCase) -> Iterator[Signal]:
    """Not one figure, and nothing done: no day, amount, number of this case."""
    if case.ending not in OPINIONS or inquiry.asks_only(case) or any(sign.isdigit() for sign in proof.own(case.reply)):
        return
    done = any(proof.results(case, one.text) for one in case.answers)
    if not proof.proof(case) and not proof.looked(case.own_facts) and not (done and case.followups):
        yield signal(Code.BARE, "答复里没有一个日期、数目，也没有做到的事，看不出说的是本件")


READERS: tuple[Callable[[ClosedCase], Iterator[Signal]], ...] = (
    *(unanswered, sidestepped, unexplained, partial, unmet, elsewhere, stray, figures, joined, copied, template, bare),
    *inquiry.READERS,
    *fulfilment.READERS,
    *aftermath.READERS,
)
