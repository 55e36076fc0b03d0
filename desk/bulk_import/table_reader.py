"""读表：CSV（UTF-8 或 GB18030）和 XLSX，一行一行地读，不论多长都只占一行的内存。"""

import codecs
import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

ENCODINGS = ("utf-8-sig", "gb18030")
CHUNK = 1 << 20
LONGEST_CELL = 1 << 20  # 字


class Unreadable(ValueError):
    """The file cannot be read as a table; the message is the sentence to show."""


@dataclass(frozen=True)
class Line:
    """One row of the file: its line number there, its cells by column, and what is wrong with its shape."""

    number: int
    cells: dict[str, str]
    fault: str = ""


@dataclass(frozen=True)
class Table:
    """The header and the lines, to be read once."""

    columns: list[str]
    lines: Iterator[Line]


@contextmanager
def opened(path: Path) -> Iterator[Table]:
    """The table of the file. Raises Unreadable where it is neither CSV nor XLSX, or has no proper header."""
    if not path.is_file():
        raise Unreadable(f"没有找到文件 {path.name}")
    match path.suffix.lower():
        case ".csv":
            with open(path, encoding=encoding_of(path), newline="") as source:
                yield _csv_table(source)
        case ".xlsx":
            try:
                book = load_workbook(path, read_only=True, data_only=True)
            except (InvalidFileException, BadZipFile, KeyError) as error:
                raise Unreadable(f"{path.name} 不是可以打开的 XLSX 文件") from error
            try:
                yield _xlsx_table(book.worksheets[0].iter_rows(values_only=True))
            finally:
                book.close()
        case _:
            raise Unreadable("只能导入 .csv 或 .xlsx 文件；旧的 .xls 请先另存为 .xlsx")


def encoding_of(path: Path) -> str:
    """UTF-8 where the whole file is, otherwise GB18030; reads the file once in pieces. Raises Unreadable."""
    for encoding in ENCODINGS:
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            with open(path, "rb") as source:
                while piece := source.read(CHUNK):
                    decoder.decode(piece)
                decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    raise Unreadable(f"{path.name} 的文字编码既不是 UTF-8 也不是 GB18030，请另存为 UTF-8 再导入")


def _header(cells) -> list[str]:
    columns = [plain(cell).strip() for cell in cells]
    while columns and not columns[-1]:
        columns.pop()
    if not columns or not all(columns):
        raise Unreadable("第一行应当是列名，每列都要有名字")
    if twice := sorted({name for name in columns if columns.count(name) > 1}):
        raise Unreadable(f"列名“{'、'.join(twice)}”出现了两次")
    return columns


def _csv_table(source) -> Table:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(source)
    try:
        columns = _header(next(reader))
    except StopIteration:
        raise Unreadable("文件是空的") from None
    return Table(columns, _csv_lines(reader, columns))


def _csv_lines(reader, columns: list[str]) -> Iterator[Line]:
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Line(number, dict.fromkeys(columns, ""), f"这一行有超过 {LONGEST_CELL} 字的单元格或引号不成对")
            continue
        if not any(cells):
            continue
        fault = "" if len(cells) == len(columns) else f"这一行有 {len(cells)} 列，表头有 {len(columns)} 列"
        yield Line(number, _named(columns, cells), fault)


def _xlsx_table(rows) -> Table:
    try:
        columns = _header(next(rows))
    except StopIteration:
        raise Unreadable("文件是空的") from None
    return Table(columns, _xlsx_lines(rows, columns))


def _xlsx_lines(rows, columns: list[str]) -> Iterator[Line]:
    for number, row in enumerate(rows, start=2):
        cells = [plain(cell) for cell in row]
        if any(cells):
            beyond = any(cells[len(columns) :])
            yield Line(number, _named(columns, cells), "有一格在没有列名的列里" if beyond else "")


def _named(columns: list[str], cells: list[str]) -> dict[str, str]:
    """Cells by column; missing ones are empty. NUL cannot be stored anywhere."""
    padded = [*cells, *[""] * (len(columns) - len(cells))]
    return {column: cell.replace("\0", "") for column, cell in zip(columns, padded, strict=False)}


def plain(cell) -> str:
    """A cell as a clerk would have typed it: days in ISO form, whole numbers without a point."""
    match cell:
        case None:
            return ""
        case bool():
            return "是" if cell else "否"
        case datetime() | date():
            return f"{cell:%Y-%m-%d}"
        case float() if cell.is_integer():
            return str(int(cell))
    return str(cell)
