"""审核：签发前把意见稿与卷宗逐项核对，每条提示写明在哪里、为什么（rules §1.8、§1.9.4、§8.3）。

`examine` is pure; `gathering` reads the file from the database; `heeding` is what the check of 督查 makes of it.
"""

from petitions.examining import blanks, claims, dates, facts, grounds, remedy, sameness, strangers
from petitions.examining.sheet import CaseFile, Remark, Severity, Sheet

EXAMINERS = (claims, blanks, facts, grounds, remedy, dates, strangers, sameness)


def examine(sheet: Sheet, file: CaseFile) -> list[Remark]:
    """Everything to be changed or looked at again in the draft; 必须改 first, then in the order of the paper."""
    found = [remark for examiner in EXAMINERS for remark in examiner.remarks(sheet, file)]
    once = list({remark.key: remark for remark in found}.values())
    return sorted(once, key=lambda remark: remark.severity != Severity.MUST)
