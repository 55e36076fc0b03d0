"""分流规则怎么判：事实和规则进，建议和理由出。不碰数据库；人定，系统只建议（第二十二条，rules §1.5）。"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from accounts.staff.areas import street_of
from routing.destination.word_scan import outermost
from routing.learning.blend import Judged

OVERRULING = 10  # a rule of lower priority number goes before all others as soon as one of its words stands there
FALLBACK = (
    700  # rules from here on read everyday words (孩子, 小区): they say little, and lend it to their target's rules
)
LENT = 0.4  # what an everyday word counts of what another counts
ALIKE = 0.5  # what wording like a rule's counts beside its words themselves
LEAST_ALIKE = 0.3  # from which likeness alone is worth a proposal
AFTER_ALL_WORDS = 900  # the rules that go by category alone; a chosen category is weighed like words
LEAST_LEARNT = 0.02  # share from which a kind of organ is proposed on what was learnt alone
THEIRS = 8.0  # times the share of what was learnt counts where the accused has that function: mostly it is about that
AFTER_THE_RULES = 999
STREET = "street"
OF_A_STREET = "反映的是街道（乡镇），由区里同职能的单位办理（条例第三十条）"
REPORT_REASON = "检举控告不按内容分流，转纪检监察专岗（条例第三十条）"


@dataclass(frozen=True)
class Desk:
    """An organ as routing sees it."""

    id: int
    name: str
    kind: str
    level: str
    function: str
    territory: str
    within: frozenset[int]  # itself and all above it


@dataclass(frozen=True)
class Facts:
    """What is known of a petition. `words`: those of the rules' words that stand in its text."""

    words: frozenset[str] = frozenset()
    category: str = ""
    territory: str = ""  # of the matter
    registrar: Desk | None = None
    is_report: bool = False
    accused: int | None = None
    accused_does: str = ""  # its function; of a street or town "street"
    about: int | None = None
    about_reason: str = ""
    alike: Mapping[str, float] = field(default_factory=dict)  # rule code → how like its words the text is worded


@dataclass(frozen=True)
class Rule:
    """One row: any of the words, or the category chosen by a person, in the territory → a target.

    `target`: street · bureau:<function> · city:<function> · discipline · political_legal · petition_office.
    """

    code: str
    priority: int
    target: str
    reason: str
    words: frozenset[str] = frozenset()
    exclude: frozenset[str] = frozenset()
    category: str = ""  # what the rule says the matter is
    by_category: bool = False  # whether a chosen category alone is enough
    territory: str = ""
    above: str = ""  # the target one level up that has the same function, where the organ itself is the accused
    id: int | None = None


class Ruling(Protocol):
    """What stops() reads of a rule, whether it stands in memory or in the database."""

    @property
    def priority(self) -> int: ...

    @property
    def target(self) -> str: ...


# no row: it is the law's own
REPORT_RULE = Rule(code="", priority=0, target="discipline", reason=REPORT_REASON)
_NOBODY = Rule(code="", priority=AFTER_ALL_WORDS, target="", reason="")


@dataclass(frozen=True)
class Proposal:
    """Where it should go and why, as sentences. Without a desk it waits for a person: 待甄别."""

    rule: Rule | None
    desk: Desk | None
    reasons: tuple[str, ...]
    percent: int = 0  # share of the evidence, not a probability
    hits: tuple[str, ...] = ()

    @property
    def stops(self) -> bool:
        """Whether the words of the text forbid that it is sent on by itself."""
        return self.rule is not None and stops(self.rule)


def stops(rule: Ruling) -> bool:
    """Words of bribery or abuse of power: the rule goes before all others and names the discipline body."""
    return rule.priority < OVERRULING and rule.target == "discipline"


def propose(
    facts: Facts, rules: Iterable[Rule], desks: Sequence[Desk], learnt: Judged | None = None
) -> Proposal | None:
    """The first of proposals(). None where nothing speaks: a person decides (待甄别)."""
    return next(each_proposal(facts, rules, desks, learnt), None)


def proposals(
    facts: Facts, rules: Iterable[Rule], desks: Sequence[Desk], learnt: Judged | None = None
) -> list[Proposal]:
    """All of each_proposal()."""
    return list(each_proposal(facts, rules, desks, learnt))


def each_proposal(
    facts: Facts, rules: Iterable[Rule], desks: Sequence[Desk], learnt: Judged | None = None
) -> Iterator[Proposal]:
    """Every rule that speaks, best first, each desk once; `learnt` lends its share to the targets, and adds its own.

    What was learnt never goes before a rule that overrules, and knows nothing of reports. Where the best rule has no
    desk to go to (its street is not known), no weaker one takes its place.

    The accused organ, and whatever lies below it, is never proposed. The organ complained of is not proposed either
    unless a reason is given: it may be competent, but a person must say so (model.md, 第三十条).
    """
    ranked = _ranked(facts, rules, learnt)
    total = sum(weight for _, _, weight in ranked)
    found: set[int] = set()
    for rule, hits, weight in ranked:
        desk, notes = _desk_for(rule, facts, desks)
        is_learnt = rule.priority == AFTER_THE_RULES
        if (desk is None and is_learnt) or (desk is not None and desk.id in found):
            continue
        if desk is not None:
            found.add(desk.id)
        said = _learnt_said(learnt, rule) if learnt and rule.code and not is_learnt else ""
        reasons = [*_said(rule, hits, facts), rule.reason, said, *notes]
        told = tuple(reason for reason in reasons if reason)
        yield Proposal(rule if rule.code else None, desk, told, round(100 * weight / total), hits)


def _learnt_said(learnt: Judged, rule: Rule) -> str:
    return learnt.because.get(rule.code) or learnt.because.get(rule.target, "")


def targets(facts: Facts, rules: Iterable[Rule], learnt: Judged | None = None) -> list[str]:
    """What kinds of organ proposals() would go by, best first, whether or not such an organ is at hand."""
    return list(dict.fromkeys(rule.target for rule, _, _ in _ranked(facts, rules, learnt)))


Weighed = tuple[Rule, tuple[str, ...], float]


def _ranked(facts: Facts, rules: Iterable[Rule], learnt: Judged | None) -> list[Weighed]:
    if facts.is_report:
        return [(REPORT_RULE, (), 1.0)]
    held = list(rules)
    with_hits = ((rule, _hits(rule, facts)) for rule in held)
    weighed = [(rule, hits, weight) for rule, hits in with_hits if (weight := _weight(rule, facts, hits))]
    ranked = sorted(_lent(weighed, held, facts.alike), key=_place_of)
    if learnt is None:
        return ranked
    return sorted(_with_learnt(ranked, _best_of(learnt, held, facts.accused_does), learnt), key=_place_of)


def _place_of(weighed: Weighed) -> tuple[bool, float, int, str]:
    rule, _, weight = weighed
    return rule.priority >= OVERRULING, -weight, rule.priority, rule.code


Best = dict[str, tuple[float, Rule | None]]


def _with_learnt(ranked: Sequence[Weighed], best: Best, learnt: Judged) -> list[Weighed]:
    """The rules with the share of their target added – once a target – and the targets no rule names.

    Of a target's rules the one that was learnt of stands for it.
    """
    total, open_targets = sum(weight for _, _, weight in ranked), dict(best)
    trust = learnt.trust if ranked else 1.0
    found = {rule.code: hits for rule, hits, _ in ranked}
    mixed: list[Weighed] = []
    for rule, hits, weight in ranked:
        share, named = open_targets.pop(rule.target, (0.0, None))
        said = (1 - trust) * weight / total + trust * share
        if named is None or named.code == rule.code or rule.priority < OVERRULING:
            mixed.append((rule, hits, said))
        else:
            mixed += [(named, found.get(named.code, ()), said), (rule, hits, (1 - trust) * weight / total)]
    for target, (share, named) in open_targets.items():
        if share >= LEAST_LEARNT:
            alone = Rule("", AFTER_THE_RULES, target, learnt.because.get(target, ""))
            mixed.append((named or alone, (), trust * share))
    return mixed


def _best_of(learnt: Judged, rules: Iterable[Rule], accused_does: str) -> Best:
    """For each target the greatest share it or one of its rules has, and that rule.

    What was learnt speaks of targets (confirmed cases) or of rules (a pack's examples). A rule that overrules is not
    named: that takes its words.
    """
    known = {rule.code: rule for rule in rules}
    best: Best = {}
    for label, learnt_share in learnt.shares.items():
        rule = known.get(label)
        target = rule.target if rule else label
        theirs = accused_does and target.rpartition(":")[2] == accused_does
        share = learnt_share * THEIRS if theirs else learnt_share
        if share > best.get(target, (0.0, None))[0]:
            best[target] = (share, rule if rule and rule.priority >= OVERRULING else None)
    return best


def _lent(weighed: list[Weighed], rules: Sequence[Rule], alike: Mapping[str, float]) -> list[Weighed]:
    """The rules with what everyday words and like wording add: a share of it to each rule of their target.

    A target no other rule speaks for is spoken for by its everyday words, or by the rule the wording is most like.
    """
    lent: dict[str, float] = {}
    for rule, _, weight in weighed:
        if _is_fallback(rule):
            lent[rule.target] = lent.get(rule.target, 0.0) + LENT * weight
    nearest: dict[str, Rule] = {}
    for rule in rules:
        if likeness := alike.get(rule.code, 0.0):
            lent[rule.target] = lent.get(rule.target, 0.0) + ALIKE * likeness
            if likeness > alike.get(nearest.get(rule.target, _NOBODY).code, 0.0):
                nearest[rule.target] = rule
    said = {rule.target for rule, _, _ in weighed if not _is_fallback(rule)}
    found = [
        (rule, hits, lent[rule.target] if _is_fallback(rule) else weight + lent.get(rule.target, 0.0))
        for rule, hits, weight in weighed
        if not (_is_fallback(rule) and rule.target in said)
    ]
    said |= {rule.target for rule, _, _ in weighed}
    alone = [rule for target, rule in nearest.items() if target not in said and lent[target] >= LEAST_ALIKE]
    return found + [(rule, (), lent[rule.target]) for rule in alone]


def _is_fallback(rule: Rule) -> bool:
    return FALLBACK <= rule.priority < AFTER_ALL_WORDS


def does(kind: str, function: str) -> str:
    """What an organ is there for, as the end of a target says it; empty where no rule can mean it."""
    return STREET if kind in ("street", "town") else function


def target_of(desk: Desk, desks: Iterable[Desk]) -> str:
    """The target a rule would have to name to mean this desk; empty where no rule can."""
    if desk.kind in ("street", "town"):
        return "street"
    if desk.kind in ("discipline", "political_legal", "petition_office", "party"):
        return desk.kind
    if not desk.function or desk.kind in ("section", "community"):
        return ""
    below = any(other.function == desk.function and other.level == "district" for other in desks)
    return f"city:{desk.function}" if desk.level == "city" and below else f"bureau:{desk.function}"


def _hits(rule: Rule, facts: Facts) -> tuple[str, ...]:
    if rule.exclude & facts.words:
        return ()
    return tuple(outermost(rule.words & facts.words))


def _weight(rule: Rule, facts: Facts, hits: tuple[str, ...]) -> float:
    """Longer words say more. A category a person chose counts as much as two words of four signs."""
    if rule.territory and not facts.territory.startswith(rule.territory):
        return 0.0
    weight = float(sum(len(word) - 1 for word in hits)) if hits else 0.0
    if rule.category and facts.category and rule.category[:4] == facts.category[:4] and (hits or rule.by_category):
        weight += 6 if rule.category == facts.category else 3
    return weight


def _said(rule: Rule, hits: tuple[str, ...], facts: Facts) -> tuple[str, ...]:
    said = []
    if hits:
        said.append(f"提到{'、'.join(f'“{word}”' for word in hits[:6])}")
    if rule.category and rule.category == facts.category:
        said.append("内容分类与该规则一致")
    if not said and facts.alike.get(rule.code):
        said.append("用语和这一项相近")
    return tuple(said)


def _desk_for(rule: Rule, facts: Facts, desks: Sequence[Desk]) -> tuple[Desk | None, tuple[str, ...]]:
    candidates, notes = _candidates(rule.target, facts, desks), []
    if not candidates and rule.target == facts.accused_does == STREET:  # no street is named: it would be the accused
        candidates = _candidates(rule.above, facts, desks)
        notes = [OF_A_STREET] if candidates else []
    if not candidates:
        return None, (_unknown(rule.target, facts),)
    if rule.above and any(facts.accused is not None and facts.accused in desk.within for desk in candidates):
        candidates += _candidates(rule.above, facts, desks)
    for desk in candidates:
        if facts.accused is not None and facts.accused in desk.within:
            notes.append(f"不得转给被检举控告的“{desk.name}”及其下级（条例第三十条）")
        elif facts.about is not None and facts.about in desk.within and not facts.about_reason:
            notes.append(f"“{desk.name}”是信访人反映的涉及单位，未作建议；确应由其办理的，请写明理由")
        else:
            return desk, tuple(notes)
    return None, tuple(notes)


def _candidates(target: str, facts: Facts, desks: Sequence[Desk]) -> list[Desk]:
    """The desks the target may mean, nearest to the matter first."""
    what, _, function = target.partition(":")
    place = _place(facts)
    if what == "street":
        here = [desk for desk in desks if desk.level == "street" and place.startswith(desk.territory or "-")]
        return [desk for desk in here if desk.kind in ("street", "town")]
    if what == "bureau":
        fitting = [desk for desk in desks if desk.function == function and desk.kind not in ("section", "community")]
    elif what == "city":
        fitting = [desk for desk in desks if desk.function == function and desk.level == "city"]
    else:
        fitting = [desk for desk in desks if desk.kind == what]
    covering = [desk for desk in fitting if desk.territory and place.startswith(desk.territory)]
    return sorted(covering, key=lambda desk: (-len(desk.territory), desk.id))


def _place(facts: Facts) -> str:
    """The area of the matter; where nobody said, that of the organ which registered it."""
    own = facts.registrar.territory if facts.registrar else ""
    return facts.territory or own


def _unknown(target: str, facts: Facts) -> str:
    if target == "street" and not street_of(_place(facts)):
        return "由问题属地的街道（乡镇）办理，属地还没有写明：请补充发生地"
    return "本辖区没有承担这项职能的单位：请人工确定去向"
