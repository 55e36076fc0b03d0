"""内容分类：用一份标注文件训练，在另一份上量（macro_f1 weighted_f1 top1 top3，每件毫秒）"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from config.evaluating.labelled_files import cases_of, measure

LABELS = ("category1",)


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--train", type=Path, nargs="+", required=True, help="训练用的 CSV，可几份")
    parser.add_argument("--test", type=Path, nargs="+", required=True, help="检验用的 CSV，可几份")


def evaluate(options: dict[str, Any]) -> dict[str, float]:
    """The figures of the category sorter, in percent."""
    return measure(cases_of(options["train"], LABELS), cases_of(options["test"], LABELS))
