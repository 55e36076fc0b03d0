"""边界案例对照表：每例一行，情形、应当怎样、依据，和守着它的用例。`.venv/bin/python -m tests.law.edge_map` 重写。

The cases are the rows of edge_cases.csv; the tests are found by name (`test_e07_…`, `test_e06_e07_…`) in the source of
every test file. A case nobody holds says 尚无: the table shows what is missing as plainly as what is there.
"""

import ast
import csv
import re
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[2]
CASES = Path(__file__).with_name("edge_cases.csv")
TABLE = ROOT / "docs" / "edge-cases.md"
NONE = "尚无"
NUMBERS = re.compile(r"test((?:_e\d{2})+)(?:_|$)")
HEAD = """# 边界案例与用例

由 `.venv/bin/python -m tests.law.edge_map` 从用例源码印出；请勿手改。案例在 `tests/law/edge_cases.csv`，
用例名以编号开头（`test_e08_…`）。“尚无”是还没有用例守着，或者功能还没有建成。

| 编号 | 情形 | 应当怎样 | 依据 | 用例 |
|---|---|---|---|---|
"""


def cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def tests_by_case() -> dict[str, list[str]]:
    """Case number → the names (file::test) of the tests that carry it, in the order of files and lines."""
    found = defaultdict(list)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and (named := NUMBERS.match(node.name)):
                for number in re.findall(r"e(\d{2})", named[1]):
                    found[f"E{number}"].append(f"{path.relative_to(ROOT)}::{node.name}")
    return found


def edge_map() -> str:
    """The table as Markdown."""
    held = tests_by_case()
    rows = []
    for case in cases():
        names = "<br>".join(f"`{name}`" for name in held.get(case["编号"], [])) or NONE
        rows.append(f"| {case['编号']} | {case['情形']} | {case['应当怎样']} | {case['依据']} | {names} |")
    kept = sum(case["编号"] in held for case in cases())
    return HEAD + "\n".join(rows) + f"\n\n{len(rows)} 例，{kept} 例有用例守着。\n"


if __name__ == "__main__":
    TABLE.write_text(edge_map(), encoding="utf-8")
