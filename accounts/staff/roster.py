"""批量导入用户：读表、逐行检查，把错误写在行旁。只检查，不写库；写库仍走 actions.create_user。"""

import csv
import io
import re
import zipfile
from dataclasses import dataclass, field

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from accounts.models import Organ, Role, User
from accounts.staff.acts import managed_organs
from rulebook.timekeeping import today

COLUMNS = ("用户名", "姓名", "单位", "角色", "岗位名称", "办公电话")
NEEDED = COLUMNS[:4]
MOST_ROWS = 200  # 每个口令要算一次慢散列，再多会让浏览器等到超时
USERNAME = re.compile(r"[A-Za-z][A-Za-z0-9._-]{2,29}")
SEVERAL = re.compile(r"[;；、,，]")


class Unreadable(ValueError):
    """The file as a whole cannot be used; str() says why."""


@dataclass
class RosterRow:
    """One line of the file, what it means, and what is wrong with it."""

    number: int
    values: dict[str, str]
    errors: list[str] = field(default_factory=list)
    organ: Organ | None = None
    roles: list[Role] = field(default_factory=list)

    @property
    def cells(self) -> list[str]:
        return [self.values.get(column, "") for column in COLUMNS]


def read(name: str, body: bytes) -> list[dict[str, str]]:
    """The lines of an .xlsx or .csv (UTF-8 or GB18030) file as dictionaries by column. Raises Unreadable."""
    lines = _xlsx(body) if name.lower().endswith(".xlsx") else _csv(body)
    if not lines:
        raise Unreadable("文件是空的")
    header = [cell.strip() for cell in lines[0]]
    if lacking := [column for column in NEEDED if column not in header]:
        raise Unreadable(f"第一行应是表头，缺少：{'、'.join(lacking)}")
    rows = [
        {column: cell.strip() for column, cell in zip(header, line, strict=False) if column in COLUMNS}
        for line in lines[1:]
        if any(cell.strip() for cell in line)
    ]
    if len(rows) > MOST_ROWS:
        raise Unreadable(f"一次最多导入 {MOST_ROWS} 人，本文件有 {len(rows)} 人，请分成几份")
    if not rows:
        raise Unreadable("只有表头，没有人员")
    return rows


def check(rows: list[dict[str, str]], *, by: User) -> list[RosterRow]:
    """Each line with its faults in sentences; a line without faults can be created."""
    organs = list(managed_organs(by).in_force_on(today()))
    by_word = {organ.code: organ for organ in organs} | {organ.name: organ for organ in organs}
    roles = {word: role for role in Role.objects.all() for word in (role.code, role.name)}
    wanted = [row.get("用户名", "") for row in rows]
    taken = {name.lower() for name in User.objects.filter(username__in=wanted).values_list("username", flat=True)}
    seen: set[str] = set()
    checked = []
    for number, values in enumerate(rows, start=2):
        row = RosterRow(number, values)
        _check_name(row, taken, seen)
        row.organ = by_word.get(values.get("单位", ""))
        if row.organ is None:
            row.errors.append(f"单位“{values.get('单位', '')}”不存在、已停用或不归您管理，可写机构代码或全称")
        for word in filter(None, (part.strip() for part in SEVERAL.split(values.get("角色", "")))):
            if word in roles:
                row.roles.append(roles[word])
            else:
                row.errors.append(f"角色“{word}”不存在")
        if not values.get("角色"):
            row.errors.append("没有写角色")
        checked.append(row)
    return checked


def _check_name(row: RosterRow, taken: set[str], seen: set[str]) -> None:
    username = row.values.get("用户名", "")
    if not USERNAME.fullmatch(username):
        row.errors.append("用户名应为 3 至 30 个字母、数字、点、横线，以字母开头")
    elif username.lower() in taken:
        row.errors.append(f"用户名“{username}”已有人使用")
    elif username.lower() in seen:
        row.errors.append(f"用户名“{username}”在本文件中出现两次")
    seen.add(username.lower())
    if not row.values.get("姓名"):
        row.errors.append("没有写姓名")
    for column, length in (("姓名", 50), ("岗位名称", 60), ("办公电话", 40)):
        if len(row.values.get(column, "")) > length:
            row.errors.append(f"{column}超过 {length} 字")


def _csv(body: bytes) -> list[list[str]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError:
            continue
        return list(csv.reader(io.StringIO(text, newline="")))
    raise Unreadable("读不出文字：请另存为 UTF-8 或 GBK 编码的 CSV，或用 .xlsx")


def _xlsx(body: bytes) -> list[list[str]]:
    try:
        book = load_workbook(io.BytesIO(body), read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as fault:
        raise Unreadable("不是可以打开的 .xlsx 文件") from fault
    try:
        rows = book.worksheets[0].iter_rows(values_only=True, max_row=MOST_ROWS * 5, max_col=40)
        return [["" if cell is None else str(cell) for cell in row] for row in rows]
    finally:
        book.close()
