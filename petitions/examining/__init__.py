"""审核：签发前把意见稿与卷宗逐项核对，每条提示写明在哪里、为什么（rules §1.8、§1.9.4、§8.3）。

`examine` is pure; `gathering` reads the file from the database; `heeding` is what the check of 督查 makes of it.
"""

from petitions.examining import blanks, claims, dates, facts, grounds, remedy, sameness, strangers, verdict
from petitions.examining.sheet import CaseFile, Remark, Severity, Sheet

EXAMINERS = (claims, blanks, facts, grounds, remedy, dates, strangers, sameness)
# 复查、复核意见另有结论、救济的审核，其余相同
OF_VERDICTS = (verdict, blanks, facts, grounds, dates, strangers)


def examine(sheet: Sheet, file: CaseFile) -> list[Remark]:
    """Everything to be changed or looked at again in the draft; 必须改 first, then in the order of the paper."""
    examiners = OF_VERDICTS if isinstance(sheet, verdict.Verdict) else EXAMINERS
    found = [remark for examiner in examiners for remark in examiner.remarks(sheet, file)]
    once = list({remark.key: remark for remark in found}.values())
    return sorted(once, key=lambda remark: remark.severity != Severity.MUST)
