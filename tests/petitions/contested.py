"""处理意见送达以后：申请、审查、听证、签发、责令重作。A contested opinion in a test got there through real acts."""

from datetime import timedelta

from petitions.act.consequences import carry_out
from petitions.handling.opinion.examination.case_file import remarks_on_review
from petitions.handling.opinion.examination.examination_sheet import Severity
from petitions.intake.registration import PartyFacts
from petitions.models import Proceeding
from rulebook.acts import Act
from rulebook.timekeeping import today
from tests.cast import closed, do, drafted, fresh, issued, on_day, serve_all, someone
from tests.cast import decided as decided_path
from tests.petitions.places import at_office, organ

SERVED = "2026-05-20"  # 30 日届满 2026-06-19（端午），顺延 06-22
HEARING = {
    "held_at": "9:30 至 11:30",
    "place": "市信访办听证室",
    "host": "巫启明",
    "members": "甲、乙、丙",
    "recorder": "丁",
    "asked": True,
}
MINUTES = {"minutes": "各方到场", "evidence": "出示照片六张", "votes": "3 人一致", "result": "三人一致维持"}


def couple() -> list[PartyFacts]:
    """Two petitioners: each is served, and each may contest."""
    return [
        PartyFacts(name=name, role="representative", phone=f"1380000333{at}", address="春柳苑")
        for at, name in enumerate(["陈玉兰", "马玉敏"])
    ]


def served_opinion(day=SERVED, **told):
    with on_day(day):
        return closed(**told)


def opinion_service(petition, kind="F12"):
    service = petition.services.filter(letter__kind=kind).latest("pk")
    service.petition = fresh(petition)
    return service


def request(petition, by="officer1", *, kind="F12", to="YH", **told):
    act = Act.REQUEST_RECHECK if kind == "F18" else Act.REQUEST_REVIEW
    told = {"applied_on": today(), "grounds": "维修资金的使用情况没有查清"} | told
    carry_out(opinion_service(petition, kind), act, by=someone(by), to=organ(to), **told)
    return fresh(petition).proceedings.latest("pk")


def step(proceeding, act, by, **told):
    noun = Proceeding.objects.get(pk=proceeding.pk)
    carry_out(noun, act, by=someone(by), **told)
    return Proceeding.objects.get(pk=proceeding.pk)


def decided(proceeding, outcome="uphold", by=("review1", "chair1"), **told):
    proceeding = step(proceeding, Act.ADMIT_REVIEW, by[0]) if proceeding.state == "requested" else proceeding
    words = {
        "facts": "经复查，原意见认定的停梯日期属实。",
        "basis": "《信访工作条例》第三十五条",
        "decision": "维持原处理意见。",
    }
    step(proceeding, Act.PROPOSE_REVIEW, by[0], outcome=outcome, **(words | told))
    return step(proceeding, Act.DECIDE_REVIEW, by[1], overrides=answered(proceeding))


def answered(proceeding) -> dict[str, str]:
    """A reason for every remark of the examiner that asks the one who signs for one."""
    found = remarks_on_review(Proceeding.objects.get(pk=proceeding.pk))
    return {one.key: "已核对案卷，无误" for one in found if one.severity == Severity.ASK}


def contested(**told):
    """Concluded and contested on the same day."""
    petition = closed(**told)
    request(petition)
    return fresh(petition)


def contested_at_once(**told):
    """Contested by whoever was served first, before the organ has closed it."""
    petition = issued(**told)
    service = petition.services.filter(letter__kind="F12").order_by("pk").first()
    service.petition = petition
    carry_out(service, Act.SERVE, by=someone("officer1"), means="direct", on=today())
    carry_out(service, Act.REQUEST_REVIEW, by=someone("officer1"), to=organ("YH"), applied_on=today(), grounds="不服")
    return fresh(petition)


def closed_by_a_bureau(**told):
    """A district bureau's opinion: 区政府 and the municipal bureau of its field may both review it."""
    petition = do(at_office(**told), Act.FORWARD, "dclerk1", to=organ("YHZJ"))
    petition = drafted(do(decided_path(petition, "officer.yhzj"), Act.ACCEPT, "officer.yhzj"), "officer.yhzj")
    do(petition, Act.SUBMIT, "officer.yhzj")
    do(petition, Act.PASS, "legal1", opinion="事实清楚")
    petition = serve_all(do(petition, Act.SIGN, "deputy.yhzj"), "officer.yhzj")
    return do(petition, Act.CLOSE, "officer.yhzj")


def before_a_bureau(**told):
    """The petitioner chose the municipal bureau."""
    petition = closed_by_a_bureau(**told)
    request(petition, "officer.yhzj", to="YZZJ")
    return fresh(petition)


def under_review(**told):
    petition = contested(**told)
    step(petition.proceedings.get(), Act.ADMIT_REVIEW, "review1")
    return fresh(petition)


def upheld(**told):
    """Reviewed, and the review served."""
    petition = under_review(**told)
    decided(petition.proceedings.get())
    return serve_all(petition, by="review1")


def under_recheck(**told):
    petition = upheld(**told)
    step(request(petition, kind="F18", to="YZ"), Act.ADMIT_REVIEW, "creview1")
    return fresh(petition)


def sent_back(**told):
    """The review ordered the organ to decide anew."""
    petition = under_review(**told)
    due = today() + timedelta(days=30)
    decided(petition.proceedings.get(), "redo", redo_due_on=due, decision="责令重新调查维修资金使用情况。")
    return fresh(petition)


def reviewed(day="2026-06-01", **told):
    """An opinion reviewed and the review served."""
    petition = served_opinion()
    with on_day(day):
        decided(request(petition), **told)
        serve_all(petition, by="review1")
    return fresh(petition)


def recheck(petition, day="2026-06-10"):
    with on_day(day):
        proceeding = request(petition, kind="F18", to="YZ")
        return step(proceeding, Act.ADMIT_REVIEW, "creview1")
