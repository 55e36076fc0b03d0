"""做到了没有：支持了没有做、只有承诺，转了没有下文，和解没有签字，记录与答复说的不一样。"""

import re
from collections.abc import Iterator

from petitions.act.states import Finding
from supervision.hollow import proof, vocabulary
from supervision.hollow.closed_case import OPINIONS, ClosedCase, Ending
from supervision.hollow.inquiry import asks_only
from supervision.hollow.weights import Code, Signal, signal

SUPPORTED = (Finding.SUPPORT, Finding.PARTIAL)


def undone(case: ClosedCase) -> Iterator[Signal]:
    """Supported, and nothing shows that it was done: by the tasks of execution, or without any by the words."""
    if case.executed is False:
        yield signal(Code.UNDONE, "支持的诉求到期没有落实，或者登记了拒不落实")
    if case.ending not in OPINIONS or case.executed is not None:
        return
    told = "".join(one.text for one in case.answers)
    supported = any(one.finding in SUPPORTED for one in case.answers)
    turned_down = any(one.finding == Finding.REJECT for one in case.answers)
    promised = vocabulary.VAGUE.search(proof.own(told)) is not None
    explained = not asks_only(case) and all(one.finding in (None, Finding.EXPLAIN) for one in case.answers)
    if explained and promised and not proof.proof(case) and not vocabulary.VERDICT.search(proof.own(told)):
        yield signal(Code.UNDONE, "只有打算，没有写哪天做到，也没有落实的记录", strength=0.8)
    if not supported:
        return
    if not proof.proof(case):
        answered, acted = proof.says_done(case, told), proof.acts(case)
        if answered and (acted or case.was_shown):
            return
        strength = (
            0.4
            if turned_down or ((answered or acted) and not promised)
            else 1.0
            if promised or vocabulary.PLAN.search(case.own_facts)
            else 0.8
        )
        yield signal(Code.UNDONE, "支持的诉求没有写哪天做到，也没有落实的记录", strength=strength)
    elif (
        promised
        and not any(proof.results(case, line) or proof.is_seen(line) for line in case.followups)
        and not proof.says_done(case, told)
        and not proof.is_seen(told)
        and not re.search(r"\d", told)
    ):
        yield signal(Code.UNDONE, "答复只说打算怎么办，没有说做到了什么", strength=0.5)


def settled_nothing(case: ClosedCase) -> Iterator[Signal]:
    """The facts bear the claim out, and the answer advises, where it should act."""
    answers = [one for one in case.answers if one.finding not in SUPPORTED]
    told = "".join(one.text for one in answers)
    if case.ending not in OPINIONS or len(answers) < len(case.answers) or "信访人" in proof.looked(case.own_facts):
        return
    confirmed, advised = vocabulary.CONFIRMED.search(case.own_facts), vocabulary.ADVISED.search(proof.own(told))
    if confirmed and advised and not vocabulary.SANCTION.search(f"{case.own_facts}{told}"):
        yield signal(Code.LOOSE_END, "查到的事实印证了诉求，却劝协商、理解了结，没有处理")


def against(case: ClosedCase) -> Iterator[Signal]:
    """The record says otherwise than the reply: still not done, not signed, not reached."""
    for at, one in enumerate(case.answers, 1):
        opposite = {Finding.SUPPORT: vocabulary.TURNS_DOWN, Finding.REJECT: vocabulary.GRANTS}.get(one.finding)
        if opposite is not None and opposite.search(one.text):
            yield signal(Code.AGAINST, f"第 {at} 项结论是“{Finding(one.finding).label}”，意见写的却不是")
    if case.ending in OPINIONS or case.ending == Ending.SETTLED:
        open_still = [at for at, line in enumerate(case.followups) if _is_open(case, at, line)]
        if open_still:
            late = open_still[-1] == len(case.followups) - 1
            said = "记录里写着没有做到、没有签或者信访人又来说，答复没有理会"
            yield signal(Code.AGAINST, said, strength=1.0 if late else 0.7)
    answers = [one for one in case.answers if one.finding not in SUPPORTED]
    if len(case.claims) == len(answers) == 1 and case.ending in OPINIONS and not proof.results(case, answers[0].text):
        borne_out = vocabulary.BORNE_OUT.search(vocabulary.NOT_BORNE_OUT.sub("", case.own_facts))
        if borne_out and vocabulary.MADE_LIGHT.search(answers[0].text) and not proof.results(case, case.own_facts):
            yield signal(Code.AGAINST, "查到的事实印证了诉求，意见却说没有这回事")
    told = "".join(one.text for one in case.answers)
    if vocabulary.ALL_DONE.search(told) and vocabulary.REST.search("\n".join([case.facts, *case.followups])):
        yield signal(Code.AGAINST, "答复说全部做到，事实、记录里写着还有没做到的")
    handed_in = [line for line in case.followups if vocabulary.SELF_PROVED.search(line)]
    if handed_in and len(handed_in) == len(case.followups) and case.ending in OPINIONS:
        yield signal(Code.SELF_PROVED, "办结的凭据只有被反映一方自己交来的")


def _is_open(case: ClosedCase, at: int, line: str) -> bool:
    """Whether a line of the record says that something is not done or not signed, and nothing noted after it, in the
    same line or a later one, that it was put right."""
    unsigned = vocabulary.NOT_SIGNED if case.ending == Ending.SETTLED else vocabulary.FORGED
    met = [one.end() for pattern in (vocabulary.NOT_DONE, unsigned) for one in pattern.finditer(line)]
    later = case.followups[at + 1 :]
    rest = proof.clauses(line[max(met) :])[1:] if met else []
    put_right = any(proof.is_seen(one) or proof.results(case, one) for one in [*rest, *later])
    return bool(met) and not put_right and not vocabulary.SETTLED_AFTER.search("\n".join([line[max(met) :], *later]))


def passed_on(case: ClosedCase) -> Iterator[Signal]:
    """Answered by handing it to somebody else, with no word of what came of it, and closed."""
    told = "\n".join(proof.own(one.text) for one in case.answers)
    if case.ending not in OPINIONS or not vocabulary.PASSED_ON.search(told):
        return
    if not vocabulary.TAKEN_OVER.search(case.record) and not proof.results(case, case.own_facts):
        yield signal(Code.PASSED_ON, "转给别的单位去办、去答，没有下文，本单位就此办结")


def said_content(case: ClosedCase) -> Iterator[Signal]:
    """The reply says the petitioner is content, and the record shows that nobody reached them."""
    reached = proof.was_contacted(case.followups)
    if not vocabulary.SAYS_CONTENT.search(proof.own(case.reply)):
        return
    if reached is False:
        yield signal(Code.SAID_CONTENT, "写了信访人满意、没有异议，记录是没有联系上")
    elif any(one.dissatisfied for one in case.ratings):
        yield signal(Code.SAID_CONTENT, "写了信访人满意、没有异议，评价是不满意", strength=0.7)
    elif reached is None and not proof.looked(case.facts) & {"信访人"}:
        yield signal(Code.SAID_CONTENT, "写了信访人满意、没有异议，没有联系信访人的记录", strength=0.6)


def unsigned(case: ClosedCase) -> Iterator[Signal]:
    """Ended by withdrawal or settlement without anything signed or paid."""
    if case.ending not in (Ending.SETTLED, Ending.TERMINATED) or case.on_paper:
        return
    refused = [at for at, line in enumerate(case.followups) if vocabulary.NOT_SIGNED.search(line)]
    later = "\n".join(case.followups[refused[-1] + 1 :]) if refused else ""
    unsigned_record = bool(refused) and not vocabulary.SIGNED.search(later)
    signed = vocabulary.SIGNED.search(vocabulary.NOT_SIGNED.sub("", case.record)) is not None
    if not signed or unsigned_record:
        said = f"{case.ending.label}，没有签字的协议或者撤回申请"
        yield signal(Code.UNSIGNED, said)
    elif vocabulary.NOT_SIGNED.search(case.facts) and not case.followups:
        yield signal(Code.UNSIGNED, f"{case.ending.label}，只有口头、代签的", strength=0.7)


READERS = (undone, settled_nothing, against, passed_on, said_content, unsigned)
