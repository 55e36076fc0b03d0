"""一件一件地看：哪些线索说明可能是虚假办结。每条线索一个函数，理由是一句话，不抄信访人的话。"""

from collections.abc import Callable, Iterator

from insight.places import NUMBER
from petitions.states import Finding
from supervision.hollow import words
from supervision.hollow.cases import Answer, ClosedCase, Ending
from supervision.hollow.weights import Code, Signal, signal

TAKEN_UP = 0.1  # of what the claim is about; below that the answer speaks of something else, or in other words
STOCK, ALL_STOCK = 0.6, 0.95  # of a reply that stands word for word in other replies of the organ
OWN_FACTS = 2  # days, figures, names: a reply with so many is about this case, however much of it is stock
WITHIN = 90  # 自然日
LAST_DAYS = 2  # 自然日: 四十八小时
ALERT, LIKELY = 0.8, 0.4  # insight.judging 的两个门槛
LEAST_SURE, LEAST_SHARED = 0.1, 3  # where the text says that nothing has changed, less likeness will do
OPINIONS = (Ending.OPINION, Ending.SIMPLE)


def signals(case: ClosedCase) -> list[Signal]:
    """Whatever speaks for a hollow closing, the heaviest first; empty for most cases."""
    found = [one for reader in READERS for one in reader(case)]
    return sorted(found, key=lambda one: -one.weight)


def _which(numbers: list[int]) -> str:
    return f"第 {'、'.join(map(str, numbers))} 项"


def _looks_only_asked(case: ClosedCase) -> bool:
    return all(words.JUST_ASKS.search(claim) for claim in case.claims)


# 答到了没有


def unanswered(case: ClosedCase) -> Iterator[Signal]:
    """A claim without an answer of its own, not withdrawn and not answered with another; or answered past the point."""
    if case.ending not in OPINIONS:
        return
    record = "\n".join([case.facts, *case.followups])
    if len(case.answers) < len(case.claims):
        if words.WITHDRAWN.search(record) or words.COVERS_SEVERAL.search(case.reply):
            return
        ranked = sorted(range(len(case.claims)), key=lambda at: words.taken_up(case.claims[at], case.reply))
        missed = sorted(at + 1 for at in ranked[: len(case.claims) - len(case.answers)])
        yield signal(
            Code.UNANSWERED, f"{len(case.claims)} 项诉求只答了 {len(case.answers)} 项，没有答到的像是{_which(missed)}"
        )
        return
    proved = words.is_proved("", case.followups)
    empty = [
        at
        for at, one in enumerate(case.answers, 1)
        if one.finding != Finding.REJECT and words.is_empty(one.text) and not _looks_only_asked(case)
    ]
    empty = [at for at in empty if not proved and not words.GIVES_WHY.search(case.answers[at - 1].text)]
    if empty:
        yield signal(Code.UNANSWERED, f"{_which(empty)}的答复没有内容", strength=0.8)
        return
    whole = "\n".join([case.reply, *case.followups])
    past = [at for at, claim in enumerate(case.claims, 1) if words.taken_up(claim, whole) < TAKEN_UP]
    if past:
        yield signal(Code.UNANSWERED, f"{_which(past)}诉求说的事，答复里没有用到同样的词，请核对", strength=0.15)


def unexplained(case: ClosedCase) -> Iterator[Signal]:
    """Asked why, and no reason given."""
    if case.ending in OPINIONS and not words.GIVES_WHY.search(words.own(case.reply)):
        asked = [at for at, claim in enumerate(case.claims, 1) if words.ASKS_WHY.search(claim)]
        if asked:
            yield signal(Code.UNEXPLAINED, f"{_which(asked)}问的是原因，答复里没有说原因")


def partial(case: ClosedCase) -> Iterator[Signal]:
    """The claim speaks of several, the reply of one or some of them."""
    told = "\n".join([case.reply, *case.followups])
    if case.ending not in OPINIONS or words.WITHDRAWN.search(told):
        return
    if missed := [name for claim in case.claims for name in words.left_out(claim, told)]:
        yield signal(Code.PARTIAL, f"诉求列了几处，答复没有提到{'、'.join(missed[:3])}", strength=0.8)
    if several := [said for claim in case.claims if (said := words.counted_out(claim, told))]:
        yield signal(Code.PARTIAL, f"诉求说的是{several[0]}，答复只说到一处")


def elsewhere(case: ClosedCase) -> Iterator[Signal]:
    """The reply names another building, road or firm than the claims do."""
    record = "\n".join(case.followups)
    if met := words.names_elsewhere(case.claims, f"{case.reply}\n{record}"):
        yield signal(Code.ELSEWHERE, f"诉求说的是“{met[0]}”，答复说的是“{met[1]}”", strength=0.25)
    for at, one in enumerate(case.answers, 1):
        if named := words.names_foreign(case.claims, f"{case.facts}\n{record}", one.text):
            said = f"第 {at} 项答复说的是“{named.name}”，诉求和调查里都没有"
            yield signal(Code.ELSEWHERE, said, strength=1.0 if named.kind == NUMBER else 0.5)


def unmet(case: ClosedCase) -> Iterator[Signal]:
    """What was asked for (to publish, to pay back, to pull down) is not spoken of in its answer."""
    if case.ending not in OPINIONS or len(case.answers) != len(case.claims):
        return
    rows = enumerate(zip(case.claims, case.answers, strict=True), 1)
    shares = {at: words.unmet(claim, one.text) for at, (claim, one) in rows if one.finding != Finding.REJECT}
    if half := [at for at, share in shares.items() if 0 < share < 1]:
        yield signal(Code.UNMET, f"{_which(half)}要求做几件事，答复只说了其中的")
    elif past := [at for at, share in shares.items() if share == 1]:
        yield signal(Code.UNMET, f"{_which(past)}要求做的事，答复里没有说做没做", strength=0.5)


def copied(case: ClosedCase) -> Iterator[Signal]:
    """An answer taken over from another case, with that case's matter still in it."""
    for at, one in enumerate(case.answers, 1):
        if about := case.habits.copied_from(words.own(one.text), [*case.claims, case.facts, *case.followups]):
            yield signal(Code.COPIED, f"第 {at} 项答复与另一件的相同，还写着那一件诉求里的事", about=about)


def template(case: ClosedCase) -> Iterator[Signal]:
    """Most of the reply stands word for word in the organ's replies to others, and next to nothing is of this case."""
    share = case.habits.stock_share(case.reply)
    if share >= STOCK and words.specifics(case.reply) < OWN_FACTS:
        said = f"答复有 {100 * share:.0f}% 的字句与本单位给别的件的答复相同"
        yield signal(Code.TEMPLATE, said, strength=1.0 if share >= ALL_STOCK else 0.5)


def bare(case: ClosedCase) -> Iterator[Signal]:
    """Not one day, figure, place or object of this case."""
    if case.ending in OPINIONS and not _looks_only_asked(case) and not words.specifics(case.reply):
        yield signal(Code.BARE, "答复里没有一个日期、数目、地点或者对象，看不出说的是本件")


# 查过没有，依据够不够


def unheard(case: ClosedCase) -> Iterator[Signal]:
    """Nothing looked into: an opinion of policy alone, or a matter turned away unread."""
    if case.on_paper or (case.ending in OPINIONS and _looks_only_asked(case)):
        return
    told = case.reply if case.ending == Ending.SIMPLE else case.facts
    done = any(words.was_done(one.text, case.closed_on) for one in case.answers)
    if case.ending in OPINIONS and not done and not words.is_looked_into(told, case.followups):
        yield signal(Code.UNHEARD, "没有调查、听取意见的记录，事实里也没有写怎样查的、查到什么")
    unread = not words.HANDED_OVER.search(case.facts) and not words.is_looked_into("", case.followups)
    if case.is_procedural and unread:
        yield signal(Code.UNHEARD, f"{case.ending.label}，没有写哪天向谁核实、移到哪里、收件编号")


def groundless(case: ClosedCase) -> Iterator[Signal]:
    """Refused, or turned away, without an article or a reason."""
    refused = [at for at, one in enumerate(case.answers, 1) if one.finding == Finding.REJECT]
    if case.is_procedural and words.NO_GROUND.search(case.reply):
        yield signal(Code.GROUNDLESS, f"{case.ending.label}，写的理由不是法定的情形")
        return
    if words.cites_law(case.basis, case.reply):
        return
    strength = 0.1 if words.REASONED.search(words.own(case.reply)) else 0.5
    if case.ending in OPINIONS and refused:
        yield signal(Code.GROUNDLESS, f"{_which(refused)}不支持，没有写依据的是哪一条", strength=strength)
    elif case.is_procedural:
        yield signal(Code.GROUNDLESS, f"{case.ending.label}，没有写依据的是哪一条", strength=strength)


def duty(case: ClosedCase) -> Iterator[Signal]:
    """Asked to look into an offence, and sent elsewhere without looking or handing it over."""
    asked = any(words.ASKS_DUTY.search(claim) for claim in case.claims)
    if case.is_procedural and asked and not case.on_paper and not words.HANDED_OVER.search(case.facts):
        yield signal(Code.DUTY, f"诉求是请求查处，{case.ending.label}前没有查，也没有移送")


def against(case: ClosedCase) -> Iterator[Signal]:
    """The outcome says one thing and the words the other, or the facts bear the claim out and the answer denies it."""
    for at, one in enumerate(case.answers, 1):
        if words.is_against(one.finding, one.text):
            yield signal(Code.AGAINST, f"第 {at} 项结论是“{Finding(one.finding).label}”，意见写的却不是")
    turned_down = [one for one in case.answers if one.finding not in words.SUPPORTED]
    if len(case.claims) == len(turned_down) == 1 and words.denies_its_facts(case.facts, turned_down[0].text):
        yield signal(Code.AGAINST, "查到的事实印证了诉求，意见却说没有这回事")
    supported = [one for one in case.answers if one.finding == Finding.SUPPORT]
    if len(case.claims) == len(supported) == 1 and words.NOTHING_FOUND.search(words.own(case.facts)):
        yield signal(Code.AGAINST, "事实说没有这回事，结论却是支持")
    if supported and case.followups and words.STILL_OPEN.search(case.followups[-1]):
        yield signal(Code.AGAINST, "记录的最后一笔说还没有做到，结论是支持、已办结")


def once(case: ClosedCase) -> Iterator[Signal]:
    """Said not to be so after one look."""
    denied = [one for one in case.answers if one.finding in (Finding.REJECT, Finding.EXPLAIN)]
    looked = words.looked_once("\n".join([case.reply, *case.followups]))
    if case.ending in OPINIONS and denied and looked:
        often = any(words.PLURAL.search(claim) for claim in case.claims)
        yield signal(Code.ONCE, "只看了一次就说没有这回事", strength=1.0 if often else 0.35)


def passed_on(case: ClosedCase) -> Iterator[Signal]:
    """Answered by handing it to somebody else, and closed."""
    passed = [at for at, one in enumerate(case.answers, 1) if words.PASSED_ON.search(words.own(one.text))]
    undone = [at for at in passed if not words.was_done(case.answers[at - 1].text, case.closed_on)]
    if case.ending in OPINIONS and undone:
        yield signal(Code.PASSED_ON, f"{_which(undone)}转给别的单位去办、去答，本单位就此办结")


# 做到了没有


def undone(case: ClosedCase) -> Iterator[Signal]:
    """Supported, and nothing shows that it was done: by the tasks of execution, or without any by the words."""
    if case.executed is False:
        yield signal(Code.UNDONE, "支持的诉求到期没有落实，或者登记了拒不落实")
    if case.ending not in OPINIONS or case.executed is not None:
        return
    found = {at: degree for at, one in enumerate(case.answers, 1) if (degree := _undone(case, one))}
    if found:
        yield signal(
            Code.UNDONE, f"{_which(list(found))}没有写哪天做到，也没有落实的记录", strength=max(found.values())
        )


def _undone(case: ClosedCase, one: Answer) -> float:
    """How far one answer is only words, 0–1."""
    text, owed = words.own(one.text), words.owed_by(one.text, case.closed_on)
    vague = words.VAGUE.search(text) is not None
    about = one.text if len(case.answers) > 1 else ""
    if one.finding == Finding.REJECT or words.was_done(one.text, case.closed_on):
        return 0.0
    if words.is_proved(about, case.followups):
        return 0.0
    if one.finding == Finding.EXPLAIN:
        told = words.specifics(one.text) or words.DONE.search(text) or words.ROUTE.search(text)
        return 1.0 if vague and not told else 0.0
    if owed or vague or words.BY_A_DAY.search(text):
        return 1.0
    return 0.6 if words.DONE.search(text) or words.DID.search(text) else 1.0


def said_content(case: ClosedCase) -> Iterator[Signal]:
    """The reply says the petitioner is content, and the record shows nobody who asked them."""
    told = "\n".join([words.own(case.reply), *case.followups])
    reached = words.was_contacted(case.followups)
    if words.SAYS_CONTENT.search(told) and reached is not True:
        said = "记录是没有联系上" if reached is False else "没有联系信访人的记录"
        yield signal(Code.SAID_CONTENT, f"写了信访人满意、没有异议，{said}")
    elif words.TOUCHED.search(words.own(case.reply)) and reached is None:
        yield signal(Code.SAID_CONTENT, "写了已经联系信访人，没有联系的记录", strength=0.7)
    elif words.SAYS_CONTENT.search(words.own(case.reply)) and any(one.dissatisfied for one in case.ratings):
        yield signal(Code.SAID_CONTENT, "写了信访人满意、没有异议，评价是不满意", strength=0.7)


def unsigned(case: ClosedCase) -> Iterator[Signal]:
    """Ended by withdrawal or settlement without anything signed."""
    if case.ending not in (Ending.SETTLED, Ending.TERMINATED) or case.on_paper:
        return
    told = "\n".join([case.reply, *case.followups])
    signed = words.ON_PAPER.search(words.NOT_ON_PAPER.sub("", told)) is not None
    if not signed or words.NOT_ON_PAPER.search("\n".join(case.followups)):
        yield signal(Code.UNSIGNED, f"{case.ending.label}，没有签字的协议或者撤回申请")


# 办结的前后


def last_hours(case: ClosedCase) -> Iterator[Signal]:
    """Closed in the last 48 hours before the day, which alone says little."""
    if case.due_on and 0 <= (case.due_on - case.closed_on).days <= LAST_DAYS:
        yield signal(Code.LAST_HOURS, f"{case.closed_on:%Y-%m-%d} 办结，{case.due_on:%Y-%m-%d} 届满")


def repeated(case: ClosedCase) -> Iterator[Signal]:
    """The same matter was brought again within ninety days; asking for review, a copy, or saying thanks is none."""
    for one in case.later:
        if not 0 <= one.days_after <= WITHIN or words.CONTENT_OR_REMEDY.search(one.text):
            continue
        unchanged = words.STILL.search(one.text) is not None
        same = one.sure >= LIKELY
        if one.sure >= LEAST_SURE and words.shared(case.claims, one.text) >= LEAST_SHARED + (not unchanged):
            same = True
        if same:
            who = "同一信访人" if one.same_petitioner else "另有信访人"
            strength = 1.0 if unchanged else 0.8 if one.sure >= ALERT else 0.5
            said = f"办结后 {one.days_after} 天，{who}又提出同一事项{'，说没有变化' if unchanged else ''}"
            yield signal(
                Code.REPEATED, said, strength=strength * (1.0 if one.same_petitioner else 0.15), about=one.about
            )


def dissatisfied(case: ClosedCase) -> Iterator[Signal]:
    """Rated not satisfied; that nothing was done or the wrong thing answered says more than that it took long."""
    told = [one for one in case.ratings if one.dissatisfied]
    if any(words.RATED_EMPTY.search(one.words) for one in told):
        yield signal(Code.UNSOLVED, "评价不满意，原因是没有做到、没有答到或者说得不对")
    elif told:
        yield signal(Code.DISSATISFIED, "评价不满意")


def procedural(case: ClosedCase) -> Iterator[Signal]:
    """Ended without going into the matter, at a time when the organ does so more often than it used to."""
    habits = case.habits
    if case.is_procedural and habits.is_unusual:
        said = (
            f"{case.ending.label}：本单位近来有 {habits.lately.percent:.0f}% 以程序性结论了结"
            f"（{habits.lately.procedural}/{habits.lately.cases}），平时是 {habits.before.percent:.0f}%"
        )
        yield signal(Code.PROCEDURAL, said)


READERS: tuple[Callable[[ClosedCase], Iterator[Signal]], ...] = (
    unanswered,
    unexplained,
    partial,
    unmet,
    elsewhere,
    copied,
    template,
    bare,
    unheard,
    groundless,
    duty,
    against,
    once,
    passed_on,
    undone,
    said_content,
    unsigned,
    last_hours,
    repeated,
    dissatisfied,
    procedural,
)
