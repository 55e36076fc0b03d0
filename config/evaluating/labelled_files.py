"""标注文件的各种写法：整句或分词、有无标题，读成同一种件。"""

from collections.abc import Sequence
from pathlib import Path

from config.evaluating import Stopwatch, Unreadable, rows_of
from routing.learning.scores import score
from routing.learning.training import Case, TooFew, train


def cases_of(paths: Sequence[Path], columns: Sequence[str]) -> list[Case]:
    """The labelled rows of one file or several, each with its own columns; rows without a label or words are left out.

    The words stand in `tokens` (joined without blanks) or in `body` and `title`; the label in the first of `columns`
    that the file has. Raises Unreadable with a sentence where a file has neither, or no labelled row.
    """
    found: list[Case] = []
    for path in paths:
        rows = rows_of(path, ())
        names = rows[0].keys() if rows else set()
        label = next((name for name in columns if name in names), None)
        if label is None:
            raise Unreadable(f"{path.name} 没有带标注的行：须有 {' 或 '.join(columns)} 列")
        if not names & {"tokens", "body", "title"}:
            raise Unreadable(f"{path.name} 缺少文字列：须有 tokens，或者 body、title")
        read = [_case(row, label) for row in rows]
        found += [case for case in read if case.label and (case.text or case.title)]
    if not found:
        raise Unreadable(f"{'、'.join(path.name for path in paths)} 没有一行同时有文字和标注")
    return found


def _case(row: dict[str, str], label: str) -> Case:
    text = "".join((row.get("tokens") or "").split()) or (row.get("body") or "").strip()
    title = "" if row.get("tokens") else (row.get("title") or "").strip()
    return Case(text, (row[label] or "").strip(), title, (row.get("reply") or "").strip())


def measure(train_on: Sequence[Case], test_on: Sequence[Case]) -> dict[str, float]:
    """Train as the nightly task does, propose for every test case, and score it; ms of one proposal."""
    try:
        sorter = train(train_on)
    except TooFew as short:
        raise Unreadable(str(short)) from short
    watch, ranked = Stopwatch(), []
    for case in test_on:
        with watch:
            ranked.append([row.label for row in sorter.rank(case.text, case.title)])
    scores = score([case.label for case in test_on], ranked)
    return scores.as_dict() | {"ms_per_item": watch.ms_per(len(test_on)), "cases": scores.cases}
