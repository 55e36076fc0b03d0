"""去向单位：用一份标注文件训练，在另一份上量（top1 top3，每件毫秒）"""

from argparse import ArgumentParser
from typing import Any

from config.evaluating import categories
from config.evaluating.labelled_files import cases_of, measure

LABELS = ("unit_type", "unit")


def add_arguments(parser: ArgumentParser) -> None:
    categories.add_arguments(parser)


def evaluate(options: dict[str, Any]) -> dict[str, float]:
    """The figures of the unit sorter, in percent. Only training reads the replies: at the desk there is none yet."""
    return measure(cases_of(options["train"], LABELS), cases_of(options["test"], LABELS))
