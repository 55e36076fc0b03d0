"""审核：签发前把意见稿与卷宗逐项核对，每条提示写明在哪里、为什么（rules §1.8、§1.9.4、§8.3）。

`examine` is pure; `gathering` reads the file from the database; `heeding` is what the check of 督查 makes of it.
"""

from petitions.handling.opinion.examination import (
    claim_findings,
    date_checks,
    fact_statement,
    legal_basis,
    placeholders,
    remedy,
    repetition,
    review_verdict,
    third_parties,
)
from petitions.handling.opinion.examination.examination_sheet import CaseFile, Remark, Severity, Sheet

EXAMINERS = (claim_findings, placeholders, fact_statement, legal_basis, remedy, date_checks, third_parties, repetition)
# 复查、复核意见另有结论、救济的审核，其余相同
OF_VERDICTS = (review_verdict, placeholders, fact_statement, legal_basis, date_checks, third_parties)


def examine(sheet: Sheet, file: CaseFile) -> list[Remark]:
    """Everything to be changed or looked at again in the draft; 必须改 first, then in the order of the paper."""
    examiners = OF_VERDICTS if isinstance(sheet, review_verdict.Verdict) else EXAMINERS
    found = [remark for examiner in examiners for remark in examiner.remarks(sheet, file)]
    once = list({remark.key: remark for remark in found}.values())
    return sorted(once, key=lambda remark: remark.severity != Severity.MUST)
