"""冷启动：还没有已确认的件可学，先从城市包自编的例句（examples.csv）学成一版；学到更好的，它就让位。

examples.csv: text,target – invented petitions and where each goes, written as routing.csv writes it. A pack without
the file goes by its rules alone.
"""

from hashlib import md5
from pathlib import Path

from petitions.pack import table, words_of
from routing.books import Book, book
from routing.learning.scores import score
from routing.learning.training import Case, held_back, train
from routing.learnt import FROM_PACK, Learnt
from routing.models import Promotion, SorterVersion, Subject
from routing.pack import RULE_COLUMNS, target_complaint
from routing.rules import OVERRULING, Facts, targets
from routing.weighing import Judged
from rulebook.timekeeping import now

EXAMPLE_COLUMNS = ("text", "target")
TOGETHER = 10  # words of a rule read as one case: a letter holds several
FEWEST = 50


def check(folder: Path) -> list[str]:
    """Every complaint about the examples, in sentences; none where the pack brings none."""
    path = folder / "examples.csv"
    if not path.exists():
        return []
    complaints: list[str] = []
    rows = table(path, EXAMPLE_COLUMNS, complaints)
    functions = {row["function"] for row in table(folder / "organs.csv", ("function",), complaints)}
    texts = [row["text"] for row in rows]
    for number, row in enumerate(rows, start=2):
        named = f"examples.csv 第{number}行"
        if not row["text"] or texts.index(row["text"]) != number - 2:
            complaints.append(f"{named}的例句为空或者与前面重复")
        if said := target_complaint(row["target"], functions):
            complaints.append(f"{named}{said}")
    if not complaints and len(rows) < FEWEST:
        complaints.append(f"examples.csv 只有 {len(rows)} 条例句，至少 {FEWEST} 条才学得出来")
    return complaints


def load(folder: Path) -> SorterVersion | None:
    """Learn the pack's examples and put them to use, unless what is in use was learnt from confirmed cases.

    Returns the version in use if it is the pack's. The same examples and words are not learnt twice.
    """
    if not (folder / "examples.csv").exists():
        return None
    current = Promotion.objects.of(Subject.ORGAN).first()
    if current is not None and (current.version is None or not current.version.fingerprint.startswith(FROM_PACK)):
        return None
    examples = [Case(row["text"], row["target"]) for row in table(folder / "examples.csv", EXAMPLE_COLUMNS)]
    words = _worded(folder)
    fingerprint = FROM_PACK + _digest([*examples, *words])
    if current is not None and current.version is not None and current.version.fingerprint == fingerprint:
        return current.version
    apart = [case for case in examples if held_back(case.text)]
    sorter = train([*(case for case in examples if not held_back(case.text)), *words])
    held = book()
    judge = Learnt(0, len(examples) - len(apart), sorter, from_pack=True).judge
    ruled = [_targets(case, held, None) for case in apart]
    both = [_targets(case, held, judge(case.text)) for case in apart]
    version = SorterVersion.objects.create(
        subject=Subject.ORGAN,
        number=SorterVersion.objects.next_number(Subject.ORGAN),
        made_at=now(),
        cases=len(examples) - len(apart),
        held_back=len(apart),
        fingerprint=fingerprint,
        scores=score([case.label for case in apart], both).as_dict(),
        rival_scores=score([case.label for case in apart], ruled).as_dict(),
        stored=sorter.to_bytes(),
    )
    Promotion.objects.create(subject=Subject.ORGAN, version=version, at=now(), reason="城市包的例句（冷启动）")
    return version


def _targets(case: Case, held: Book, judged: Judged | None) -> list[str]:
    facts = Facts(words=held.words_in(case.text), alike=held.alike_in(case.text))
    return targets(facts, held.rules, judged)


def _worded(folder: Path) -> list[Case]:
    """The words of the rules, a few at a time, as if somebody had written them. Overruling words are not learnt."""
    cases = []
    for row in table(folder / "routing.csv", RULE_COLUMNS):
        words = words_of(row["words"]) if int(row["priority"]) >= OVERRULING else []
        cases += [Case("，".join(words[at : at + TOGETHER]), row["target"]) for at in range(0, len(words), TOGETHER)]
    return cases


def _digest(cases: list[Case]) -> str:
    told = "\n".join(f"{case.text}\t{case.label}" for case in cases)
    return md5(told.encode(), usedforsecurity=False).hexdigest()[: 32 - len(FROM_PACK)]
