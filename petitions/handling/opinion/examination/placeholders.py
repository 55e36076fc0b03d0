"""空白：从类案带入文字时，姓名、日期、数字等换成的【姓名】【日期】……须按本件填写，填完才能通过核查。"""

import re
from collections.abc import Iterator

from petitions.handling.opinion.examination.examination_sheet import CaseFile, Remark, Sheet, must

KINDS = ("姓名", "证件", "日期", "数字", "文号", "编号", "地点", "单位")
BLANK = re.compile(rf"【(?:{'|'.join(KINDS)})】")
OWN_FACTS = "意见据本件的事实作出，他件的姓名、日期、数字不得带入（第三十一条第六项、第三十二条）"


def blank(kind: str) -> str:
    """What stands in the place of a detail of another file."""
    return f"【{kind}】"


def remarks(sheet: Sheet, file: CaseFile) -> Iterator[Remark]:
    """Blanks that nobody filled in."""
    for place, text in sheet.parts():
        left = list(dict.fromkeys(BLANK.findall(text)))
        if left:
            yield must("B1", place, f"还有没有填写的空白：{'、'.join(left)}，请按本件填写或者删去", OWN_FACTS)
