"""审核用例里的一份卷宗和一份写得好的意见稿；其余各稿由它改一处得来。人、地、事都是编的。"""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from petitions.act.states import LegalPath
from petitions.handling.opinion.examination import examine
from petitions.handling.opinion.examination.examination_sheet import Answer, CaseFile, Sheet, Who
from rulebook.statute import statutes

PACK = Path(__file__).parents[3] / "citypacks" / "yunzhou"
CLAIMS = {1: "尽快修好3号楼电梯", 2: "公示维修资金使用情况"}
TOLD = "春柳苑3号楼电梯停运三天，老人下不了楼，请尽快修好并公示维修资金使用情况。"
OWN_ID, OTHER_ID = "110199195403151234", "110199196807124321"
OWN_PHONE, OTHER_PHONE = "13800006215", "13800007316"

GOOD = Sheet(
    facts="2026年3月10日工作人员到现场核查，并电话听取信访人陈述。电梯曳引机轴承损坏，维保单位未按期检修，更换的部件已经到货。"
    "维修资金本年度支出一笔，未在楼门张贴。",
    basis="《中华人民共和国特种设备安全法》第三十九条\n《物业管理条例》第五十三条、第五十四条第三款",
    answers={
        1: Answer("support", "予以支持。已责成维保单位更换曳引机，电梯于2026年3月14日恢复运行。"),
        2: Answer("partly", "资金使用情况已在楼门公示；以往年度的账目由物业在一个月内补充公示。"),
    },
)


@cache
def book() -> statutes.StatuteBook:
    """The demo city's list, read from its files."""
    rows, complaints = statutes.read(PACK)
    assert complaints == []
    return statutes.StatuteBook(rows.values())


def file(**told) -> CaseFile:
    """The file of 陈玉兰's petition about the lift, with what the test says otherwise."""
    known = {
        "number": "11019901-2026-00012",
        "path": LegalPath.PETITION,
        "claims": CLAIMS,
        "told": TOLD,
        "received_on": date(2026, 3, 2),
        "accepted_on": date(2026, 3, 5),
        "today": date(2026, 3, 20),
        "reviewers": ("云州市云河区人民政府", "云河区政府"),
        "statutes": book(),
        "parties": (Who("陈玉兰", OWN_ID, OWN_PHONE),),
    }
    return CaseFile(**(known | told))


def sheet(*, first: str | None = None, second: str | None = None, outcomes=("support", "partly"), **told) -> Sheet:
    """The good opinion with parts of it written otherwise; `first`, `second` are the answers' texts."""
    texts = (first, second)
    answers = {
        number: Answer(outcomes[number - 1], text if text is not None else GOOD.answers[number].text)
        for number, text in enumerate(texts, start=1)
    }
    return replace(GOOD, answers=answers, **told)


def more(words: str) -> str:
    """The good facts with a sentence added."""
    return GOOD.facts + words


def found(draft: Sheet, **told) -> list[str]:
    """The codes of everything found, each with ! where it must be changed."""
    remarks = examine(draft, file(**told))
    return sorted(f"{one.code}{'!' if one.severity == 'must' else ''}" for one in remarks)
