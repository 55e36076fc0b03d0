"""不常有的几步：公告送达、邮寄批次、秩序事件、本机关自己的法定程序。"""

from datetime import timedelta

from config.demo import people
from petitions.act.consequences import carry_out
from petitions.act.decorator import Refused
from petitions.act.states import State
from petitions.approval import rules as approvals
from petitions.models import PostItem, Service
from petitions.service.post import rules as posting
from rulebook.acts import Act
from rulebook.timekeeping import now, today
from supervision.incidents import rules as incidents
from supervision.models import IncidentStep, OrderIncident

NOTICE_BOARDS = "信访接待大厅公告栏、原住址所在社区公告栏"


def _officer(walk, petition):
    return walk.cast.of(petition.organ, people.OFFICER)


def _opinions(walk, tale) -> list[Service]:
    """The opinion's services that still have to reach somebody, on the petition as it stands."""
    petition = walk.petition(tale)
    waiting = petition.services.filter(letter__kind="F12", served_on=None).select_related("letter", "party__person")
    for service in waiting:
        service.petition = petition
    return list(waiting)


# 公告送达


def not_found(walk, tale):
    for service in _opinions(walk, tale):
        told = {"means": "direct", "on": today(), "outcome": "moved", "reason": "邻居说已搬走，电话停机"}
        carry_out(service, Act.ATTEMPT_SERVICE, by=_officer(walk, service.petition), **told)


def ask_for_notice(walk, tale):
    [service] = _opinions(walk, tale)
    reason = "登记的住址无人居住，电话停机，社区和派出所均不掌握现住址。"
    by = _officer(walk, service.petition)
    approvals.request(service.petition, Act.ALLOW_NOTICE, by=by, service=service, reason=reason)


def publish_notice(walk, tale):
    [service] = _opinions(walk, tale)
    by = _officer(walk, service.petition)
    carry_out(service, Act.PUBLISH_NOTICE, by=by, on=today(), place=NOTICE_BOARDS)


# 邮寄批次


def post_batch(walk, tale):
    """One batch of what waits on this petition; each letter under a number of its own."""
    services = _opinions(walk, tale)
    by = _officer(walk, services[0].petition)
    batch = posting.collect([service.pk for service in services], by=by)
    numbers = {item: f"1199{item.pk:09d}" for item in posting.items_for(batch, by)}
    _went(posting.post(numbers, on=today(), by=by))
    walk.forget(services[0].petition)


def brought_back(walk, tale):
    petition = walk.petition(tale)
    items = PostItem.objects.filter(service__petition=petition).exclude(tracking="").select_related("service")
    told = {"on": today(), "outcome": "nobody", "reason": "两次投递均无人签收"}
    _went(posting.settle(dict.fromkeys(items, told), by=_officer(walk, petition)))
    walk.forget(petition)


def _went(refused: dict[int, str]) -> None:
    """A letter of a batch that was refused stops the tale, as any refused step does."""
    if refused:
        raise Refused("；".join(refused.values()))


# 秩序事件


def keep_order(walk, tale):
    """Written down where order is kept, with what was done about it; no line of the petition knows of it."""
    petition = walk.petition(tale)
    by = _officer(walk, petition)
    incident = incidents.record(
        by=by,
        happened_at=now() - timedelta(minutes=40),
        place=f"{petition.organ.short_name}接待大厅",
        conduct=[OrderIncident.Conduct.STAYING],
        people=2,
        account="来访两人要求当日解决，下班后仍滞留大厅不愿离开，没有过激行为。",
        case=petition.number,
    )
    said = {
        IncidentStep.Measure.DISSUADE: "值班人员当场劝阻，说明办理进度和下次联系的时间。",
        IncidentStep.Measure.EDUCATE: "告知《信访工作条例》第二十条、第二十六条的规定，两人于十八时离开。",
    }
    for measure, words in said.items():
        incidents.add_step(incident, by=by, measure=measure, words=words)


# 本机关自己的法定程序


def answer_procedure(walk, tale):
    """Only what the organ kept in a procedure of its own: the court or the tribunal answers the rest."""
    petition = walk.petition(tale)
    if petition.state != State.IN_PROCEDURE:
        return
    approvals.request(
        petition,
        Act.ANSWER,
        by=_officer(walk, petition),
        outcome="done",
        facts="经调取档案、核对你提交的材料并听取意见，你反映的事项属于本机关职责。",
        reply="本机关已按法定程序办理，结果文书随本答复送达；材料不全的，已一次性告知需要补正的内容。",
        basis="《中华人民共和国行政许可法》第三十二条",
        reconsider_organ=petition.organ.review_organ.name,
        court=f"云州市{walk.area(tale)}人民法院",
    )


def serve_answer(walk, tale):
    petition = walk.petition(tale)
    walk.serve(tale, ("F13",), by=_officer(walk, petition))
