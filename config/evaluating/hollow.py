"""虚假办结：标注好的办结件，认出多少、错认多少，每条线索各准几分"""

import json
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from config.evaluating import Stopwatch, Unreadable, percent
from insight.duplicates.judgement import judgement
from insight.duplicates.matter_account import Rarity, Telling
from insight.duplicates.pair_comparison import Asking
from petitions.act.states import Finding
from petitions.intake.registration import summary_of
from supervision import hollow
from supervision.hollow import ClosedCase, Code, Habits, Later, Rated, Reply, Signal
from supervision.hollow.case_reader import LATELY
from supervision.hollow.closed_case import Answer, Ending, Share, counted
from supervision.hollow.weights import THRESHOLD

FINDINGS = {
    "supported": Finding.SUPPORT,
    "partly": Finding.PARTIAL,
    "refused": Finding.REJECT,
    "explained": Finding.EXPLAIN,
}
NEEDED = ("id", "organ", "received_on", "closed_on", "ending", "claims", "opinion")


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--cases", type=Path, required=True, metavar="FILE", help="办结的件（JSON 数组）")
    parser.add_argument("--labels", type=Path, required=True, metavar="FILE", help="编号 → {hollow, how}")
    parser.add_argument(
        "--without", action="append", default=[], choices=[str(code) for code in Code], help="不看这条线索，看它值多少"
    )
    parser.add_argument("--misses", action="store_true", help="另列出漏认、错认的编号和线索")


def evaluate(options: Mapping[str, Any]) -> dict[str, Any]:
    """Precision, recall and F1 in percent over the file's cases, by the product's own signals and threshold."""
    rows, labels = _cases(options["cases"]), _labels(options["labels"])
    if unlabelled := [row["id"] for row in rows if row["id"] not in labels]:
        raise Unreadable(f"{len(unlabelled)} 件没有标注，例如 {unlabelled[0]}")
    left_out, watch = set(options.get("without") or ()), Stopwatch()
    with watch:
        around = _Around(rows)
        found = {
            row["id"]: [one for one in hollow.signals(around.case(row)) if str(one.code) not in left_out]
            for row in rows
        }
    planted = {key for key in found if labels[key]}
    flagged = {key for key, told in found.items() if hollow.score(told) >= THRESHOLD}
    right = len(planted & flagged)
    told: dict[str, Any] = {
        "precision": percent(right, len(flagged)),
        "recall": percent(right, len(planted)),
        "f1": percent(2 * right, len(flagged) + len(planted)),
        "flagged": len(flagged),
        "planted": len(planted),
        "ms_per_item": watch.ms_per(len(rows)),
        "by_signal": _by_signal(found, planted, flagged),
    }
    return told | _misses(found, planted, flagged) if options.get("misses") else told


def _by_signal(found: Mapping[str, list[Signal]], planted: set[str], flagged: set[str]) -> dict[str, dict[str, float]]:
    """Of each signal: precision among the flagged cases that bear it, in how many it was seen, how many planted."""
    seen: dict[str, set[str]] = defaultdict(set)
    for key, told in found.items():
        for one in told:
            seen[str(one.code)].add(key)
    return {
        str(code): {
            "precision": percent(len(seen[code] & flagged & planted), len(seen[code] & flagged)),
            "flagged": len(seen[code] & flagged),
            "seen": len(seen[code]),
            "seen_planted": len(seen[code] & planted),
        }
        for code in Code
    }


def _misses(found, planted: set[str], flagged: set[str]) -> dict[str, Any]:
    def told(keys: set[str]) -> dict[str, list[str]]:
        return {key: [f"{one.code} {one.weight} {one.reason}" for one in found[key]] for key in sorted(keys)}

    return {"missed": told(planted - flagged), "wrong": told(flagged - planted)}


class _Around:
    """What lies around each row: what its organ writes otherwise, how it ends its cases, how rare each word is."""

    def __init__(self, rows: Sequence[Mapping[str, Any]]):
        self._of_organ: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        self._key = {row["id"]: key for key, row in enumerate(rows, start=1)}
        for row in rows:
            self._of_organ[row["organ"]].append(row)
        self._replies = {
            organ: tuple(Reply.of(self._key[one["id"]], one["claims"], _plain(one).reply) for one in ours)
            for organ, ours in self._of_organ.items()
        }
        self._counts = {organ: counted(replies) for organ, replies in self._replies.items()}
        texts = [_claims_of(row) for row in rows] + [one["text"] for row in rows for one in row.get("later") or ()]
        frequencies: dict[str, int] = defaultdict(int)
        for text in texts:
            for gram in Telling.of("", text, date.min).grams:
                frequencies[gram] += 1
        self._rarity = Rarity(frequencies, len(texts))

    def case(self, row: Mapping[str, Any]) -> ClosedCase:
        return _plain(row, later=self._later(row), habits=self._habits(row))

    def _habits(self, row: Mapping[str, Any]) -> Habits:
        ours, until = self._of_organ[row["organ"]], date.fromisoformat(row["closed_on"])
        lately = [one for one in ours if timedelta(0) <= until - date.fromisoformat(one["received_on"]) < LATELY]
        keys = {one["id"] for one in lately}
        before = [one for one in ours if one["id"] not in keys]
        return Habits(
            replies=self._replies[row["organ"]],
            counts=self._counts[row["organ"]],
            own=self._key[row["id"]],
            lately=_share(lately),
            before=_share(before),
        )

    def _later(self, row: Mapping[str, Any]) -> tuple[Later, ...]:
        told, closed_on = _claims_of(row), date.fromisoformat(row["closed_on"])
        asked = Asking(Telling.of(summary_of(told), told, date.fromisoformat(row["received_on"])), self._rarity)
        found = []
        for one in row.get("later") or ():
            again = Telling.of(summary_of(one["text"]), one["text"], closed_on + timedelta(days=one["days_after"]))
            scores = asked.against(again, same_person=one["same_petitioner"]).scores
            sure = judgement().probability(scores)
            found.append(Later(one["days_after"], one["same_petitioner"], sure, one["text"]))
        return tuple(found)


def _share(rows: Sequence[Mapping[str, Any]]) -> Share:
    return Share(sum(_plain(row).is_procedural for row in rows), len(rows))


def _claims_of(row: Mapping[str, Any]) -> str:
    return "；".join(row["claims"])


def _plain(row: Mapping[str, Any], **told: Any) -> ClosedCase:
    """One row without what lies around it. Raises Unreadable with the row's id where it is not of the format."""
    try:
        opinion = row["opinion"] or {}
        return ClosedCase(
            ending=Ending(row["ending"]),
            received_on=date.fromisoformat(row["received_on"]),
            closed_on=date.fromisoformat(row["closed_on"]),
            due_on=date.fromisoformat(row["due_on"]) if row.get("due_on") else None,
            claims=tuple(row["claims"]),
            facts=opinion.get("facts") or "",
            basis=opinion.get("basis") or "",
            answers=tuple(
                Answer(FINDINGS.get(one.get("finding")), one.get("text") or "") for one in opinion.get("findings") or ()
            ),
            ratings=tuple(
                Rated(one["score"] == "dissatisfied", one.get("reason") or "") for one in row.get("ratings") or ()
            ),
            followups=tuple(row.get("followups") or ()),
            **told,
        )
    except (KeyError, TypeError, ValueError) as wrong:
        raise Unreadable(f"{row.get('id')} 写法不对：{wrong}") from wrong


def _cases(path: Path) -> list[dict[str, Any]]:
    told = _json(path)
    if not isinstance(told, list) or not told:
        raise Unreadable(f"{path.name} 不是办结件的数组，或者一件也没有")
    for at, row in enumerate(told, 1):
        missing = [name for name in NEEDED if not isinstance(row, dict) or name not in row]
        if missing:
            raise Unreadable(f"{path.name} 第 {at} 件缺少：{'、'.join(missing)}")
    return told


def _labels(path: Path) -> dict[str, bool]:
    told = _json(path)
    if not isinstance(told, dict) or not all(isinstance(one, dict) and "hollow" in one for one in told.values()):
        raise Unreadable(f"{path.name} 须为 编号 → {{hollow, how}}")
    return {key: bool(one["hollow"]) for key, one in told.items()}


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as unread:
        raise Unreadable(f"读不到文件 {path}：{unread.strerror}") from unread
    except ValueError as wrong:
        raise Unreadable(f"{path.name} 不是 JSON：{wrong}") from wrong
