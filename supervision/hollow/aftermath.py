"""办结的前后：届满前赶办、又来反映、评价，和单位平时怎样了结。"""

from collections.abc import Iterator

from supervision.hollow import matter, vocabulary
from supervision.hollow.closed_case import ClosedCase
from supervision.hollow.weights import Code, Signal, signal

WITHIN = 90  # 自然日
LAST_DAYS = 2  # 自然日: 四十八小时
ALERT, LIKELY = 0.8, 0.4  # insight.duplicates.judgement 的两个门槛
LEAST_SURE = 0.02
SHARED = 2  # pairs of signs, where the text says that nothing has changed


def last_hours(case: ClosedCase) -> Iterator[Signal]:
    """Closed in the last 48 hours before the day, which alone says little."""
    if case.due_on and 0 <= (case.due_on - case.closed_on).days <= LAST_DAYS:
        yield signal(Code.LAST_HOURS, f"{case.closed_on:%Y-%m-%d} 办结，{case.due_on:%Y-%m-%d} 届满")


def repeated(case: ClosedCase) -> Iterator[Signal]:
    """The same matter was brought again within ninety days; asking for review, a copy, or saying thanks is none."""
    for one in case.later:
        if not 0 <= one.days_after <= WITHIN or vocabulary.OTHER_MATTER.search(one.text):
            continue
        unchanged = vocabulary.STILL.search(one.text) is not None
        same = one.sure >= LIKELY
        if unchanged and one.sure >= LEAST_SURE and matter.shared([case.asked, case.reply], one.text) >= SHARED:
            same = True
        if same:
            who = "同一信访人" if one.same_petitioner else "另有信访人"
            strength = 1.0 if unchanged else 0.7 if one.sure >= ALERT else 0.4
            said = f"办结后 {one.days_after} 天，{who}又提出同一事项{'，说没有变化' if unchanged else ''}"
            share = 1.0 if one.same_petitioner else 0.3
            yield signal(Code.REPEATED, said, strength=strength * share, about=one.about)


def dissatisfied(case: ClosedCase) -> Iterator[Signal]:
    """Rated; that nothing was done or the wrong thing answered says more than that it took long."""
    undone = (one for one in case.ratings if vocabulary.SAYS_UNDONE.search(one.words))
    if any(one.dissatisfied or not vocabulary.SOLVED.search(one.words) for one in undone):
        yield signal(Code.UNSOLVED, "评价说没有做到、没有答到或者说得不对")
    elif any(one.dissatisfied for one in case.ratings):
        yield signal(Code.DISSATISFIED, "评价不满意")


def procedural(case: ClosedCase) -> Iterator[Signal]:
    """Ended without going into the matter, at a time when the organ does so more often than it used to."""
    habits = case.habits
    if case.is_procedural and habits.is_unusual:
        said = (
            f"{case.ending.label}：本单位近来有 {habits.lately.percent:.0f}% 以程序性结论了结"
            f"（{habits.lately.procedural}/{habits.lately.cases}），平时是 {habits.before.percent:.0f}%"
        )
        yield signal(Code.PROCEDURAL, said)


READERS = (last_hours, repeated, dissatisfied, procedural)
