"""救济：处理意见只告知申请复查，机关、期限都不能错；复议、诉讼、终局的话不能有（rules §1.9.4、第三十五条）。

The paragraph of the letter itself is written by its template from the organ table; what is read here is what the
drafter wrote beside it.
"""

import re
from collections.abc import Iterator

from documents.letters.letter_checks import COURT_REMEDY
from petitions.act.states import LegalPath
from petitions.handling.opinion.examination.examination_sheet import (
    BASIS,
    DIFFERENCE,
    FACTS,
    CaseFile,
    Remark,
    Sheet,
    must,
)
from rulebook.statute.citations import number_of

REVIEW_ONLY = "信访处理意见的救济是自收到之日起三十日内向上一级机关、单位申请复查（第三十五条）"
NO_COURT = "信访处理意见不属行政复议、行政诉讼受案范围，不得告知复议、诉讼（第三十五条）"
ANY_ORGAN = re.compile(r"上一?级.{0,6}(?:机关|单位|部门|政府)|复查机关|有权机关")
_ADVICE = re.compile(r"(?:可以?|有权|应当|不服)[^。；]{0,30}$")
_TO = re.compile(r"向([^，。；、\s]{2,30}?)(?:书面)?(?:申请|请求|提出)(?:信访)?复查(?!意见)")
_OF = re.compile(r"请求([^，。；、\s]{2,30}?)(?:予以|进行)?复查(?!意见)")
_DAYS = re.compile(r"([〇零一二两三四五六七八九十百\d]+)(个工作)?[日天](?:之?内|以内)[^。；]{0,40}?复查(?!意见)")
_FINAL = re.compile(
    r"(?:本|该)(?:处理)?意见(?:书)?[^。；，]{0,8}终局|不(?:得|能|再)(?:再|予|受理)?[^。；，]{0,4}(?:申请|提出)?复查(?!意见)"
)
_RECHECK = re.compile(r"(?:申请|请求)[^。；，]{0,20}复核")
OWN_WORDS = (FACTS, DIFFERENCE)


def remarks(sheet: Sheet, file: CaseFile) -> Iterator[Remark]:
    """The path, the organ above, and every sentence that speaks of a remedy."""
    if file.path != LegalPath.PETITION:
        yield must(
            "R5", FACTS, "本件不走信访程序，不出具处理意见书；请导入该法定途径并按该途径答复", "第三十一条、第三十二条"
        )
    if not file.reviewers:
        yield must("R6", BASIS, "承办单位没有登记复查机关，请先在机构管理中补全", REVIEW_ONLY)
    for place, text in sheet.parts():
        for sentence in re.split(r"[。；\n]", text):
            yield from _of_sentence(place, sentence, file)


def _of_sentence(place: str, sentence: str, file: CaseFile) -> Iterator[Remark]:
    court = COURT_REMEDY.search(sentence)
    # 事实里可以写信访人曾经起诉、申请复议；劝告的话不行
    if court and place != BASIS and (place not in OWN_WORDS or _ADVICE.search(sentence[: court.start()])):
        yield must("R1", place, "写了申请复议或者提起诉讼，请删去：对处理意见不服的，申请复查", NO_COURT)
    for named in (*_TO.finditer(sentence), *_OF.finditer(sentence)):
        organ = named[1].removeprefix("请求")
        if not ANY_ORGAN.search(organ) and not any(organ in (one, f"其{one}") for one in file.reviewers):
            right = "、".join(file.reviewers[:1]) or "上一级机关"
            yield must("R2", place, f"复查机关写成了“{organ}”，应为“{right}”", REVIEW_ONLY)
    for days in _DAYS.finditer(sentence):
        if days[2] or number_of(days[1]) != 30:
            yield must(
                "R3", place, f"申请复查的期限写成了“{days[1]}{days[2] or ''}日”，应为收到之日起三十日", REVIEW_ONLY
            )
    if _FINAL.search(sentence):
        yield must("R4", place, "写了终局或者不得申请复查，请删去：处理意见可以申请复查", REVIEW_ONLY)
    elif _RECHECK.search(sentence) and "复查意见" not in sentence:
        yield must("R4", place, "处理意见之后先申请复查，不能直接申请复核，请改正", REVIEW_ONLY)
