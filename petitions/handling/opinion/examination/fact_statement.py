"""事实和理由：是调查得来的，不是空的，也不是把诉求抄一遍（第三十一条第六项、第三十二条）。"""

import re
from collections.abc import Iterator

from documents.text_overlap import likeness
from petitions.handling.opinion.examination.examination_sheet import FACTS, CaseFile, Remark, Sheet, ask, must

FOUND_OUT = "听取陈述、调查核实后写明事实和理由（第三十一条第六项、第三十二条）"


def remarks(sheet: Sheet, file: CaseFile) -> Iterator[Remark]:
    """No facts, too few, or the petitioner's own words once more."""
    facts = sheet.facts.strip()
    if not facts:
        yield must("F1", FACTS, "没有写事实和理由", FOUND_OUT)
    elif _is_copied(facts, file):
        yield must("F3", FACTS, "事实和理由照抄了信访人的话，请写调查核实的结果", FOUND_OUT)
    elif len(re.sub(r"\W", "", facts)) < file.limits.facts_least:
        yield ask("F2", FACTS, f"事实和理由不足 {file.limits.facts_least} 字，请写明怎样查的、查到什么", FOUND_OUT)


def _is_copied(facts: str, file: CaseFile) -> bool:
    said = [file.told, *file.claims.values(), "".join(file.claims.values())]
    return any(likeness(facts, one) * 100 >= file.limits.copied_percent for one in said)
