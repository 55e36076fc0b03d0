"""经接口登记一件：栏目、写法、理由都与批量导入相同，但它是现时的来件：出回执，给去向建议。"""

from typing import Any

from django.db import IntegrityError, transaction

from desk.bulk_import.columns import FIELDS
from desk.bulk_import.mapping import SOURCE_LENGTH, FieldMap, written
from desk.bulk_import.row_check import Rows
from petitions.act import consequences
from petitions.act.decorator import Refused, Stale
from petitions.models import Petition, Submission
from routing.destination.acts import propose_for
from rulebook.books import RulesMissing
from rulebook.timekeeping import today

SOURCE = "接口"


class Misfilled(Refused):
    """Fields that cannot be registered; `errors` are sentences by field."""

    def __init__(self, errors: dict[str, list[str]]):
        super().__init__("")
        self.errors = errors


@transaction.atomic
def register(told: Any, *, by) -> Petition:
    """Register what a client sent, as `by`.

    Raises Misfilled, Stale (that external number is there already), Refused, PermissionDenied; then nothing stands.
    """
    source, cells = _cells(told)
    rows = Rows(FieldMap(source=source, columns={name: name for name in FIELDS}), by.office)
    intake, reasons = rows.read(cells)
    if reasons:
        errors: dict[str, list[str]] = {}
        for reason in reasons:
            errors.setdefault(reason.column, []).append(reason.sentence)
        raise Misfilled(errors)
    if cells["external_id"]:
        intake.facts |= {"external_source": source, "external_id": cells["external_id"]}
        _refuse_twice(source, cells["external_id"], by)
    try:
        with transaction.atomic():
            petition = consequences.register(intake, by=by)
    except IntegrityError:
        _refuse_twice(source, cells["external_id"], by)  # 两个请求同时登记同一编号，慢的一个走到这里
        raise
    except RulesMissing as missing:
        raise Refused(str(missing)) from missing
    propose_for(petition)
    return petition


def _cells(told: Any) -> tuple[str, dict[str, str]]:
    """The fields as a table would have them. Raises Misfilled."""
    if not isinstance(told, dict):
        raise Misfilled({"": ["请求正文应当是一个 JSON 对象"]})
    told = dict(told)
    source = str(told.pop("external_source", "") or SOURCE).strip()[:SOURCE_LENGTH]
    errors = {name: ["没有这一栏"] for name in told if name not in FIELDS}
    errors |= {
        name: ["应当是文字、数字或 true、false"]
        for name, value in told.items()
        if value is not None and not isinstance(value, (str, int, float, bool))
    }
    if errors:
        raise Misfilled(errors)
    cells = {name: "" if told.get(name) is None else written(told[name]).replace("\0", "") for name in FIELDS}
    cells["received_on"] = cells["received_on"] or today().isoformat()
    return source, {name: cell.strip() for name, cell in cells.items()}


def _refuse_twice(source: str, external_id: str, by) -> None:
    """The number is said only to who may see what came of it: it may be a report (第三十条)."""
    there = Submission.objects.filter(external_source=source, external_id=external_id).first()
    if there is not None and external_id:
        seen = Petition.objects.visible_to(by).filter(submission=there, secrecy=0).exists()
        raise Stale(f"外部编号“{external_id}”已经登记{f'，编号 {there.number}' if seen else ''}")
