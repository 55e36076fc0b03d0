"""复查复核怎样办：由复查复核办的人一步一步走，与工作人员按钮走的是同一条路。"""

from datetime import timedelta

from petitions.act.consequences import carry_out
from petitions.handling.opinion.examination.case_file import remarks_on_review
from petitions.handling.opinion.examination.examination_sheet import Severity
from petitions.models import Hearing, Proceeding
from petitions.review import rules as reviewing
from rulebook.acts import Act
from rulebook.timekeeping import today

CLERKS = ("DS_REVIEW", "CT_REVIEW")
CHAIRS = ("DS_REVIEW_CHAIR", "CT_REVIEW_CHAIR")
GROUNDS = "处理意见没有回应我反映的主要问题，请求查清事实后重新作出结论。"
FACTS = "经调阅案卷、听取双方陈述，原处理意见认定的主要事实清楚，程序符合规定。"
BASIS = "《信访工作条例》第三十五条"
LET_STAND = "已核对案卷，意见无误。"
OUTCOMES = {"uphold": "维持原处理意见。", "change": "变更原处理意见第一项：责令责任单位在一个月内整改并公示结果。"}


def request_review(walk, tale):
    """The applicant comes back to the organ that gave the opinion."""
    service = _served(walk, tale, "F12")
    _request(walk, service, Act.REQUEST_REVIEW, service.petition.organ.review_organ)


def request_recheck(walk, tale):
    """Against the review, to the organ above the reviewer."""
    service = _served(walk, tale, "F18")
    _request(walk, service, Act.REQUEST_RECHECK, reviewing.reviewed_by(service).organ.review_organ)


def admit_review(walk, tale):
    proceeding = _proceeding(walk, tale)
    carry_out(proceeding, Act.ADMIT_REVIEW, by=walk.cast.of(proceeding.organ, CLERKS))


def call_hearing(walk, tale):
    proceeding = _proceeding(walk, tale)
    by = walk.cast.of(proceeding.organ, CLERKS)
    sits = {
        "place": "复查复核办听证室",
        "host": by.name,
        "members": "人大代表、律师、居民代表",
        "recorder": "书记员",
        "asked": True,
    }
    held = today() + timedelta(days=5)
    carry_out(
        proceeding,
        Act.CALL_HEARING,
        by=by,
        held_on=held,
        held_at="9:30 至 11:30",
        until=held + timedelta(days=3),
        **sits,
    )


def conclude_hearing(walk, tale):
    hearing = Hearing.objects.select_related("petition", "proceeding__organ").get(
        petition=walk.petition(tale), state="called", proceeding__isnull=False
    )
    hearing.petition = walk.petition(tale)
    by = walk.cast.of(hearing.proceeding.organ, CLERKS)
    minutes = "信访人和承办单位到场陈述、质证，听证员逐一询问。"
    told = {"evidence": "各方出示的材料均经质证。", "votes": "听证员 3 人参加评议，3 人意见一致"}
    carry_out(hearing, Act.CONCLUDE_HEARING, by=by, minutes=minutes, result="听证员三人一致认为原意见适当。", **told)


def propose_review(walk, tale):
    proceeding = _proceeding(walk, tale)
    outcome = "change" if int(tale.id[1:]) % 5 == 0 else "uphold"
    carry_out(
        proceeding,
        Act.PROPOSE_REVIEW,
        by=walk.cast.of(proceeding.organ, CLERKS),
        outcome=outcome,
        facts=FACTS,
        basis=BASIS,
        decision=OUTCOMES[outcome],
    )


def decide_review(walk, tale):
    proceeding = _proceeding(walk, tale)
    answered = {one.key: LET_STAND for one in remarks_on_review(proceeding) if one.severity == Severity.ASK}
    carry_out(proceeding, Act.DECIDE_REVIEW, by=walk.cast.of(proceeding.organ, CHAIRS), overrides=answered)


def serve_review(walk, tale):
    last = walk.petition(tale).proceedings.select_related("organ").latest("pk")
    walk.serve(tale, ("F18", "F19"), by=walk.cast.of(last.organ, CLERKS))


def _served(walk, tale, kind):
    petition = walk.petition(tale)
    service = petition.services.filter(letter__kind=kind, served_on__isnull=False).select_related("letter", "party")
    found = service.order_by("pk").first()
    found.petition = petition
    return found


def _request(walk, service, act, to):
    by = walk.cast.of(service.petition.organ, ("ST_OFFICER", "DEPT_OFFICER"))
    carry_out(service, act, by=by, to=walk.cast.by_key[to.pk], applied_on=today(), grounds=GROUNDS)


def _proceeding(walk, tale) -> Proceeding:
    petition = walk.petition(tale)
    found = petition.proceedings.select_related("organ", "service__letter", "party").latest("pk")
    found.petition = petition
    return found
