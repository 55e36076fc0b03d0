"""信访件清单的导出：一行一件，不带信访人的姓名；要带的另行报请（desk.exports）。"""

from accounts import export_sheet
from accounts.export_sheet import Sheet
from accounts.privacy import mask_text
from desk.lists import list_rows

HEADS = (
    ("编号", 24),
    ("信访事项", 48),
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


def of(petitions, *, user, day, view: str) -> Sheet:
    """The petitions (annotated by rows.shown) as a workbook with a frozen head and real dates."""
    lines = (_cells(list_rows.row(petition, day), petition) for petition in petitions.iterator(chunk_size=500))
    return export_sheet.write("信访件", HEADS, lines, user=user, view=view)


def _cells(row: dict, petition) -> list:
    return [
        row["number"],
        export_sheet.plain(mask_text(row["title"])),
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
