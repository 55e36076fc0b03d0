"""判重：召回、提醒的精确率与召回率、难例 F1、套话陷阱的识别"""

import json
from argparse import ArgumentParser
from collections import defaultdict
from dataclasses import asdict, replace
from datetime import date, timedelta
from math import log
from pathlib import Path
from zlib import crc32

from config.evaluating import Stopwatch, Unreadable, percent, rows_of
from config.evaluating.corpus import Corpus, Message
from config.evaluating.fitting import ELSEWHERE_HELD, fitted, grown
from config.evaluating.traps import traps
from insight.duplicates.judgement import Judge, Judgement, judgement, read
from insight.duplicates.matter_account import Telling
from insight.duplicates.pair_comparison import COPY_SCORES, PLACE_SCORES, TOPIC_SCORES, Asking

KS = (1, 5, 10)
PRECISE = 0.95
APART = (0, 1, 3, 10, 30, 80)  # 自然日：陷阱在原件之后几日提出
COPIES_FITTED = (2400, 11)  # 拟合用的陷阱：多少件、随机种子；评测请用别的种子
PARTS = ("places", "topics", "copies", "rerank")
WORDS_ONLY = (10.0, 3.0, 0.4)  # what words and title count for, and how alike two texts must be, without the judges


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--messages", type=Path, required=True, help="来件：id,title,body,submitted_at,user")
    parser.add_argument("--groups", type=Path, required=True, help="同一事项：id,group_id")
    parser.add_argument("--pairs", type=Path, required=True, help="人工读过的对：id_a,id_b,label[,trap]")
    parser.add_argument("--ignore", type=Path, help="两可的：id_a,id_b 或者 id，不计")
    parser.add_argument("--traps", type=int, default=0, help="另造多少件套话陷阱")
    parser.add_argument("--seed", type=int, default=2026, help="造陷阱的随机种子")
    parser.add_argument("--without", action="append", default=[], choices=PARTS, help="去掉一部分，看它值多少")
    parser.add_argument("--weights", type=Path, help="用这张权重表，不用产品的")
    parser.add_argument("--fold", help="K/N：只问第 K 份里的组与对（从 0 起）")
    parser.add_argument("--from", dest="since", type=date.fromisoformat, help="只问这一天起的（年-月-日）")
    parser.add_argument("--fit", type=Path, help="不评测，拟合权重写到这里；不看 --fold 那一份、--from 那天起的")


def evaluate(options) -> dict:
    """The figures of the file in percent; the thresholds are the product's."""
    judged = read(options["weights"]) if options["weights"] else judgement()
    for part in options["without"]:
        judged = _without(judged, part)
    gold = Gold(options)
    corpus = Corpus(gold.messages, judged)
    if options["fit"]:
        return _fit(corpus, gold, options["fit"])
    watch = Stopwatch()
    told = {**_recall(corpus, gold), **_alerts(corpus, gold, watch), **_pairs(corpus, gold)}
    forged = _forged(corpus, gold, options["traps"], options["seed"]) if options["traps"] else []
    rejected = [sure < judged.alert for sure in forged]
    file_traps = [sure < judged.alert for sure in told.pop("traps")]
    every = [*file_traps, *rejected]
    told["traps_rejected_pct"] = percent(sum(every), len(every)) if every else None
    if rejected:
        told["generated_traps"] = len(rejected)
        told["generated_traps_rejected_pct"] = percent(sum(rejected), len(rejected))
    told["ms_per_item"] = watch.ms_per(len(gold.asked_for_alerts))
    return told


class Gold:
    """What the files say, by message id, and which part of it is asked."""

    def __init__(self, options):
        self.messages = [
            Message.of(row) for row in rows_of(options["messages"], ("id", "title", "body", "submitted_at", "user"))
        ]
        self.messages.sort(key=lambda message: (message.at, message.id))
        number = {message.id: at for at, message in enumerate(self.messages)}
        self.group = {
            number[row["id"]]: row["group_id"]
            for row in rows_of(options["groups"], ("id", "group_id"))
            if row["id"] in number
        }
        self.members: dict[str, list[int]] = defaultdict(list)
        for at, group in self.group.items():
            self.members[group].append(at)
        self.pairs = [
            (
                *sorted((number[row["id_a"]], number[row["id_b"]]), reverse=True),
                row["label"] == "1",
                row.get("trap") == "1",
            )
            for row in rows_of(options["pairs"], ("id_a", "id_b", "label"))
            if row["id_a"] in number and row["id_b"] in number
        ]
        self.ignored_pairs, self.ignored = _ignored(options["ignore"], number)
        self._fold, self._since = _fold(options["fold"]), options["since"]

    def is_asked(self, at: int) -> bool:
        """Whether the message lies in the part asked about: whole groups go together, or whatever came since a day."""
        share, of = self._fold
        if self._since and self.messages[at].day < self._since:
            return False
        return of == 1 or crc32(self.group.get(at, self.messages[at].id).encode()) % of == share

    @property
    def is_whole(self) -> bool:
        return self._fold[1] == 1 and self._since is None

    def is_known(self, at: int) -> bool:
        """Whether what is fitted may see the message at all: of a part by time nothing that came later."""
        return self._since is None or self.messages[at].day < self._since

    @property
    def asked(self) -> list[int]:
        """The messages that have a duplicate somewhere."""
        return [at for at in sorted(self.group) if len(self.members[self.group[at]]) > 1 and self.is_asked(at)]

    @property
    def asked_for_alerts(self) -> list[int]:
        """Every message but those outside the groups of which both answers can be defended."""
        return [
            at for at in range(len(self.messages)) if self.is_asked(at) and (at in self.group or at not in self.ignored)
        ]

    def is_same(self, one: int, other: int) -> bool:
        return one in self.group and self.group[one] == self.group.get(other)

    def counts(self, one: int, other: int) -> bool:
        return frozenset((one, other)) not in self.ignored_pairs


def _ignored(path: Path | None, number: dict[str, int]) -> tuple[set[frozenset[int]], set[int]]:
    if path is None:
        return set(), set()
    rows = rows_of(path, ())
    if rows and not ({"id_a", "id_b"} <= rows[0].keys() or "id" in rows[0]):
        raise Unreadable(f"{path.name} 缺少列：id_a、id_b 或者 id")
    pairs = {
        frozenset(number[row[key]] for key in ("id_a", "id_b") if row[key] in number) for row in rows if "id_a" in row
    }
    ones = {number[row["id"]] for row in rows if "id" in row and row["id"] in number}
    return pairs, ones.union(*pairs)


def _fold(told: str | None) -> tuple[int, int]:
    if told is None:
        return 0, 1
    share, _, of = told.partition("/")
    if not (share.isdecimal() and of.isdecimal() and int(share) < int(of)):
        raise Unreadable(f"--fold 写成 K/N，K 小于 N：{told}")
    return int(share), int(of)


def _recall(corpus: Corpus, gold: Gold) -> dict:
    """Of the messages with a duplicate, how many find one among the first; `other`: only other petitioners' count."""
    every, others = _places(corpus, gold, own=True), _places(corpus, gold, own=False)
    return {
        **{f"recall_at_{k}": percent(sum(place < k for place in every), len(every)) for k in KS},
        **{f"recall_at_{k}_other": percent(sum(place < k for place in others), len(others)) for k in KS[:2]},
    }


def _places(corpus: Corpus, gold: Gold, *, own: bool) -> list[int]:
    """At which place, from 0, each asked message finds the first of its group; `own`: the petitioner's own count."""
    places = []
    for asked in gold.asked:

        def allowed(at: int, asked: int = asked) -> bool:
            return gold.counts(asked, at) and (own or not corpus.same_person(asked, at))

        if any(at != asked and allowed(at) for at in gold.members[gold.group[asked]]):
            hits = corpus.hits(asked, allowed)
            places.append(next((k for k, (_, at) in enumerate(hits) if gold.is_same(asked, at)), max(KS)))
    return places


def _alerts(corpus: Corpus, gold: Gold, watch: Stopwatch) -> dict:
    """Each message against those before it: an alert is right where its surest hit is of the same group."""
    best: list[tuple[float, bool]] = []
    due = 0
    for asked in gold.asked_for_alerts:
        due += any(at < asked for at in gold.members.get(gold.group.get(asked, ""), ()))
        with watch:
            hits = corpus.hits(asked, lambda at, asked=asked: at < asked and gold.counts(asked, at))
        if hits:
            best.append((hits[0][0], gold.is_same(asked, hits[0][1])))
    raised = [right for sure, right in best if sure >= corpus.judgement.alert]
    right = sum(raised)
    return {
        "alert_precision": percent(right, len(raised)),
        "alert_recall": percent(right, due),
        "alert_f1": percent(2 * right, len(raised) + due),
        "alert_recall_at_precision_95": percent(_right_at(best, PRECISE), due),
    }


def _right_at(best: list[tuple[float, bool]], precision: float) -> int:
    """The most alerts that are right while so large a share of all raised is."""
    most = right = 0
    ranked = sorted(best, reverse=True)
    for raised, (sure, is_right) in enumerate(ranked, start=1):
        right += is_right
        is_cut = raised == len(ranked) or ranked[raised][0] < sure
        if is_cut and right >= precision * raised:
            most = max(most, right)
    return most


def _pairs(corpus: Corpus, gold: Gold) -> dict:
    right = said = true = 0
    traps_sure = []
    for later, earlier, label, is_trap in gold.pairs:
        if not gold.is_asked(later):
            continue
        sure = corpus.sure(corpus.asking(later), earlier, corpus.same_person(later, earlier))
        said += sure >= corpus.judgement.likely
        true += label
        right += label and sure >= corpus.judgement.likely
        if is_trap:
            traps_sure.append(sure)
    return {"pair_f1": percent(2 * right, said + true), "traps": traps_sure}


def _forged(corpus: Corpus, gold: Gold, wanted: int, seed: int) -> list[float]:
    """How sure the product is of each generated trap that it is the matter it was copied from."""
    return [corpus.sure(asking, of, False) for asking, of in _copies(corpus, gold, wanted, seed, asked=True)]


def _copies(corpus: Corpus, gold: Gold, wanted: int, seed: int, *, asked: bool) -> list[tuple[Asking, int]]:
    texts = [(message.title, message.body) for message in corpus.messages]
    made = []
    for at, trap in enumerate(traps(texts, wanted, seed)):
        if gold.is_asked(trap.of) == asked or gold.is_whole:
            day = corpus.tellings[trap.of].day + timedelta(days=APART[at % len(APART)])
            made.append((Asking(Telling.of(trap.title, trap.body, day), corpus.rarity), trap.of))
    return made


def _fit(corpus: Corpus, gold: Gold, path: Path) -> dict:
    """Fit both judges on what is not asked about, and write the table."""
    rows, labels, copies = [], [], []
    for asked in sorted(gold.group):
        if gold.is_asked(asked) and not gold.is_whole:
            continue
        asking = corpus.asking(asked)
        for other in corpus.shortlist(asked, lambda at, asked=asked: gold.counts(asked, at) and gold.is_known(at)):
            rows.append(corpus.compare(asking, other, corpus.same_person(asked, other)).scores)
            labels.append(gold.is_same(asked, other))
    for later, earlier, label, _ in gold.pairs:
        if not gold.is_asked(later) or gold.is_whole:
            rows.append(corpus.compare(corpus.asking(later), earlier, corpus.same_person(later, earlier)).scores)
            labels.append(label)
    for asking, of in _copies(corpus, gold, *COPIES_FITTED, asked=False):
        copies.append(corpus.compare(asking, of, False).scores)
    true = [row for row, label in zip(rows, labels, strict=True) if label]
    same = grown(rows, labels, list(rows[0]))
    told_apart = [name for name in rows[0] if name in COPY_SCORES]
    elsewhere = fitted(true + copies, [False] * len(true) + [True] * len(copies), told_apart, ELSEWHERE_HELD)
    _write(path, replace(corpus.judgement, same=same, elsewhere=elsewhere))
    return {"rows": len(rows), "same": sum(labels), "copies": len(copies)}


def _without(judged: Judgement, part: str) -> Judgement:
    if part == "rerank":
        words, title, least = WORDS_ONLY
        middle = log(judged.alert / (1 - judged.alert)) - words * least
        weights = (words, title, 0.0, 0.0, 0.0)
        return Judgement(
            Judge(("words", "title"), (0.0, 0.0), (1.0, 1.0), weights, middle), None, judged.alert, judged.likely
        )
    if part == "copies":
        return judged.without(frozenset(), elsewhere=False)
    return judged.without(TOPIC_SCORES) if part == "topics" else judged.without(PLACE_SCORES, elsewhere=False)


def _write(path: Path, judged: Judgement) -> None:
    told = {name: asdict(judge) for name, judge in _both(judged)}
    for judge in told.values():
        del judge["ignored"]  # nothing was, while fitting
    path.write_text(
        json.dumps({**told, "alert": judged.alert, "likely": judged.likely}, ensure_ascii=False) + "\n",
        encoding="utf-8",
    )


def _both(judged: Judgement):
    yield "same", judged.same
    if judged.elsewhere:
        yield "elsewhere", judged.elsewhere
