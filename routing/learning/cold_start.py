"""冷启动：还没有已确认的件可学，先从城市包自编的例句（examples.csv）学成一版；学到更好的，它就让位。

examples.csv: text,rule – invented petitions and the line of routing.csv each belongs to. A pack without the file goes
by its rules alone. What is learnt is the matter, not the organ: ten matters of one bureau have nothing in common.
wordings.csv: rule,words – how people speak of that matter, apart by ";". Too common for a rule, together they tell
matters apart: they are learnt, and never proposed by.
"""

from collections import Counter
from hashlib import md5
from pathlib import Path

from petitions.intake.category_pack import table, words_of
from routing.destination.routing_pack import RULE_COLUMNS
from routing.destination.rule_books import Book, book
from routing.destination.rules import OVERRULING, Facts, targets
from routing.learning.blend import Judged
from routing.learning.models_in_use import FROM_PACK, Learnt
from routing.learning.scores import score
from routing.learning.training import Case, held_back, train_on_invented
from routing.models import Promotion, SorterVersion, Subject
from rulebook.timekeeping import now

EXAMPLE_COLUMNS = ("text", "rule")
WORDING_COLUMNS = ("rule", "words")
# words read as one case: the fewer, the more each says; chosen by leaving out a quarter of the examples in turn
TOGETHER = 4
WORDINGS_TOGETHER = 2
FEWEST = 50


def check(folder: Path) -> list[str]:
    """Every complaint about the examples, in sentences; none where the pack brings none."""
    path = folder / "examples.csv"
    if not path.exists():
        return []
    complaints: list[str] = []
    rows = table(path, EXAMPLE_COLUMNS, complaints)
    codes = {row["code"] for row in table(folder / "routing.csv", RULE_COLUMNS, complaints)}
    texts = Counter(row["text"] for row in rows)
    for number, row in enumerate(rows, start=2):
        named = f"examples.csv 第{number}行"
        if not row["text"] or texts[row["text"]] > 1:
            complaints.append(f"{named}的例句为空或者重复")
        if row["rule"] not in codes:
            complaints.append(f"{named}的规则“{row['rule']}”不在 routing.csv 中")
    if (folder / "wordings.csv").exists():
        for number, row in enumerate(table(folder / "wordings.csv", WORDING_COLUMNS, complaints), start=2):
            if row["rule"] not in codes or not words_of(row["words"]):
                complaints.append(f"wordings.csv 第{number}行的规则“{row['rule']}”不在 routing.csv 中，或者没有词语")
    if not complaints and len(rows) < FEWEST:
        complaints.append(f"examples.csv 只有 {len(rows)} 条例句，至少 {FEWEST} 条才学得出来")
    return complaints


def load(folder: Path) -> SorterVersion | None:
    """Learn the pack's examples and put them to use, unless what is in use was learnt from confirmed cases.

    Returns the version in use if it is the pack's. The same examples and words are not learnt twice. The scores are
    those of a fifth held back; what is put to use has learnt all of them.
    """
    if not (folder / "examples.csv").exists():
        return None
    current = Promotion.objects.of(Subject.ORGAN).first()
    if current is not None and (current.version is None or not current.version.fingerprint.startswith(FROM_PACK)):
        return None
    examples = [Case(row["text"], row["rule"]) for row in table(folder / "examples.csv", EXAMPLE_COLUMNS)]
    words = _worded(folder)
    fingerprint = FROM_PACK + _digest([*examples, *words])
    if current is not None and current.version is not None and current.version.fingerprint == fingerprint:
        return current.version
    apart = [case for case in examples if held_back(case.text)]
    tried = train_on_invented([*(case for case in examples if not held_back(case.text)), *words])
    held = book()
    judge = Learnt(0, len(examples) - len(apart), tried, from_pack=True).judge
    known = {rule.code: rule.target for rule in held.rules}
    wanted = [known[case.label] for case in apart]
    version = SorterVersion.objects.create(
        subject=Subject.ORGAN,
        number=SorterVersion.objects.next_number(Subject.ORGAN),
        made_at=now(),
        cases=len(examples),
        held_back=len(apart),
        fingerprint=fingerprint,
        scores=score(wanted, [_targets(case, held, judge(case.text)) for case in apart]).as_dict(),
        rival_scores=score(wanted, [_targets(case, held, None) for case in apart]).as_dict(),
        stored=train_on_invented([*examples, *words]).to_bytes(),
    )
    Promotion.objects.create(subject=Subject.ORGAN, version=version, at=now(), reason="城市包的例句（冷启动）")
    return version


def _targets(case: Case, held: Book, judged: Judged | None) -> list[str]:
    facts = Facts(words=held.words_in(case.text), alike=held.alike_in(case.text))
    return targets(facts, held.rules, judged)


def _worded(folder: Path) -> list[Case]:
    """The words of the rules and the wordings, a few at a time, as if somebody had written them.

    Overruling words are not learnt. Everyday words stand in a row of their own, with the reason of the row they belong
    to: they are learnt as its words.
    """
    cases: list[Case] = []
    named: dict[tuple[str, str], str] = {}
    for row in table(folder / "routing.csv", RULE_COLUMNS):
        label = named.setdefault((row["target"], row["reason"]), row["code"])
        if int(row["priority"]) >= OVERRULING:
            cases += _together(words_of(row["words"]), label, TOGETHER)
    if (folder / "wordings.csv").exists():
        for row in table(folder / "wordings.csv", WORDING_COLUMNS):
            cases += _together(words_of(row["words"]), row["rule"], WORDINGS_TOGETHER)
    return cases


def _together(words: list[str], label: str, count: int) -> list[Case]:
    return [Case("，".join(words[at : at + count]), label) for at in range(0, len(words), count)]


def _digest(cases: list[Case]) -> str:
    told = "\n".join(f"{case.text}\t{case.label}" for case in cases)
    return md5(told.encode(), usedforsecurity=False).hexdigest()[: 32 - len(FROM_PACK)]
