"""类案推送：相似、办结、看得到的，带结论、依据和答复；检举控告、在办的、看不到的都不出现。"""

import pytest

from accounts.models import Organ, User
from insight.precedents import precedent, precedents
from insight.search.indexing import index_all
from petitions.act.states import Kind
from petitions.models import Claim, Petition
from rulebook.acts import Act
from tests.cast import accepted, closed, do, fresh, registered, someone

pytestmark = pytest.mark.django_db
LIFT = "电梯停运三天，老人下不了楼，请尽快修好并公示维修基金使用情况。"


def seen_by(username, petition):
    return [one.petition.number for one in precedents(someone(username), fresh(petition))]


def test_a_closed_like_case_comes_with_outcome_basis_and_reply(city):
    old = closed(original="柳岸新居" + LIFT, place="柳岸新居")
    new = accepted()
    index_all()
    (found,) = precedents(someone("officer1"), new)
    assert found.petition.number == old.number and found.percent > 30 and found.shared
    assert found.basis == "《特种设备安全法》第三十六条" and "曳引机损坏" in found.facts
    assert [(one.number, one.finding) for one in found.replies] == [(1, "支持"), (2, "支持")]
    assert "已督促整改" in found.replies[0].answer and found.may_be_carried and found.reviewed == ""


def test_open_cases_and_other_matters_are_no_precedents(city):
    accepted(original="柳岸新居" + LIFT)
    closed(original="地铁末班车能否延长到零点，夜班工人回不了家。", claims=["延长末班车"], place="地铁云河东站")
    new = accepted()
    index_all()
    assert seen_by("officer1", new) == []


def test_numbers_inside_the_words_are_hidden(city):
    old = closed(original="柳岸新居" + LIFT)
    Claim.objects.filter(petition=old, number=1).update(text="修好电梯并回电13800006215")
    new = accepted()
    index_all()
    (found,) = precedents(someone("officer1"), new)
    assert "138****6215" in found.replies[0].claim and "13800006215" not in str(found)


def test_another_districts_case_is_not_shown_to_a_street(city):
    away = closed(original="柳岸新居" + LIFT)
    new = accepted()
    index_all()
    assert seen_by("officer1", new) == [away.number]
    stranger = User.objects.select_related("organ__office").filter(organ__territory__startswith="11019902").first()
    assert stranger is not None and precedents(stranger, new) == []
    assert precedent(stranger, new, away.number) is None


@pytest.mark.parametrize("username", ["clerk1", "officer1", "deputy1", "super1", "disc1", "csuper1"])
def test_a_report_is_nobodys_precedent_and_has_none(city, username):
    report = registered("clerk1", kind=Kind.REPORT, original="柳岸新居" + LIFT, accused_text="某人")
    report = do(report, Act.REFER, "clerk1", to=Organ.objects.get(code="YHJJ"))
    Petition.objects.filter(pk=report.pk).update(state="closed")  # 专岗办结的样子
    new = accepted()
    closed(original="柳岸新居" + LIFT)
    index_all()
    assert report.number not in seen_by(username, new)
    assert precedent(someone(username), new, report.number) is None
    assert precedents(someone(username), fresh(report)) == []


def test_a_suggestion_answered_by_letter_shows_its_answer(city):
    told = {"kind": Kind.SUGGESTION, "original": "建议春柳苑门口增设斑马线，方便老人过街。", "claims": ["增设斑马线"]}
    old = do(registered(**told), Act.CLASSIFY, path="29")
    old = do(old, Act.STUDY)
    old = do(old, Act.ANSWER, outcome="adopted", reply="采纳，已列入今年道路标线计划。")
    new = registered(**told | {"original": "建议柳岸新居门口增设斑马线，方便孩子过街。"})
    index_all()
    (found,) = precedents(someone("officer1"), new)
    assert found.petition.number == old.number and found.replies[0].number is None
    assert "道路标线计划" in found.replies[0].answer
