"""法律法规依据：至少一条写到条，引的法在名录里、没有废止，条号不超出（第三十二条）。"""

from collections.abc import Iterator

from petitions.handling.opinion.examination.examination_sheet import BASIS, CaseFile, Remark, Severity, Sheet, must
from rulebook.statute.statutes import Flaw

TO_THE_ARTICLE = "处理意见须有法律法规依据，写到条（第三十二条）"
CODES = {"unknown": "L2", "beyond": "L3", "ended": "L4", "nameless": "L5"}
REASONS = {
    "unknown": "引用的法律法规须现行有效；名录之外的由核查人核对（第三十二条）",
    "beyond": "引用的条须存在（第三十二条）",
    "ended": "引用的法律法规须现行有效（第三十二条）",
    "nameless": TO_THE_ARTICLE,
}


def remarks(sheet: Sheet, file: CaseFile) -> Iterator[Remark]:
    """No article at all under the grounds; and every faulty reference, wherever it stands."""
    cited = file.statutes.cited_in(sheet.basis)
    flaws = [file.statutes.flaw(one, file.today) for one in cited]
    if not any(one.article is not None for one in cited):
        yield must("L1", BASIS, "依据没有写到条，请至少写明一条，例如“《……法》第十条”", TO_THE_ARTICLE)
    elif not any(file.statutes.stands(one, file.today) for one in cited) and all(
        flaw is None or flaw.certain for flaw in flaws
    ):
        yield must("L1", BASIS, "依据里没有一条是现行有效、条号存在的，请更换依据", TO_THE_ARTICLE)
    for place, text in sheet.parts():
        for one in file.statutes.cited_in(text):
            flaw = file.statutes.flaw(one, file.today)
            if flaw is not None and (place == BASIS or flaw.kind in ("beyond", "ended")):
                yield _remark(place, flaw)


def _remark(place: str, flaw: Flaw) -> Remark:
    severity = Severity.MUST if flaw.certain else Severity.ASK
    return Remark(CODES[flaw.kind], severity, place, flaw.sentence, REASONS[flaw.kind])
