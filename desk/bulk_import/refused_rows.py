"""退回的行：原样写回文件自己的列，末尾加一列“原因”，改好后可以直接再导入。"""

import os
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from desk.bulk_import.row_check import Reason

WHY = "原因"


class RefusedRows:
    """Rows streamed into an XLSX file that only its owner may read: it holds personal data."""

    def __init__(self, path: Path, columns: Sequence[str]):
        self.path, self.columns = path, [column for column in columns if column != WHY]
        self._book = Workbook(write_only=True)
        self._sheet = self._book.create_sheet("退回")
        self._append([*self.columns, WHY])

    def add(self, cells: dict[str, str], reasons: Sequence[Reason]) -> None:
        self._append([*(cells[column] for column in self.columns), "；".join(str(reason) for reason in reasons)])

    def save(self) -> None:
        """Write the file; an older one of the same name is replaced."""
        draft = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        self._book.save(draft)
        draft.chmod(0o600)
        draft.replace(self.path)

    def _append(self, values: Sequence[str]) -> None:
        """Always as text: what a petitioner wrote must not run as a formula."""
        cells = []
        for value in values:
            cell = WriteOnlyCell(self._sheet, ILLEGAL_CHARACTERS_RE.sub("", value))
            cell.data_type = "s"
            cells.append(cell)
        self._sheet.append(cells)
