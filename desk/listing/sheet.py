"""导出的清单：一行一件，首行写明谁、何时导出；只写流式，件数再多内存也不涨。"""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from desk.listing import rows
from rulebook.timekeeping import BEIJING, now

MOST = 10_000  # 件
_CHUNK = 64 * 1024
HEADS = (
    ("编号", 24),
    ("信访事项", 48),
    ("信访人", 18),
    ("形式", 8),
    ("内容分类", 24),
    ("承办单位", 18),
    ("承办人", 10),
    ("状态", 14),
    ("收到日", 12),
    ("届满日", 12),
    ("剩余天数", 10),
    ("督办中", 8),
)
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


def of(petitions, *, user, day, view: str) -> Sheet:
    """The petitions (annotated by rows.shown) as a workbook with a frozen head and real dates."""
    book = Workbook(write_only=True)
    page = book.create_sheet("信访件")
    page.freeze_panes = "A3"
    for number, (_, width) in enumerate(HEADS):
        page.column_dimensions[chr(ord("A") + number)].width = width
    moment = now().astimezone(BEIJING)
    mark = f"{user.organ.office.name} {user.name} 于 {moment:%Y-%m-%d %H:%M} 导出，仅限工作使用，不得外传"
    page.append([f"{view}　{mark}"])
    page.append([_bold(page, head) for head, _ in HEADS])
    written = 0
    for petition in petitions.iterator(chunk_size=500):
        page.append(_cells(rows.row(petition, day), petition))
        written += 1
    file = tempfile.TemporaryFile()  # noqa: SIM115 - sent, then closed by chunks()
    book.save(file)
    file.seek(0)
    return Sheet(written, file)


def _bold(page, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, value=text)
    cell.font = Font(bold=True)
    return cell


def _cells(row: dict, petition) -> list:
    return [
        row["number"],
        _plain(row["title"]),
        _plain(row["party"]),
        row["channel"],
        row["category"],
        row["organ"],
        row["handler"],
        row["state"],
        petition.received_on,
        row["due_on"],
        row["days_left"],
        "是" if row["under_order"] else "",
    ]


def _plain(text: str) -> str:
    """What a petitioner wrote must not become a formula in somebody's spreadsheet."""
    return f"'{text}" if text.startswith(_FORMULA) else text
