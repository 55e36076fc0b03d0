"""逐项诉求：每项都有结论和意见，意见答的就是这一项，结论的字与意见的话一致（第三十二条）。"""

import re
from collections.abc import Iterator

from documents.text_overlap import likeness
from petitions.act.states import Finding
from petitions.handling.opinion.examination.examination_sheet import (
    Answer,
    CaseFile,
    Remark,
    Sheet,
    answer_to,
    ask,
    must,
)

EVERY_CLAIM = "处理意见须载明对每一项投诉请求的意见（第三十二条）"
ONE_OUTCOME = "结论为支持、部分支持、解释说明或者不支持，与意见一致（第三十二条）"
# 哪件事都会说的话：答复里只有这些，不算答到了诉求
COMMON = re.compile(
    r"要求|希望|请求|尽快|信访人?|诉求|反映|问题|情况|有关|相关|部门|单位|依法|处理|解决|进行|予以|支持|答复|落实|责任|查处|查明"
)
# 结论 → 意见里不该有的话
CONTRADICTS = {
    Finding.SUPPORT: re.compile(r"不予支持|不能支持|无法支持|不支持(?:你|您|该|本|信访人)"),
    Finding.REJECT: re.compile(r"(?<!不)予以支持|全部支持|支持(?:你|您|该|信访人)的?(?:这一|该项)?(?:诉求|请求)"),
    Finding.EXPLAIN: re.compile(r"(?<!不)予以支持|不予支持"),
}
NEGATED = re.compile(r"(?:不|难以|不能|无法)(?:予以)?支持")


def remarks(sheet: Sheet, file: CaseFile) -> Iterator[Remark]:
    """Of each claim: unanswered, copied, short, beside the point, or against its own outcome."""
    for number, claim in sorted(file.claims.items()):
        answer = sheet.answers.get(number)
        if answer is None or not answer.finding or not answer.text.strip():
            yield must("Q1", answer_to(number), f"第 {number} 项诉求没有写明结论和处理意见", EVERY_CLAIM)
        else:
            yield from _of_one(number, claim, answer, file)
    for number in sorted(set(sheet.answers) - set(file.claims)):
        yield must("Q1", answer_to(number), f"没有第 {number} 项诉求，请删去或者改正序号", EVERY_CLAIM)


def _of_one(number: int, claim: str, answer: Answer, file: CaseFile) -> Iterator[Remark]:
    place = answer_to(number)
    if likeness(claim, answer.text) * 100 >= file.limits.copied_percent:
        yield must("Q3", place, f"第 {number} 项处理意见只是重复诉求，请写明怎样处理", EVERY_CLAIM)
    elif len(_bare(answer.text)) < file.limits.answer_least:
        yield ask("Q4", place, f"第 {number} 项处理意见过短，请写明处理内容、责任单位或者理由", EVERY_CLAIM)
    elif not speaks_to(claim, answer.text):
        yield ask("Q2", place, f"第 {number} 项处理意见没有提到这项诉求所说的事，请核对答的是否就是这一项", EVERY_CLAIM)
    against = CONTRADICTS.get(Finding(answer.finding)) if answer.finding in Finding.values else None
    words = NEGATED.sub("", answer.text) if answer.finding == Finding.REJECT else answer.text
    if against and against.search(words):
        label = Finding(answer.finding).label
        yield must("O1", place, f"第 {number} 项结论是“{label}”，处理意见写的却不是，请改成一致", ONE_OUTCOME)


def speaks_to(claim: str, answer: str) -> bool:
    """Whether the answer takes up any matter of the claim: two characters of it that are not said of everything."""
    asked = _pairs(claim)
    return not asked or bool(asked & _pairs(answer))


def _pairs(text: str) -> set[str]:
    return {run[n : n + 2] for run in re.findall(r"\w+", COMMON.sub(" ", text)) for n in range(len(run) - 1)}


def _bare(text: str) -> str:
    return re.sub(r"\W", "", text)
