"""领导包案（第十八条第二款，rules §1.17）：谁可以包、谁来定，换人、结束各留一行；期限一天不动。"""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Outbox, Relation
from petitions.act.decorator import Refused, why_not
from petitions.handling.sponsorship.rules import leaders
from rulebook.acts import Act
from tests.cast import accepted, do, on_day, registered, someone
from tests.desk.case.hands import at, post, signed_in, text
from tests.petitions.places import at_office, organ

pytestmark = pytest.mark.usefixtures("city")
DAY = date(2026, 3, 2)
WHY = "三年未解决，群众反映强烈。"


def sponsored(petition, leader="leader1", by="super1", **more):
    return do(petition, Act.SPONSOR, by, to=someone(leader), reason=WHY, note=WHY, **more)


def in_charge(petition):
    rows = petition.involvements.filter(kind=Relation.SPONSOR, until=None)
    return [row.user.username for row in rows]


def test_a_leader_takes_a_petition_on_and_no_day_of_the_law_moves():
    with on_day(DAY):
        petition = accepted()
        before = list(petition.deadlines.order_by("pk").values_list("term", "due_on", "ended_how"))
        with pytest.raises(PermissionDenied):
            do(petition, Act.INSTRUCT, "leader1", instruction=WHY, due_on=DAY + timedelta(days=7))
        petition = sponsored(petition, due_on=DAY + timedelta(days=30))
        do(petition, Act.INSTRUCT, "leader1", instruction=WHY, due_on=DAY + timedelta(days=7))
    assert in_charge(petition) == ["leader1"]
    after = petition.deadlines.exclude(term="I07").order_by("pk").values_list("term", "due_on", "ended_how")
    assert list(after) == before
    line = petition.events.filter(act=Act.SPONSOR).latest("seq")
    assert line.text.body == WHY and WHY not in str(line.details)
    assert (line.details["to"], line.details["due_on"]) == (someone("leader1").pk, "2026-04-01")
    assert Outbox.objects.filter(recipient=someone("leader1"), text=f"{petition.number} 由您包案，请查看").exists()


def test_another_leader_takes_over_by_a_second_act_and_the_first_no_longer_sees_it():
    with on_day(DAY):
        petition = sponsored(sponsored(accepted()), leader="head1", by="dhead1")
    assert in_charge(petition) == ["head1"]
    assert petition.involvements.get(user=someone("leader1"), kind=Relation.SPONSOR).until is not None
    assert petition.events.latest("seq").details["before"] == someone("leader1").pk
    assert signed_in("leader1").get(at(petition)).status_code == 404


def test_it_ends_with_what_came_of_it_and_only_once():
    with on_day(DAY):
        petition = sponsored(accepted())
        with pytest.raises(Refused, match="请写明化解、稳控的情况"):
            do(petition, Act.END_SPONSORING, "super1", outcome="settled", reason=" ")
        petition = do(petition, Act.END_SPONSORING, "super1", outcome="settled", reason="已化解")
        assert in_charge(petition) == []
        assert petition.events.latest("seq").details["outcome"] == "settled"
        assert why_not(petition, petition.end_sponsoring) == ["本件没有包案的领导"]


@pytest.mark.parametrize(
    ("leader", "change", "because"),
    [
        ("leader1", {"reason": " "}, "请写明包案的理由"),
        ("leader1", {"due_on": DAY}, "化解时限应当晚于今天"),
        ("leader2", {}, "请在名单里另选"),
        ("officer1", {}, "不是承办单位或者上级的领导"),
    ],
)
def test_what_cannot_be_sponsored_so_is_refused_with_what_to_do(leader, change, because):
    with on_day(DAY):
        petition = accepted()
        with pytest.raises(Refused, match=because):
            do(petition, Act.SPONSOR, "super1", **({"to": someone(leader), "reason": WHY} | change))
        with pytest.raises(Refused, match="请选择另一位领导"):
            sponsored(sponsored(petition))


def test_no_leader_takes_on_a_report_nor_a_petition_that_complains_of_their_own_organ():
    with on_day(DAY):
        report = at_office(kind="report", accused_text="某人")
        assert why_not(report, report.sponsor) == ["检举控告、保密的件只限指定岗位知悉，不作领导包案"]
        petition = accepted()
        assert someone("head1") in leaders(petition)
        petition.accused_organ = organ("YHQL")
        assert someone("head1") not in leaders(petition)


def test_who_may_name_the_leader_is_a_matter_of_grants():
    with on_day(DAY):
        petition = accepted()
        for username in ("officer1", "chief1", "leader1"):
            with pytest.raises(PermissionDenied):
                sponsored(petition, by=username)
        sponsored(petition, leader="head1", by="head1")  # 街道主要负责人包本街道的件


def test_the_form_offers_the_leaders_and_the_words_stand_on_the_case_and_on_the_leaders_page():
    with on_day(DAY):
        petition = accepted()
        form = text(signed_in("super1").get(at(petition, "do/sponsor/")))
        assert "宋远帆" in form and "陈树声" in form and "宁万里" not in form and "李致平" not in form
        told = {"to": someone("leader1").pk, "due_on": "2026-03-20", "reason": WHY}
        _, wrong = post(petition, "sponsor", "super1", status=422, **(told | {"to": ""}))
        assert "请选择包案领导" in text(wrong) and WHY in text(wrong)
        petition, _ = post(petition, "sponsor", "super1", **told)
        seen = text(signed_in("officer1").get(at(petition)))
        assert "宋远帆包案</b>（03-02 起" in seen and WHY in seen and "由领导包案，03-20 前化解" in seen
        assert "包案 03-20 前化解" in text(signed_in("leader1").get("/lead/"))
    with on_day(date(2026, 3, 21)):
        assert "包案 03-20 前化解，已过" in text(signed_in("leader1").get("/lead/"))
        petition, _ = post(petition, "end_sponsoring", "super1", outcome="steady", reason="转常规办理。")
        assert "结束领导包案：已稳控，转常规办理" in text(signed_in("officer1").get(at(petition)))
        assert "没有由您包案的在办件" in text(signed_in("leader1").get("/lead/"))


def test_an_anonymous_petition_not_yet_taken_up_may_be_sponsored_too():
    with on_day(DAY):
        assert in_charge(sponsored(registered(parties=[], facts={"anonymous": True}))) == ["leader1"]
