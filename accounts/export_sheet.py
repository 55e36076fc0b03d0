"""导出的表格：首行写明谁、何时导出，表头冻结，日期是真日期；导出一次，账户记录里一行。只写流式，行数再多内存也不涨。"""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO, Any

from django.http import StreamingHttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from accounts.models import AccountEvent
from accounts.staff.account_log import record
from rulebook.timekeeping import BEIJING, now

MOST = 10_000  # 行
_CHUNK = 64 * 1024
_FORMULA = ("=", "+", "-", "@", "\t")


@dataclass
class Sheet:
    """A written workbook, on disk until it has been sent."""

    rows: int
    file: IO[bytes]

    def chunks(self) -> Iterator[bytes]:
        """The bytes, piece by piece; the file is gone afterwards."""
        with self.file as kept:
            while piece := kept.read(_CHUNK):
                yield piece


def write(
    title: str, heads: Sequence[tuple[str, int]], lines: Iterable[list[Any]], *, user, view: str, number: str = ""
) -> Sheet:
    """The lines as a workbook with a frozen head. `heads` are names and widths in characters; `view` says in the first
    row what was exported, beside who did it and when, and the `number` of an approved export; every printed page says
    it at its foot. Cells that are dates stay dates."""
    book = Workbook(write_only=True)
    page = book.create_sheet(title)
    page.freeze_panes = "A3"
    for column, (_, width) in enumerate(heads, start=1):
        page.column_dimensions[get_column_letter(column)].width = width
    moment = now().astimezone(BEIJING)
    mark = f"{user.organ.office.name} {user.name} 于 {moment:%Y-%m-%d %H:%M} 导出，仅限工作使用，不得外传"
    if number:
        mark = f"{number}　{mark}"
    page.oddFooter.center.text = mark.replace("&", "&&")  # & 在页脚里是指令
    page.append([f"{view}　{mark}"])
    page.append([_bold(page, head) for head, _ in heads])
    written = 0
    for line in lines:
        page.append(line)
        written += 1
    file = tempfile.TemporaryFile()  # noqa: SIM115 - sent, then closed by chunks()
    book.save(file)
    file.seek(0)
    return Sheet(written, file)


def _bold(page, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, value=text)
    cell.font = Font(bold=True)
    return cell


def plain(text: str) -> str:
    """What a petitioner wrote must not become a formula in somebody's spreadsheet."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def sent(made: Sheet, name: str, day: date, *, user, view: str, **told) -> StreamingHttpResponse:
    """The answer that carries the workbook, and the line in the account log: which view, how many rows, and what else
    is `told` of it (whether filters narrowed it, the number it was approved under); never the words searched for, which
    may be a name."""
    record(AccountEvent.What.EXPORTED, user, by=user, view=view, rows=made.rows, **told)
    answer = StreamingHttpResponse(
        made.chunks(), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    answer["Content-Disposition"] = f'attachment; filename="{name}-{day:%Y%m%d}.xlsx"'
    answer["Cache-Control"] = "no-store"
    return answer
