"""第三十三条的调解、和解：各方自愿，协议书，司法确认；不停任何期限（案例 E24）。"""

from datetime import date

import pytest

from documents.models import Letter
from petitions.act.consequences import carry_out
from petitions.act.decorator import Refused
from petitions.act.states import State
from petitions.models import Mediation, Petition
from petitions.record.timeline import sentence
from petitions.record.verification import verify
from rulebook.acts import Act
from tests.cast import accepted, do, drafted, fresh, on_day, someone
from tests.petitions.places import clock

pytestmark = pytest.mark.usefixtures("city")
DAY = date(2026, 3, 2)
PEOPLE = {
    "mode": "mediated",
    "by_committee": True,
    "mediator": "翠苑社区人民调解委员会 田翠屏",
    "disputants": "陈玉兰（业主）\n翠苑物业服务公司（物业服务人）",
    "dispute": "渗水造成家具受潮，对赔偿数额有争议。",
    "consent": True,
    "lawful": True,
    "asked": True,
}
AGREED = {
    "agreement": "翠苑物业服务公司赔偿人民币3200元\n修复渗水部位",
    "performance": "赔偿款十日内付清。",
    "court": "云河区人民法院",
}


def in_mediation(day="2026-03-10", **other):
    with on_day(DAY):
        petition = accepted()
    with on_day(day):
        return do(petition, Act.MEDIATE, **(PEOPLE | other))


def step(petition, act, day, by="officer1", **told):
    mediation = fresh(petition).mediations.latest("pk")
    with on_day(day):
        carry_out(mediation, act, by=someone(by), **told)
    return fresh(petition)


def agreed(day="2026-03-20", on=None, **other):
    return step(in_mediation(**other), Act.AGREE, day, on=on or date.fromisoformat(day), **AGREED)


def test_e24_mediation_stops_nothing_however_long_it_takes():
    petition = in_mediation()
    assert clock(petition, "D06").due_on == date(2026, 5, 1) and clock(petition, "D06").is_running
    with on_day("2026-05-20"):  # 第七十九日，仍在调解
        assert "D06" in petition.deadlines.overdue(date(2026, 5, 20)).values_list("term", flat=True)
    assert sentence(petition.events.get(act="mediate")) == "各方自愿，开始调解，办理期限不停"


def test_e24_an_agreement_ends_the_case_without_an_opinion_and_in_time():
    petition = agreed()
    with on_day("2026-03-21"):
        petition = do(petition, Act.CLOSE_AGREED)
    assert petition.state == State.CLOSED
    d06 = clock(petition, "D06")
    assert (d06.ended_how, d06.met_on) == ("met", date(2026, 3, 21))
    assert not petition.deadlines.filter(term="D08").exists()  # 没有处理意见，就没有复查
    assert set(petition.claims.values_list("answer", flat=True)) == {"已达成协议，按协议履行（2026-03-20）"}
    assert list(verify()) == []


def test_the_agreement_is_written_down_for_the_parties_to_sign():
    petition = agreed()
    words = Letter.objects.get(kind="F31").rendered.words
    for told in (
        "调解",
        "翠苑物业服务公司（物业服务人）",
        "3200元",
        "十日内付清",
        "田翠屏",
        "云河区人民法院",
        "30日内",
    ):
        assert told in words, told
    assert petition.mediations.get().letter.kind == "F31"
    assert sentence(petition.events.get(act="agree")) == "达成协议，制作协议书，03-20 生效"


def test_without_an_agreement_there_is_no_such_end():
    petition = in_mediation()
    with on_day("2026-03-11"), pytest.raises(Refused, match="没有达成的调解协议、和解协议"):
        do(petition, Act.CLOSE_AGREED)
    petition = step(petition, Act.GIVE_UP, "2026-03-12", reason="对方不愿继续")
    with on_day("2026-03-12"):
        with pytest.raises(Refused, match="请起草并出具处理意见书"):
            do(petition, Act.CLOSE_AGREED)
        assert do(drafted(petition), Act.SUBMIT).state == State.SUBMITTED  # 不以调代处


def test_after_a_first_attempt_failed_a_second_may_be_made_but_not_two_at_once():
    petition = in_mediation()
    with on_day("2026-03-11"), pytest.raises(Refused, match="调解、和解还没有结果"):
        do(petition, Act.MEDIATE, **PEOPLE)
    petition = step(petition, Act.GIVE_UP, "2026-03-12", reason="对方不愿继续")
    with on_day("2026-03-20"):
        petition = do(petition, Act.MEDIATE, **(PEOPLE | {"mode": "reconciled", "by_committee": False, "mediator": ""}))
    assert [one.get_mode_display() for one in petition.mediations.order_by("pk")] == ["调解", "和解"]


@pytest.mark.parametrize(
    ("act", "told", "line"),
    [
        (
            Act.LEAD_IN,
            {"path": "31-2", "authority": "云河区劳动人事争议仲裁委员会", "reason": "属劳动争议。"},
            "本件导入法定途径，未达成协议，终止调解、和解",
        ),
        (Act.SIGN, {}, "本件签发处理意见书，未达成协议，终止调解、和解"),
    ],
)
def test_a_mediation_ends_with_the_case_it_was_held_in(act, told, line):
    """第三十三条：调解在办理之中；件走了别的路，或者意见书已经签发，就不再由本机关调解。"""
    petition = in_mediation()
    with on_day("2026-03-20"):
        if act is Act.SIGN:
            petition = do(do(drafted(petition), Act.SUBMIT), Act.PASS, "legal1")
        petition = do(petition, act, "deputy1" if act is Act.SIGN else "officer1", **told)
    mediation = petition.mediations.get()
    assert (mediation.state, mediation.ended_at.date()) == ("failed", date(2026, 3, 20))
    ended = petition.events.get(act="give_up")
    assert ended.actor_kind == "system" and sentence(ended) == line
    with on_day("2026-03-21"), pytest.raises(Refused, match="未达成协议”时不能达成协议"):
        step(petition, Act.AGREE, "2026-03-21", on=date(2026, 3, 21), **AGREED)
    assert list(verify()) == []


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"consent": False}, "须各方自愿"),
        ({"lawful": False}, "不违反法律法规的强制性规定，不超出本机关的裁量权"),
        ({"disputants": "陈玉兰（业主）"}, "一行一方，现为 1 方"),
        ({"mediator": " "}, "须写明调解组织或者调解员"),
        ({"mode": "reconciled"}, "和解由各方自行达成"),
        ({"mediator": "陈玉兰"}, "陈玉兰是一方当事人，不能担任调解员"),
        ({"mediator": "田翠屏", "interests": "田翠屏：业主的亲戚"}, "田翠屏申报的利害关系：业主的亲戚，应当回避"),
        ({"asked": False}, "请逐人询问与本事项、当事人有没有直接利害关系"),
    ],
)
def test_who_takes_part_and_on_what_terms(other, sentence):
    with pytest.raises(Refused, match=sentence):
        in_mediation(**other)


def test_the_handler_may_mediate_what_the_organ_handles():
    assert in_mediation(mediator="李致平", by_committee=False).mediations.get().is_open_still


def test_an_agreement_names_what_is_done_when_and_is_of_a_day_that_has_been():
    petition = in_mediation()
    with pytest.raises(Refused, match="须写明协议内容和履行"):
        step(petition, Act.AGREE, "2026-03-20", on=date(2026, 3, 20), **(AGREED | {"performance": " "}))
    for day in (date(2026, 3, 21), date(2026, 3, 9)):
        with pytest.raises(Refused, match="应在2026-03-10至今天之间"):
            step(petition, Act.AGREE, "2026-03-20", on=day, **AGREED)


# 司法确认（《人民调解法》第三十三条）


def test_the_court_is_asked_together_within_thirty_days_of_the_agreement():
    petition = agreed("2026-03-20")
    assert petition.mediations.get().confirmation_ends_on == date(2026, 4, 20)  # 第三十日是星期日，顺延
    petition = step(petition, Act.CONFIRM, "2026-04-20", on=date(2026, 4, 20), court="云河区人民法院")
    assert petition.mediations.get().confirmation_on == date(2026, 4, 20)
    assert sentence(petition.events.get(act="confirm")) == "各方于 04-20 共同申请司法确认"
    with pytest.raises(Refused, match="已于2026-04-20记录申请司法确认"):
        step(petition, Act.CONFIRM, "2026-04-20", on=date(2026, 4, 20), court="云河区人民法院")


def test_afterwards_it_is_too_late():
    petition = agreed("2026-03-20")
    with pytest.raises(Refused, match="30 日内，已于2026-04-20届满"):
        step(petition, Act.CONFIRM, "2026-04-21", on=date(2026, 4, 21), court="云河区人民法院")


def test_only_what_a_committee_mediated_is_confirmed():
    petition = agreed(by_committee=False, mediator="李致平")
    assert petition.mediations.get().confirmation_ends_on is None
    with pytest.raises(Refused, match="只有人民调解委员会主持达成的协议"):
        step(petition, Act.CONFIRM, "2026-03-25", on=date(2026, 3, 25), court="云河区人民法院")


def test_the_names_of_the_parties_are_not_stored_in_the_clear(django_db_blocker):
    from django.db import connection

    in_mediation()
    with connection.cursor() as cursor:
        cursor.execute("SELECT disputants FROM petitions_mediation")
        [(stored,)] = cursor.fetchall()
    assert "陈玉兰" not in stored and Mediation.objects.get().people[0] == "陈玉兰（业主）"
    assert Petition.objects.get().events.filter(details__icontains="陈玉兰").count() == 0
