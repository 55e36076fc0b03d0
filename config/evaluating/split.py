"""分成两份：一份训练、一份检验；相近的文字整组在一边，或者按时间一刀切"""

import csv
from argparse import ArgumentParser
from collections import Counter, defaultdict
from pathlib import Path
from random import Random
from typing import Any

from config.evaluating import Unreadable, rows_of
from insight.search.normal_form import bigrams, normalise

NEAR = 0.5  # 二字组有这么多相同，算相近的文字
RAREST = 12  # 个：每件拿这么多最少见的二字组去找相近的
COMMON = 200  # 件：见于更多件的二字组分不出谁和谁相近
WHEN = "submitted_at"
Row = dict[str, str]


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--file", type=Path, required=True, metavar="FILE", help="带表头的 CSV")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="写 train.csv、test.csv 的文件夹")
    parser.add_argument("--by", choices=["near", "time"], default="near", help=f"相近的在一边，或者按 {WHEN} 先后")
    parser.add_argument("--share", type=int, default=20, help="检验的一份占百分之几")
    parser.add_argument("--seed", type=int, default=1, help="哪些组作检验")


def evaluate(options: dict[str, Any]) -> dict[str, int]:
    """Writes the two files with the columns of the one; how many rows, groups of near texts and rows in each."""
    if not 1 <= options["share"] <= 90:
        raise Unreadable("检验的一份应占百分之 1 到 90")
    by_time = options["by"] == "time"
    rows = rows_of(options["file"], (WHEN,) if by_time else ())
    if len(rows) < 2:
        raise Unreadable(f"{options['file'].name} 不足两行，分不成两份")
    groups = [[row] for row in sorted(rows, key=lambda row: row[WHEN])] if by_time else near(rows)
    if not by_time:
        Random(options["seed"]).shuffle(groups)
    wanted, test = len(rows) * options["share"] / 100, list[Row]()
    train_groups = list(groups)
    while train_groups and len(test) < wanted:
        test += train_groups.pop()
    train = [row for group in train_groups for row in group]
    options["out"].mkdir(parents=True, exist_ok=True)
    for name, part in (("train", train), ("test", test)):
        with (options["out"] / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            written = csv.DictWriter(file, list(rows[0]))
            written.writeheader()
            written.writerows(part)
    return {"rows": len(rows), "groups": len(groups), "train": len(train), "test": len(test)}


def near(rows: list[Row]) -> list[list[Row]]:
    """The rows in groups: two whose texts share half of their bigrams are in one, and so is who is near to either."""
    words = [bigrams(normalise(_text(row))) for row in rows]
    often = Counter(word for found in words for word in found)
    holders: dict[str, list[int]] = defaultdict(list)
    head = list(range(len(rows)))

    def top(at: int) -> int:
        while head[at] != at:
            head[at] = at = head[head[at]]
        return at

    for at, found in enumerate(words):
        asked = sorted((word for word in found if often[word] <= COMMON), key=lambda word: (often[word], word))[:RAREST]
        for other in {other for word in asked for other in holders[word]}:
            if top(other) != top(at) and len(found & words[other]) >= NEAR * len(found | words[other]):
                head[top(at)] = top(other)
        for word in asked:
            holders[word].append(at)
    groups: dict[int, list[Row]] = defaultdict(list)
    for at, row in enumerate(rows):
        groups[top(at)].append(row)
    return list(groups.values())


def _text(row: Row) -> str:
    return "".join((row.get("tokens") or "").split()) or f"{row.get('title') or ''}\n{row.get('body') or ''}"
