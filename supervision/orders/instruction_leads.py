"""批示到日子没有报告落实情况（rules SV08）：写成督办单的草稿，列给督查岗位；是否督办由人决定。"""

from petitions.handling.instruction import rules as instructing
from rulebook.timekeeping import today

REQUIREMENT = "请立即落实领导批示，报告落实情况；没有落实的，写明原因、责任人和完成的日子。"


def in_words(petition) -> str:
    """What an order about the petition would say of its late instruction; empty where none is late.

    The leader's own words stay in the log: an order goes to an organ on paper.
    """
    clock = instructing.waiting(petition)
    if clock is None or clock.due_on >= today():
        return ""
    return (
        f"领导批示须于 {clock.due_on:%Y-%m-%d} 前报告落实情况（{clock.owed_by_organ.short_name}），已逾期，没有报告。"
    )
