"""雷同：与被撤销的、被退回的，或者别的件的意见像到什么程度（rules §1.9.3、§8.3）。"""

from collections.abc import Iterator

from documents.text_overlap import likeness
from petitions.handling.opinion.examination.examination_sheet import FACTS, CaseFile, Earlier, Remark, Sheet, ask, must

NOT_AGAIN = "重新作出的，不得以同一事实和理由作出相同或者基本相同的意见（第三十五条）"
NEAR = 70  # %：像到这一步，由核查人看差异写得实不实


def remarks(sheet: Sheet, file: CaseFile) -> Iterator[Remark]:
    """Against earlier opinions of this file, then against those of other files of the organ."""
    for one in file.earlier:
        yield from _quashed(sheet, one, file) if one.quashed else _returned(sheet, one)
    for other in file.others:
        alike = likeness(sheet.substance, other.substance) * 100
        if alike >= file.limits.alike_percent:
            said = f"与本单位另一件（{other.number}）的意见相似 {alike:.0f}%，请核对是否照搬"
            yield ask("S3", FACTS, said, "每件须听取陈述、调查核实，据本件事实作出意见（第三十一条第六项）")


def _quashed(sheet: Sheet, old: Earlier, file: CaseFile) -> Iterator[Remark]:
    alike = likeness(sheet.substance, old.sheet.substance) * 100
    if alike >= file.limits.copied_percent and sheet.outcomes == old.sheet.outcomes:
        said = f"与被撤销的第 {old.version} 稿结论相同、文字相似 {alike:.0f}%，请重新核实后写明差异"
        yield must("S1", FACTS, said, NOT_AGAIN)
    elif alike >= NEAR:
        said = f"与被撤销的第 {old.version} 稿文字相似 {alike:.0f}%，请核对事实、依据或者结论确有不同"
        yield ask("S1", FACTS, said, NOT_AGAIN)


def _returned(sheet: Sheet, old: Earlier) -> Iterator[Remark]:
    was = old.sheet
    if old.same or (was.substance, was.basis, was.outcomes) == (sheet.substance, sheet.basis, sheet.outcomes):
        yield must(
            "S2",
            FACTS,
            f"与退回的第 {old.version} 稿一字未改，请按退回理由修改后再送核查",
            "核查退回的须修改（内部管理要求）",
        )
