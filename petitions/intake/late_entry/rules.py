"""名单和补录怎样随登记写下（第二十条、第二十二条；rules §9.4、E42）。Called within the registration's transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import IntegrityError, transaction

from petitions.act.decorator import Refused
from petitions.intake.late_entry.models import LateEntry, Listed
from petitions.intake.models import NumberCounter
from rulebook.timekeeping import BEIJING, now, today

LIST_MOST = 500  # 人；再多的分几张名单作为材料附上


@dataclass(frozen=True)
class ListedFacts:
    """Who stands on the list, as told."""

    name: str
    id_number: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True)
class Lateness:
    """Why and since when it could not be entered."""

    reason: str
    happened_on: date
    happened_at: time | None = None
    explanation: str = ""
    paper_number: str = ""

    @property
    def in_words(self) -> str:
        """The note of the registration's line."""
        return LateEntry(**vars(self)).in_words


def enter_list(submission, people: Sequence[ListedFacts]) -> None:
    """Keep the list with the submission, in its order."""
    if len(people) > LIST_MOST:
        raise Refused(f"名单最多 {LIST_MOST} 人，其余的名单请作为材料附上")
    rows = [Listed(submission=submission, position=at, **vars(told)) for at, told in enumerate(people, 1)]
    for row in rows:
        row.hash_keys()
    Listed.objects.bulk_create(rows)


def enter_late(submission, told: Lateness, *, by) -> LateEntry:
    """Keep why it was entered late. Refused where the hour lies ahead, or the paper was entered before."""
    if told.reason not in LateEntry.Reason.values:
        raise Refused("请选择补录原因")
    if told.reason == LateEntry.Reason.OTHER and not told.explanation.strip():
        raise Refused("补录原因选“其他”的，请写明说明")
    if told.happened_on > today():
        raise Refused("发生日不能晚于今天")
    if told.happened_at and datetime.combine(told.happened_on, told.happened_at, BEIJING) > now():
        raise Refused("发生时刻不能晚于现在")
    try:
        with transaction.atomic():
            return LateEntry.objects.create(
                submission=submission, organ=submission.organ, entered_at=now(), entered_by=by, **vars(told)
            )
    except IntegrityError as twice:
        raise Refused(f"纸质登记表 {told.paper_number} 已经补录过，请核对编号，或者到信访件清单查找") from twice


@transaction.atomic
def next_paper(organ) -> str:
    """The number of the next paper form of the office, so that a missing sheet is noticed."""
    year = today().year
    return f"{year}-{NumberCounter.objects.take(f'paper-{organ.office_id}', year):03d}"
