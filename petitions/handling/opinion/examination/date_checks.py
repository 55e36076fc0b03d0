"""日期：存在的、不自相矛盾的，收到日、受理日与卷宗一致（第二十二条、第二十三条、第三十四条）。"""

import re
from collections.abc import Iterator
from datetime import date

from petitions.handling.opinion.examination.examination_sheet import CaseFile, Remark, Sheet, ask, must

AS_FILED = "期限从收到之日、受理之日起算，文书写的与登记的须一致（第二十二条、第二十三条、第三十四条）"
TRUE_DAY = "文书的日期须真实（第三十二条）"
_DAY = re.compile(r"(\d{4})\s*[年.-]\s*(\d{1,2})\s*[月.-]\s*(\d{1,2})(?:\s*日)?")
_SHORT = re.compile(r"(?<![年\d])(\d{1,2})月(\d{1,2})日")
LEAP = 2024  # 没写年份的，2 月 29 日不算错
_PLANNED = re.compile(r"将|拟|计划|预计|争取|确保|承诺|日前|之前|以内|为期|至|到期|届满|截止|限期|起施行|下一?年")
_ASIDE = re.compile(r"首次|曾|此前|上次|前次|原件|前案|去年|法院|仲裁|公安|检察|复议|纪委|物业|公司")
_TAKEN = re.compile(r"^[，,]?(?:本机关|本单位|我单位|我街道|我办|街道)?(?:登记)?(收到|接到|受理)([^，,。；]{0,12})")
_TAKEN_ON = re.compile(r"(收到|接到|受理)(?:之?日期?|时间)(?:为|是|：|:)?$")
_OURS = re.compile(r"^了?$|信访|来信|来访|诉求|投诉|事项|反映|本件|该件|此件|你|您")
_OTHER_PAPER = re.compile(r"材料|报告|回复|回函|复函|反馈|鉴定|检测|申请")
_LOOKED = re.compile(r"现场|踏勘|走访|约谈|听取|调查核实|入户|电话联系|核查|检测")
_BEFORE = re.compile(r"此前|曾|前期|日常|之前|例行|上次|以前")


def remarks(sheet: Sheet, file: CaseFile) -> Iterator[Remark]:
    """Days that do not exist, lie ahead, come before the petition, or differ from the file."""
    for place, text in sheet.parts():
        for sentence in re.split(r"[。；\n]", text):
            yield from _of_sentence(place, sentence, file)


def _of_sentence(place: str, sentence: str, file: CaseFile) -> Iterator[Remark]:
    for written in _DAY.finditer(sentence):
        day = _day(*(int(part) for part in written.groups()))
        if day is None:
            yield must("D1", place, f"没有“{written[0]}”这一天，请改正", TRUE_DAY)
            continue
        before, after = sentence[: written.start()], sentence[written.end() :]
        yield from _taken(place, day, before, after, file)
        if day > file.today and not _PLANNED.search(sentence):
            yield ask("D2", place, f"“{written[0]}”还没有到，请核对日期或者写明是计划", TRUE_DAY)
        if day < file.received_on and _LOOKED.search(sentence) and not _BEFORE.search(sentence):
            yield ask("D4", place, f"“{written[0]}”早于本件收到日，请核对是否本次调查核实的日期", TRUE_DAY)
    for written in _SHORT.finditer(sentence):
        if _day(LEAP, int(written[1]), int(written[2])) is None:
            yield must("D1", place, f"没有“{written[0]}”这一天，请改正", TRUE_DAY)


def _taken(place: str, day: date, before: str, after: str, file: CaseFile) -> Iterator[Remark]:
    """收到、受理 of this very petition, told with another day than the file's."""
    told, reverse = _TAKEN.match(after), _TAKEN_ON.search(before)
    if _ASIDE.search(before) or not (told or reverse):
        return
    if told and (_OTHER_PAPER.search(told[2]) or _ASIDE.search(told[2]) or not _OURS.search(told[2])):
        return
    act = (told or reverse)[1]
    word, right = ("受理日", file.accepted_on) if act == "受理" else ("收到日", file.received_on)
    if right is not None and day != right:
        yield must("D3", place, f"{word}写成了{_said(day)}，卷宗记载是{_said(right)}", AS_FILED)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
