"""第二十二条第二款、第三十一条：导入哪条途径，出哪份文书，信访期限到哪里为止；由本机关答复的写明复议、诉讼。"""

from datetime import date

import pytest

from accounts.models import Organ
from desk.lists.queues import handling
from petitions.acceptance.separation import split
from petitions.acceptance.siblings import is_closed
from petitions.act.decorator import Refused, why_not
from petitions.act.states import Kind, State
from petitions.approval import rules as approvals
from petitions.clocks.provenance import explained
from petitions.models import Petition
from petitions.record.verification import verify
from rulebook.acts import Act
from rulebook.timekeeping import today
from supervision.ladder.climb import sweep
from tests.cast import EXCLUDED, accepted, decided, do, drafted, fresh, on_day, registered, someone
from tests.petitions.places import approve_all, ask

pytestmark = pytest.mark.django_db
COURT = {"path": "31-1", "authority": "云州市云河区人民法院", "reason": "同一诉求已经法院判决。"}
STREET = "云州市云河区青柳街道办事处"
REPLY = {
    "outcome": "done",
    "facts": "2026年3月5日到现场检查，地下室占用疏散通道，情况属实。",
    "reply": "已责令限期改正，到期复验。",
    "basis": "《消防法》第二十八条",
    "reconsider_organ": "云州市云河区人民政府",
    "court": "云州市云河区人民法院",
}


def at_office(**told):
    return registered("dclerk1", organ=Organ.objects.get(code="YHXF"), **told)


def papers(petition) -> list[str]:
    kinds = petition.petition_letters.order_by("pk").values_list("letter__kind", flat=True)
    return [kind for kind in kinds if kind != "F01"]


def running(petition) -> set[str]:
    return set(petition.deadlines.filter(ended_how="").values_list("term", flat=True))


def test_a_letter_about_a_lawsuit_is_passed_to_the_court_and_the_petitioner_is_told(city):
    petition = do(at_office(channel="letter"), Act.LEAD_IN, "dclerk1", **COURT)
    assert papers(petition) == ["F32", "F03"]
    passed = petition.petition_letters.get(letter__kind="F32").letter
    assert passed.addressee == COURT["authority"] and passed.fields["legal_body"] == "court"
    assert running(petition) == set()


def test_a_visit_about_a_lawsuit_is_guided_and_not_passed_on(city):
    petition = do(at_office(channel="visit"), Act.LEAD_IN, "dclerk1", **COURT)
    assert papers(petition) == ["F02"]


def test_a_lawsuit_is_passed_to_nobody_but_political_legal_organs(city):
    with pytest.raises(Refused, match="同级政法部门"):
        do(at_office(channel="letter"), Act.LEAD_IN, "dclerk1", **COURT | {"authority": "云河区住建委"})


def test_no_organ_is_its_own_court_or_arbitrator(city):
    with pytest.raises(Refused, match="本机关不受理该途径"):
        do(registered(), Act.LEAD_IN, path="31-2", authority=STREET, reason="劳动争议")


def test_an_administrative_organ_takes_the_matter_into_its_own_procedure_and_answers_with_the_remedy(city):
    petition = on_its_own_duty()
    told = petition.petition_letters.get(letter__kind="F02").letter
    assert "两个月内履行职责或者答复" in told.fields["due_note"]
    assert petition.state == State.IN_PROCEDURE and running(petition) == {"D19"}
    with pytest.raises(Refused, match="须写明行政复议机关、有管辖权的人民法院"):
        do(petition, Act.ANSWER, **REPLY | {"reconsider_organ": "", "court": ""})
    with pytest.raises(Refused, match="不得告知申请复查"):
        do(petition, Act.ANSWER, **REPLY | {"reply": "不服的可以申请复查。"})
    petition = do(petition, Act.ANSWER, **REPLY)
    assert petition.state == State.CLOSED and papers(petition)[-1] == "F13"
    letter = petition.petition_letters.get(letter__kind="F13").letter
    assert letter.fields["reconsider_organ"] == REPLY["reconsider_organ"] and letter.fields["path"] == "31-5"
    assert not petition.deadlines.filter(term__in=("D06", "D08")).exists()


def test_within_the_fifteen_days_the_procedural_answer_may_be_given_at_once(city):
    petition = do(registered(), Act.CLASSIFY, path="31-4")
    petition = do(petition, Act.ANSWER, **REPLY)
    assert petition.state == State.CLOSED and petition.deadlines.get(term="D02").ended_how == "met"


def test_what_was_led_elsewhere_is_not_answered_here(city):
    petition = do(
        registered(), Act.LEAD_IN, path="31-4", authority="云州市云河区人力资源和社会保障局", reason="申请认定"
    )
    assert petition.state == State.LED_IN and running(petition) == set()
    assert why_not(petition, Petition.answer) == ["“已导入法定途径”时不能答复"]
    assert why_not(decided(registered()), Petition.answer) == [
        "申诉求决须出具处理意见书，属第三十一条第四、五项且由本机关办理的才作程序性答复；建议先转研究、检举控告先移交专岗，再作答复"
    ]


# 本机关自己履行法定职责：两个月，有人办、有人催（第三十一条第五项、行政诉讼法第四十七条）


def on_its_own_duty(day="2026-12-31", **told):
    with on_day(day):
        asked = {"path": "31-5", "authority": STREET, "reason": "转为履职案件办理。"}
        return do(registered(), Act.LEAD_IN, **(asked | told))


def test_an_organ_that_acts_on_its_own_duty_has_two_months_from_the_application(city):
    petition = on_its_own_duty()
    d19 = petition.deadlines.get(term="D19")
    assert (d19.kind, str(d19.starts_on), str(d19.due_on)) == ("duty", "2026-12-31", "2027-02-28")  # 无对应日取月末
    assert d19.owed_by_organ.code == "YHQL" and petition.next_term == "D19"
    assert (petition.holder_organ.code, petition.waiting_for) == ("YHQL", "依法履职、作出答复")
    assert handling(someone("officer1")).filter(pk=petition.pk).exists()
    assert Petition.objects.visible_to(someone("officer1")).open().filter(pk=petition.pk).exists()
    with on_day("2027-02-28"):
        petition = do(petition, Act.ANSWER, **REPLY)
    assert petition.deadlines.get(term="D19").ended_how == "met" and petition.waiting_for == ""
    assert all(one["agrees"] for one in explained(petition)["clocks"])
    assert list(verify()) == []


def test_the_two_months_run_from_the_day_it_came_in_and_not_from_the_day_it_was_led_in(city):
    with on_day("2026-03-02"):
        petition = do(at_office(), Act.FORWARD, "dclerk1", to=Organ.objects.get(code="YHQL"))
    with on_day("2026-03-12"):
        petition = do(petition, Act.LEAD_IN, path="31-5", authority=STREET, reason="转为履职案件办理。")
    assert str(petition.deadlines.get(term="D19").due_on) == "2026-05-02"


def test_another_law_may_set_another_day(city):
    petition = on_its_own_duty("2026-03-02", due_on=date(2026, 3, 31))
    assert str(petition.deadlines.get(term="D19").due_on) == "2026-03-31"
    with pytest.raises(Refused, match="届满日须在今天以后"):
        on_its_own_duty("2026-03-02", due_on=date(2026, 3, 2))
    with pytest.raises(Refused, match="只有本机关自己履行法定职责"):
        on_its_own_duty("2026-03-02", path="31-1", authority=COURT["authority"], due_on=date(2026, 3, 31))


def test_no_clock_runs_here_for_another_organs_duty(city):
    petition = on_its_own_duty(authority="云州市云河区市场监督管理局")
    assert petition.state == State.LED_IN and running(petition) == set() and petition.waiting_for == ""


def test_the_silence_of_an_organ_on_its_own_duty_is_overdue_and_climbs_the_ladder(city):
    petition = on_its_own_duty("2026-03-02")
    with on_day("2026-05-03"):
        assert set(petition.deadlines.overdue(today()).duties().values_list("term", flat=True)) == {"D19"}
        sweep()
        climbed = fresh(petition).events.filter(act="remind").latest("seq")
    assert climbed.details["term"] == "D19"


def test_an_application_that_was_none_goes_back_and_its_two_months_end(city):
    petition = on_its_own_duty("2026-03-02")
    with on_day("2026-03-20"):
        petition = do(petition, Act.REOPEN, reason="经查不属本机关履行法定职责的事项。")
        assert petition.deadlines.get(term="D19").ended_how == "void"
        assert running(petition) == {"D02"}
        petition = do(decided(petition), Act.ACCEPT)
    assert str(petition.deadlines.get(term="D06").starts_on) == "2026-03-20"


def test_an_application_may_be_withdrawn(city):
    petition = on_its_own_duty("2026-03-02")
    with on_day("2026-03-20"):
        pending = ask(petition, Act.TERMINATE, ground="withdrawn", reason="书面撤回", on=today(), again="no")
        petition = approve_all(pending, "legal1", "deputy1")
    assert petition.state == State.TERMINATED and running(petition) == set()


def test_refused_by_that_path_it_comes_back_with_fresh_clocks(city):
    with on_day("2026-03-02"):
        petition = do(registered(), Act.LEAD_IN, **COURT)
    with on_day("2026-03-20"):
        petition = do(petition, Act.REOPEN, reason="法院裁定不予受理。")
        assert petition.state == State.REGISTERED and petition.path == ""
        fresh_clock = petition.deadlines.get(term="D02", ended_how="")
        assert str(fresh_clock.due_on) == "2026-04-04"
        assert petition.number.count("-") == 2, "原件号不变"


def test_an_objection_is_made_on_paper_to_whoever_handed_it_over(city):
    petition = do(at_office(), Act.FORWARD, "dclerk1", to=Organ.objects.get(code="YHQL"))
    petition = do(petition, Act.OBJECT, grounds="房屋质量监管属住建部门。", basis="《云河区权责清单》第12项")
    letter = petition.petition_letters.get(letter__kind="F09").letter
    assert letter.addressee == "云州市云河区信访办公室" and letter.organ.code == "YHQL"
    assert letter.fields["basis"] == ["《信访工作条例》第二十三条第三款", "《云河区权责清单》第12项"]
    assert not petition.services.filter(letter=letter).exists(), "不对信访人发文"


def test_not_again_is_refused_where_new_facts_were_recorded(city):
    petition = registered()
    guide = {"facts": {"new_facts": True}, "advice": {}, "overruled": ""}
    petition = do(petition, Act.CLASSIFY, path="31-6", record=[*EXCLUDED, guide])
    told = {"earlier": accepted(), "ground": "36-3", "reason": "同一事实"}
    assert "新证据" in next(said for ask in Petition.not_again.refuses if (said := ask(petition, **told)))


# 受理以后才发现途径不同的


def parted(petition, kind=Kind.APPEAL, **told):
    entry = {"claims": [2], "kind": kind, "excerpt": "", "accused_organ": None} | told
    (sibling,) = split(fresh(petition), [entry], by=someone("officer1"), excerpt="反映电梯停运。")
    return fresh(sibling)


def test_parted_after_acceptance_each_goes_its_own_way_and_nobody_gains_time(city):
    with on_day("2026-03-02"):
        petition = accepted()
    with on_day("2026-03-20"):
        sibling = parted(petition)
        assert sibling.state == State.ACCEPTED and sibling.path == ""
        due = {one.deadlines.get(term="D06").due_on for one in (fresh(petition), sibling)}
        assert [str(day) for day in due] == ["2026-05-01"]
        assert sibling.deadlines.get(term="D02").ended_how == "met"
        sibling = do(sibling, Act.LEAD_IN, path="31-4", authority="云州市云河区住房和城乡建设委员会", reason="申请公示")
    assert sibling.deadlines.get(term="D06").ended_how == "void"
    assert fresh(petition).deadlines.get(term="D06").ended_how == ""
    told = sibling.petition_letters.get(letter__kind="F02").letter.fields["procedure"]
    assert f"编号{petition.number}" in told and "分别答复" in told
    assert not is_closed(petition.submission)
    assert list(verify()) == []


def test_a_draft_keeps_what_it_says_of_the_claims_that_stay(city):
    petition = drafted(accepted(claims=["修电梯", "公示资金", "退物业费"]))
    parted(petition)
    draft = fresh(petition).latest_opinion
    assert draft.version == 2
    assert [row["number"] for row in draft.findings] == [1, 2]
    assert "修电梯" in draft.findings[0]["answer"] and "退物业费" in draft.findings[1]["answer"]


def test_a_suggestion_and_a_report_found_after_acceptance_leave_the_petition_procedure(city):
    suggestion = do(parted(accepted(), Kind.SUGGESTION), Act.STUDY)
    assert suggestion.state == State.STUDYING and running(suggestion) == set()
    petition = accepted()
    report = parted(petition, Kind.REPORT)
    assert report.secrecy == 1
    refer = {"to": Organ.objects.get(code="YHJJ")}
    assert do(report, Act.REFER, **refer).state == State.REPORTED
    with pytest.raises(Refused, match="不能是咨询"):
        parted(accepted(), Kind.INQUIRY)


def test_a_report_is_referred_by_a_secret_letter_that_names_nobody(city):
    """第二十二条第二款按管理权限转送；第三十条第三款不得透露：转送函不写检举控告人，移交的人自己也看不到了。"""
    report = do(at_office(kind=Kind.REPORT), Act.REFER, "dclerk1", to=Organ.objects.get(code="YHJJ"))
    letter = report.petition_letters.get(letter__kind="F33").letter
    assert (letter.organ.code, letter.addressee) == ("YHXF", Organ.objects.get(code="YHJJ").name)
    assert letter.secrecy == 1 and letter.number.startswith("云信密〔")
    words = letter.rendered.words
    for told in ("000001", "工作秘密", "第二十二条第二款", "按照干部管理权限和属地管理", report.number):
        assert told in words, told
    assert "陈玉兰" not in words and "检举控告人：" not in words
    assert papers(report) == ["F33"]  # 不另给信访人发文：受理告知由纪检监察机关按其规定办
    for name, sees in (("dclerk1", False), ("dhead1", False), ("disc1", True)):
        assert Petition.objects.visible_to(someone(name)).filter(pk=report.pk).exists() is sees, name


def test_whoever_refers_a_report_may_say_why_it_belongs_there(city):
    judged = "被反映人系区管单位的科级干部，按照干部管理权限由区纪委监委办理。"
    told = {"authority_ground": judged, "secrecy_mark": "confidential"}
    report = do(registered(kind=Kind.REPORT), Act.REFER, "clerk1", to=Organ.objects.get(code="YHJJ"), **told)
    words = report.petition_letters.get(letter__kind="F33").letter.rendered.words
    assert judged in words and "秘密" in words and "第二十三条第一款" in words
    assert judged not in str(report.events.get(act="refer").details)
    with pytest.raises(Refused, match="请选择转送函的密级标注"):
        do(registered(kind=Kind.REPORT), Act.REFER, "clerk1", to=Organ.objects.get(code="YHJJ"), secrecy_mark="top")


def test_the_papers_of_the_others_do_not_speak_of_a_report(city):
    petition = registered(claims=["修电梯", "查处收受好处", "公示资金"])
    report = parted(petition, Kind.REPORT, accused_organ=None)
    petition = do(decided(fresh(petition)), Act.ACCEPT)
    letter = petition.petition_letters.get(letter__kind="F02").letter
    assert report.number not in str(letter.fields)


# 四种“不办”：情形、依据、审批、文书


def test_declining_names_the_ground_the_reason_and_the_paper_it_rests_on(city):
    told = {"ground": "28-2", "reason": "已由法院立案。", "way": "在诉讼中提出", "authority": "云河区人民法院"}
    told |= {"authority_address": "政通街9号"}
    with pytest.raises(Refused, match="依据材料"):
        approvals.request(registered(), Act.DECLINE, by=someone("officer1"), **told)
    evidence = "受理案件通知书（2026）云民初18号"
    assert approvals.request(registered(), Act.DECLINE, by=someone("officer1"), **told, evidence=evidence).pk
    with pytest.raises(Refused, match="须选定法定情形"):
        approvals.request(
            registered(), Act.DECLINE, by=someone("officer1"), **told | {"ground": "9"}, evidence=evidence
        )


def test_redirecting_and_returning_keep_their_article_on_the_log(city):
    where = {"authority": "云州市云河区住房和城乡建设委员会", "authority_address": "政通街5号"}
    petition = do(registered(), Act.REDIRECT, **where, reason="不属本单位职权。")
    assert petition.events.get(act="redirect").details["ground"] == "23-1" and papers(petition) == ["F05"]
    petition = do(at_office(), Act.FORWARD, "dclerk1", to=Organ.objects.get(code="YHQL"))
    petition = do(do(petition, Act.OBJECT, grounds="不归我单位。"), Act.UPHOLD, "dchief1", answer="理由成立。")
    assert petition.events.get(act="uphold").details["ground"] == "23-3"
    assert petition.state == State.REGISTERED and running(petition) == {"I04"}, "转送期限不重置，另有二次转送的内部要求"
