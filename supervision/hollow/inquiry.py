"""查过没有，查得对不对：没有查、只听一面之词、查的不是那个时候、依据不够。"""

import re
from collections.abc import Iterator

from petitions.act.states import Finding
from rulebook.statute.citations import citations
from supervision.hollow import matter, proof, vocabulary
from supervision.hollow.closed_case import OPINIONS, Answer, ClosedCase, Ending, which
from supervision.hollow.weights import Code, Signal, signal

POLICY = 3  # places that tell what is so in general
FIGURES = 5  # in the facts: so many days and amounts nobody has who did not look


def _denied(case: ClosedCase) -> list[Answer]:
    """Answers by which there was nothing in the claim."""
    told = (one for one in case.answers if one.finding not in (Finding.SUPPORT, Finding.PARTIAL))
    return [
        one
        for one in told
        if one.finding == Finding.REJECT
        or vocabulary.NOT_FOUND.search(f"{case.own_facts}{one.text}")
        or (vocabulary.ADVISED.search(proof.own(one.text)) and not proof.proof(case))
    ]


def asks_only(case: ClosedCase) -> bool:
    """Whether every claim is a question, for which an answer is the deed."""
    return all(
        vocabulary.JUST_ASKS.search(claim) and not vocabulary.DEMANDS_SOMETHING.search(claim) for claim in case.claims
    )


def unheard(case: ClosedCase) -> Iterator[Signal]:
    """Nothing looked into: an opinion of policy and meetings alone, or a matter turned away unread."""
    if case.on_paper or asks_only(case):
        return
    told = "\n".join([case.reply if case.ending == Ending.SIMPLE else case.own_facts, *case.followups])
    said = "".join(one.text for one in case.answers)
    if case.ending in OPINIONS and not proof.looked(told) and not proof.proof(case) and not proof.says_done(case, said):
        if proof.is_inquired(case) or proof.acts(case) or len(re.findall(r"\d+", case.own_facts)) >= FIGURES:
            return
        dated = any(True for _ in proof.days_in(case.own_facts, case.closed_on))
        told = "没有调查、听取意见的记录，事实里也没有写怎样查的、查到什么"
        yield signal(Code.UNHEARD, told, strength=0.4 if dated else 1.0)
    unread = not vocabulary.HANDED_OVER.search(case.record) and not proof.looked(told)
    # 不归信访的，写明向谁、走什么程序，差的只是核实
    shown_the_way = case.ending != Ending.TERMINATED and vocabulary.CHANNEL.search(case.reply) is not None
    if case.is_procedural and unread:
        yield signal(
            Code.UNHEARD,
            f"{case.ending.label}，没有写哪天向谁核实、移到哪里、收件编号",
            strength=0.4 if shown_the_way else 1.0,
        )


def filler(case: ClosedCase) -> Iterator[Signal]:
    """Meetings, instructions and training in the place of what was found."""
    if case.ending not in OPINIONS:
        return
    held = len(vocabulary.MEETING.findall(f"{case.own_facts}{''.join(one.text for one in case.answers)}"))
    if held >= 4 and len(proof.looked(case.own_facts)) <= 1 and not proof.results(case, case.own_facts):
        yield signal(Code.FILLER, "写的是批示、会议、教育、制度，没有写查到什么、做了什么")


def policy_only(case: ClosedCase) -> Iterator[Signal]:
    """A demand answered with how it is done in general, without a day or a find of its own."""
    told = "".join([case.facts, *(one.text for one in case.answers)])
    explained = all(one.finding in (None, Finding.EXPLAIN) for one in case.answers)
    if case.ending not in OPINIONS or not explained or case.was_shown or asks_only(case) or proof.results(case, told):
        return
    if len(vocabulary.POLICY.findall(told)) >= POLICY and not any(True for _ in proof.days_in(told, case.closed_on)):
        yield signal(Code.FILLER, "写的是政策一般怎样办，没有写这一件查到什么")


def hearsay(case: ClosedCase) -> Iterator[Signal]:
    """Said not to be so on the word or papers of the one complained of; nothing measured, nobody else asked."""
    if case.ending not in OPINIONS or not _denied(case) or case.was_shown or asks_only(case):
        return
    ways = proof.looked("\n".join([case.own_facts, *case.followups]))
    told = f"{case.own_facts}\n{''.join(one.text for one in case.answers)}\n{''.join(case.followups)}"
    heard, filed = vocabulary.HEARSAY.search(told), vocabulary.ON_FILE.search(told)
    if vocabulary.ASKS_LICENCE.search(case.asked):
        filed = None  # 问的就是证照、手续，看证照就是查
    if (heard or filed) and not ways & {"量验", "信访人"}:
        said = "只凭被反映一方说的" if heard else "只凭证照、手续齐全"
        strength = 1.0 if (heard and filed) or len(ways) <= 1 else 0.7 if len(ways) == 2 else 0.3
        yield signal(Code.HEARSAY, f"{said}就说没有这回事，没有检测、没有向信访人核对", strength=strength)
    elif ways <= {"调取"} and not vocabulary.REASONED.search(told):
        yield signal(Code.HEARSAY, "只看了材料就说没有这回事，没有到现场、没有问人", strength=0.6)


def mistimed(case: ClosedCase) -> Iterator[Signal]:
    """Said not to be so after looking at other hours than the claim tells of, or after the one looked at was warned."""
    found = "\n".join([case.facts, *case.followups])
    if (
        case.ending in OPINIONS
        and vocabulary.FOREWARNED.search(found)
        and not vocabulary.UNANNOUNCED.search(case.record)
    ):
        yield signal(Code.MISTIMED, "检查以前通知了被检查的一方，没有不打招呼再查")
    if case.ending not in OPINIONS or not _denied(case):
        return
    told = "\n".join([case.own_facts, *(one.text for one in case.answers), *case.followups])
    if matter.at_other_hours(case.asked, told):
        yield signal(Code.MISTIMED, "查的不是诉求说的时段，却说没有这回事")
    elif vocabulary.PASSING.search(case.asked) and matter.passes_over_hours(case.asked, told):
        yield signal(Code.MISTIMED, "诉求说的是夜里、周末，答复没有写那个时段查过", strength=0.6)


def once(case: ClosedCase) -> Iterator[Signal]:
    """Said not to be so after one look."""
    if case.ending not in OPINIONS or not _denied(case):
        return
    told = "".join([case.own_facts, *(one.text for one in _denied(case))])
    days = {day for day, _ in proof.days_in(told, case.closed_on)}
    ways = proof.looked("\n".join([told, *case.followups]))
    if case.was_shown or not re.search(rf"{vocabulary.NOT_FOUND.pattern}|正常", told):
        return
    if vocabulary.ONE_LOOK.search(told) and len(days) <= 1 and not ways & {"量验", "信访人"}:
        often = vocabulary.OFTEN.search(case.asked) is not None
        yield signal(Code.ONCE, "只看了一次就说没有这回事", strength=1.0 if often else 0.6)


def passed_over(case: ClosedCase) -> Iterator[Signal]:
    """Turned down without a word of the proof the petitioner has."""
    if (
        case.ending in OPINIONS
        and _denied(case)
        and not case.was_shown
        and (what := matter.evidence_passed_over(case.asked, case.record))
    ):
        yield signal(Code.PASSED_OVER, f"信访人说有{what}，答复没有说看过")


def impossible(case: ClosedCase) -> Iterator[Signal]:
    """What the reply says was done on a day after the case was closed."""
    if day := proof.impossible(case):
        yield signal(Code.IMPOSSIBLE, f"{case.closed_on:%Y-%m-%d} 办结，答复里的事写在 {day:%Y-%m-%d}")


def groundless(case: ClosedCase) -> Iterator[Signal]:
    """Refused, or turned away, without an article, or with a decision on another matter."""
    refused = [at for at, one in enumerate(case.answers, 1) if one.finding == Finding.REJECT]
    if case.is_procedural and vocabulary.NO_GROUND.search(case.reply):
        yield signal(Code.GROUNDLESS, f"{case.ending.label}，写的理由不是法定的情形")
        return
    if case.ending == Ending.DECLINED and vocabulary.FINAL.search(case.reply) and _is_of_another_time(case):
        yield signal(Code.GROUNDLESS, "据以不再受理的处理意见，早于诉求说的事")
        return
    if case.is_procedural and vocabulary.FINAL.search(case.reply):
        quoted = "，".join(re.findall("“([^”]{6,})”", case.facts))
        if quoted and matter.taken_up(case.asked, quoted) < 0.1:
            yield signal(Code.GROUNDLESS, "据以不再受理的处理意见，说的像是另一件事")
        elif (
            vocabulary.FINISHED.search(case.reply)
            and not case.on_paper
            and not vocabulary.DECISION.search(re.sub("不再受理|不予受理", "", case.record))
        ):
            yield signal(Code.GROUNDLESS, "说已经终结、不再受理，没有写是哪一份处理意见")
        return
    if any(citations(text) for text in (case.basis, case.reply)):
        return
    if case.ending in OPINIONS and refused and not proof.looked(case.own_facts):
        yield signal(Code.GROUNDLESS, f"{which(refused)}不支持，没有写依据的是哪一条", strength=0.5)
    elif case.is_procedural and case.ending != Ending.TERMINATED:
        yield signal(Code.GROUNDLESS, f"{case.ending.label}，没有写依据的是哪一条", strength=0.5)


def _is_of_another_time(case: ClosedCase) -> bool:
    """Whether every year the decision speaks of lies before every year the claim speaks of."""
    asked, told = matter.years(case.asked), matter.years(case.facts)
    return bool(asked and told) and max(told) < min(asked)


def duty(case: ClosedCase) -> Iterator[Signal]:
    """Asked to look into an offence, and sent elsewhere without looking or handing it over."""
    asked = vocabulary.ASKS_DUTY.search(case.asked)
    if case.is_procedural and asked and not case.on_paper and not vocabulary.HANDED_OVER.search(case.record):
        yield signal(Code.DUTY, f"诉求是请求查处，{case.ending.label}前没有查，也没有移送")


READERS = (unheard, filler, policy_only, hearsay, mistimed, once, passed_over, impossible, groundless, duty)
