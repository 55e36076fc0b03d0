"""复查、复核意见的审核：结论与意见一致、每项请求都答到、救济写对、不照抄原意见（第三十五条、第三十六条、rules §1.9）。

The paragraph on the remedy is written by the letter's template from the organ table; read here is what the drafter
wrote beside it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from documents.letters.fields import REVIEW_RESULTS
from documents.letters.letter_checks import COURT_REMEDY
from documents.text_overlap import likeness
from petitions.handling.opinion.examination.claim_findings import speaks_to
from petitions.handling.opinion.examination.examination_sheet import BASIS, FACTS, CaseFile, Remark, Sheet, ask, must
from rulebook.statute.citations import number_of

VERDICT = "复查（复核）意见"
ONE_OUTCOME = "结论为维持、撤销、变更或者责令限期重新作出，与意见一致（第三十五条、第三十六条）"
EVERY_REQUEST = "针对申请人对原意见的每一项请求作出意见（第三十五条、第三十六条）"
LOOKED_ANEW = "复查、复核须自行核查认定的事实（第三十五条、第三十六条）"
RECHECK_ONLY = "复查意见的救济是自收到之日起三十日内向复查机关的上一级机关、单位请求复核（第三十六条第一款）"
LAST_WORD = "复核意见，以及没有上一级机关的复查意见，为终局（第三十六条）"
NO_COURT = "复查、复核意见不属行政复议、行政诉讼受案范围，不得告知复议、诉讼（第三十五条、第三十六条）"
ANY_ORGAN = re.compile(r"上一?级.{0,6}(?:机关|单位|部门|政府)|复核机关|有权机关")

# 结论 → 意见里该有的字、不该有的话
SAYS = {"uphold": "维持", "revoke": "撤销", "change": "变更", "redo": "重新"}
_KEEPS = re.compile(r"(?<!不予)(?<!不能)(?<!不宜)维持(?:原|该)(?:信访)?(?:处理)?意见(?!书?的?(?:第|其余|其他|部分))")
_DROPS = re.compile(r"(?:^|[，；。\n]|决定|现|予以|应予)(?:撤销|变更)原|责令[^。；]{0,20}重新(?:作出|处理|办理)")
CONTRADICTS = {"uphold": _DROPS, "revoke": _KEEPS, "change": _KEEPS, "redo": _KEEPS}

_ADVICE = re.compile(r"(?:可以?|有权|应当|不服)[^。；]{0,30}$")
_TO = re.compile(r"(?:向|请求)([^，。；、\s]{2,30}?)(?:书面)?(?:申请|请求|提出)?复核(?!意见)")
_DAYS = re.compile(r"([〇零一二两三四五六七八九十百\d]+)(个工作)?[日天](?:之?内|以内)[^。；]{0,40}?复核(?!意见)")
_AGAIN = re.compile(r"(?:可以?|有权|不服)[^。；]{0,40}(?:申请|请求|提出)[^。；，]{0,20}(?:复查|复核)(?!意见)")
_FINAL = re.compile(r"(?:本|该)[^。；，]{0,8}意见[^。；，]{0,8}终局|不(?:得|能|再)[^。；，]{0,6}复核(?!意见)")


@dataclass(frozen=True)
class Verdict(Sheet):
    """A draft opinion of the organ above. `is_last`: a recheck, or a review by an organ that has none above it."""

    outcome: str = ""
    decision: str = ""
    is_last: bool = False

    def parts(self) -> list[tuple[str, str]]:
        """(place, text) of every part that goes into the letter."""
        return [(FACTS, self.facts), (VERDICT, self.decision), (BASIS, self.basis)]

    @property
    def substance(self) -> str:
        return "\n".join([self.facts, self.decision])


def remarks(sheet: Verdict, file: CaseFile) -> Iterator[Remark]:
    """Outcome and words, requests left aside, remedies, and the contested opinion copied."""
    yield from _outcome(sheet)
    for number, request in sorted(file.claims.items()):
        if not speaks_to(request, sheet.substance):
            said = f"没有提到第 {number} 项请求所说的事，请核对是否答到了每一项请求"
            yield ask("Q2", VERDICT, said, EVERY_REQUEST)
    for old in file.earlier:
        alike = likeness(sheet.facts, old.sheet.facts) * 100
        if alike >= file.limits.copied_percent:
            said = f"认定的事实与所不服的原意见相似 {alike:.0f}%，请核对是否自行核查、写明采信的理由"
            yield ask("S4", FACTS, said, LOOKED_ANEW)
    for place, text in sheet.parts():
        for sentence in re.split(r"[。；\n]", text):
            yield from _remedy(place, sentence, sheet, file)


def _outcome(sheet: Verdict) -> Iterator[Remark]:
    label = REVIEW_RESULTS[sheet.outcome]
    if CONTRADICTS[sheet.outcome].search(sheet.decision):
        yield must("O1", VERDICT, f"结论是“{label}”，意见写的却不是，请改成一致", ONE_OUTCOME)
    elif SAYS[sheet.outcome] not in sheet.decision:
        yield ask("O2", VERDICT, f"结论是“{label}”，意见里没有写明“{SAYS[sheet.outcome]}”，请核对", ONE_OUTCOME)


def _remedy(place: str, sentence: str, sheet: Verdict, file: CaseFile) -> Iterator[Remark]:
    court = COURT_REMEDY.search(sentence)
    # 事实里可以写申请人曾经起诉、申请复议；劝告的话不行
    if court and place != BASIS and (place != FACTS or _ADVICE.search(sentence[: court.start()])):
        yield must("R1", place, "写了申请复议或者提起诉讼，请删去", NO_COURT)
    if sheet.is_last:
        if _AGAIN.search(sentence):
            yield must("R4", place, "写了还可以申请复查、复核，请删去：本意见为终局", LAST_WORD)
        return
    for named in _TO.finditer(sentence):
        if not ANY_ORGAN.search(named[1]) and named[1] not in file.reviewers:
            right = file.reviewers[0] if file.reviewers else "上一级机关"
            yield must("R2", place, f"复核机关写成了“{named[1]}”，应为“{right}”", RECHECK_ONLY)
    for days in _DAYS.finditer(sentence):
        if days[2] or number_of(days[1]) != 30:
            said = f"申请复核的期限写成了“{days[1]}{days[2] or ''}日”，应为收到之日起三十日"
            yield must("R3", place, said, RECHECK_ONLY)
    if _FINAL.search(sentence):
        yield must("R4", place, "写了终局或者不得申请复核，请删去：复查意见可以请求复核", RECHECK_ONLY)
