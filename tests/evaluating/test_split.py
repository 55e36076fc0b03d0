"""分成两份：相近的文字不会一半训练、一半检验；按时间的，检验的都在后面；行一条不少。"""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

LETTERS = [
    "和鸣里小区三号楼电梯停运已经十天，物业一直不来修，老人上下楼很困难。",
    "望河路夜市油烟很大，晚上十一点还在吵，请管一管。",
    "学校门口没有斑马线，孩子过马路危险，请交通部门增设。",
    "工地拖欠我们二十个人三个月工资，包工头电话不接。",
    "自来水发黄有味道，问过几次说在查，一直没有结果。",
]


@pytest.fixture
def letters(tmp_path):
    """Every letter four times, each time a little otherwise; one a day."""
    file = tmp_path / "letters.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        written = csv.writer(out)
        written.writerow(["id", "title", "body", "submitted_at", "category1"])
        for n in range(4 * len(LETTERS)):
            kind = n % len(LETTERS)
            written.writerow([n, "", LETTERS[kind] + "盼复谢谢请尽快"[: n // 5 + 1], f"2026-03-{n + 1:02}", kind])
    return file


def told(**options) -> dict:
    out = StringIO()
    call_command("evaluate", "split", stdout=out, **({"by": "near", "share": 20, "seed": 1, "json": True} | options))
    return json.loads(out.getvalue())


def read(folder, name) -> list[dict]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_near_texts_stay_together_and_no_row_is_lost(letters, tmp_path):
    for seed in (1, 2, 3):
        out = tmp_path / str(seed)
        assert told(file=letters, out=out, seed=seed) == {"rows": 20, "groups": 5, "train": 16, "test": 4}
        train, test = read(out, "train"), read(out, "test")
        assert {row["category1"] for row in train}.isdisjoint(row["category1"] for row in test)
        assert sorted(int(row["id"]) for row in train + test) == list(range(20))


def test_the_same_seed_gives_the_same_halves(letters, tmp_path):
    for out in ("a", "b"):
        told(file=letters, out=tmp_path / out, seed=7)
    assert read(tmp_path / "a", "test") == read(tmp_path / "b", "test")


def test_by_time_the_later_ones_are_the_test(letters, tmp_path):
    told(file=letters, out=tmp_path / "time", by="time")
    train, test = read(tmp_path / "time", "train"), read(tmp_path / "time", "test")
    assert len(test) == 4
    assert max(row["submitted_at"] for row in train) < min(row["submitted_at"] for row in test)


@pytest.mark.parametrize(
    ("options", "complaint"), [({"share": 0}, "百分之 1 到 90"), ({"file": Path("没有.csv")}, "读不到文件")]
)
def test_what_cannot_be_split_is_said(letters, tmp_path, options, complaint):
    with pytest.raises(CommandError, match=complaint):
        told(**({"file": letters, "out": tmp_path} | options))
