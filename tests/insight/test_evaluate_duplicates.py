"""manage evaluate duplicates：对编造的来件量判重，数都对得上；文件不对时说得清。"""

import csv
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.insight.invented import letters

KEYS = {
    *("recall_at_1", "recall_at_5", "recall_at_10", "recall_at_1_other", "recall_at_5_other"),
    *("alert_precision", "alert_recall", "alert_f1", "alert_recall_at_precision_95", "pair_f1"),
    *("traps_rejected_pct", "ms_per_item"),
}


@pytest.fixture
def files(tmp_path):
    """Sixteen letters of as many places; the first eight are sent again by others, word for word."""
    once = {title: (title, text) for title, text, _ in letters(120, seed=88)}
    first = list(once.values())[:16]
    rows = [(f"m{at}", title, text, f"2026-01-{at + 1:02} 09:00", f"u{at}") for at, (title, text) in enumerate(first)]
    rows += [
        (f"r{at}", title, text, f"2026-02-{at + 1:02} 09:00", f"v{at}") for at, (title, text) in enumerate(first[:8])
    ]
    written = {
        "messages": (("id", "title", "body", "submitted_at", "user"), rows),
        "groups": (("id", "group_id"), [(f"{sign}{at}", f"g{at}") for at in range(8) for sign in "mr"]),
        "pairs": (("id_a", "id_b", "label", "trap"), [("m0", "r0", 1, ""), ("m0", "m9", 0, "1")]),
    }
    paths = {}
    for name, (header, lines) in written.items():
        paths[name] = tmp_path / f"{name}.csv"
        with paths[name].open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([header, *lines])
    return paths


def evaluated(files, *more):
    out = StringIO()
    given = [part for name, path in files.items() for part in (f"--{name}", str(path))]
    call_command("evaluate", "duplicates", *given, "--json", *more, stdout=out)
    return json.loads(out.getvalue())


def test_every_figure_is_told_and_the_very_same_letters_are_found(files):
    told = evaluated(files)
    assert told.keys() == KEYS
    assert told["recall_at_1"] == told["recall_at_5_other"] == 100
    assert told["alert_recall"] == 100
    assert told["pair_f1"] == told["traps_rejected_pct"] == 100
    assert told["ms_per_item"] > 0


def test_a_message_outside_the_groups_has_no_duplicate_unless_ignored(files, tmp_path):
    groups = files["groups"].read_text(encoding="utf-8").splitlines()
    files["groups"].write_text("\n".join(groups[:-2]) + "\n", encoding="utf-8")  # the pair m7, r7 is told no longer
    counted = evaluated(files)
    assert counted["alert_precision"] < 100
    ignored = tmp_path / "ignored.csv"
    ignored.write_text("id_a,id_b\nm7,r7\n", encoding="utf-8")
    assert evaluated(files, "--ignore", str(ignored))["alert_precision"] > counted["alert_precision"]


def test_traps_are_made_and_counted_on_request(files):
    told = evaluated(files, "--traps", "5", "--seed", "3")
    assert 0 < told["generated_traps"] <= 5
    assert 0 <= told["generated_traps_rejected_pct"] <= 100


def test_without_the_place_check_the_copy_is_taken_for_the_same(files):
    assert evaluated(files, "--without", "places")["traps_rejected_pct"] <= evaluated(files)["traps_rejected_pct"]


def test_a_file_that_lacks_a_column_or_is_not_there_is_named(files, tmp_path):
    files["groups"].write_text("id\nm0\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"groups\.csv 缺少列：group_id"):
        evaluated(files)
    with pytest.raises(CommandError, match="读不到文件"):
        evaluated({**files, "messages": tmp_path / "none.csv"})


def test_a_part_by_time_is_fitted_on_what_came_before_and_asked_of_what_came_since(files, tmp_path):
    weights = tmp_path / "weights.json"
    before = evaluated(files, "--fit", str(weights), "--from", "2026-02-05")
    assert 0 < before["rows"] < evaluated(files, "--fit", str(tmp_path / "all.json"))["rows"]
    since = evaluated(files, "--weights", str(weights), "--from", "2026-02-05")
    assert since["recall_at_1"] == 100
    assert since["traps_rejected_pct"] is None  # the trap was brought before that day


def test_weights_can_be_fitted_from_a_file_and_read_back(files, tmp_path):
    weights = tmp_path / "weights.json"
    assert evaluated(files, "--fit", str(weights))["rows"] > 0
    assert evaluated(files, "--weights", str(weights))["recall_at_1"] == 100
