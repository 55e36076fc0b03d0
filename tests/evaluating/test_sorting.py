"""manage evaluate categories、routing：产品自己的训练和判断，量在标注文件上。"""

import csv
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.routing.learnable import cases


def written(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, list(rows[0]))
        out.writeheader()
        out.writerows(rows)
    return str(path)


def evaluated(task, train, test):
    said = StringIO()
    call_command("evaluate", task, "--train", *train, "--test", test, "--json", stdout=said)
    return json.loads(said.getvalue())


@pytest.fixture
def whole(tmp_path):
    """Titles and bodies in one file, segmented words in another: the two forms a labelled file may have."""
    told = cases()
    raw = [{"title": c.title, "body": c.text, "category1": c.label} for c in told[::2]]
    tokens = [{"tokens": " ".join(c.text), "category1": c.label} for c in told[1::2]]
    return written(tmp_path / "raw.csv", raw), written(tmp_path / "tokens.csv", tokens)


def test_trained_on_one_form_it_is_measured_on_the_other(whole):
    raw, tokens = whole
    for train, test in (([raw], tokens), ([tokens], raw)):
        told = evaluated("categories", train, test)
        assert {"macro_f1", "weighted_f1", "top1", "top3", "ms_per_item"} <= told.keys()
        assert told["top1"] > 90
        assert told["ms_per_item"] > 0


def test_several_training_files_are_read_together(whole, tmp_path):
    raw, _ = whole
    extra = written(tmp_path / "extra.csv", [{"body": f"渔船{n}号被撞", "category1": "农村农业"} for n in range(5)])
    test = written(tmp_path / "test.csv", [{"body": "渔船9号被撞", "category1": "农村农业"}])
    assert evaluated("categories", [raw], test)["top1"] == 0
    assert evaluated("categories", [raw, extra], test)["top1"] == 100


def test_units_are_read_from_their_column_and_rows_without_one_left_out(tmp_path):
    rows = [{"title": c.title, "body": c.text, "unit_type": c.label, "reply": "已办"} for c in cases()]
    train = written(
        tmp_path / "train.csv", [*rows, {"title": "无单位", "body": "不知道谁办", "unit_type": "", "reply": ""}]
    )
    test = written(tmp_path / "test.csv", [{"title": "拖欠工资", "body": "", "unit": "劳动和社会保障"}])
    told = evaluated("routing", [train], test)
    assert (told["top1"], told["cases"]) == (100, 1)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{"body": "停水"}], "须有 category1 列"),
        ([{"category1": "水"}], "须有 tokens，或者 body、title"),
        ([{"body": "停水", "category1": ""}], "没有一行同时有文字和标注"),
        ([{"body": "停水", "category1": "水"}], "不足两个"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(tmp_path, rows, said):
    path = written(tmp_path / "bad.csv", rows)
    with pytest.raises(CommandError, match=said):
        evaluated("categories", [path], path)
