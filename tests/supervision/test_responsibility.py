"""追究责任（第四十二条至第四十六条）：单位、岗位、情形成行，移交有结果；只有指定岗位看得见，人名加密。"""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from accounts.models import Organ
from petitions.act.decorator import Refused
from supervision.models import Responsibility
from supervision.proposals import accountability, proposal_scope
from tests.cast import fresh, on_day, someone
from tests.desk.case.hands import signed_in, text
from tests.supervision.test_proposals import DAY, sent, told_of

pytestmark = pytest.mark.django_db


def blamed():
    return sent(kind="blame", to="YHJJ")


def recorded(proposal, by="dhead1", **told):
    facts = {
        "organ": Organ.objects.get(code="YHQL"),
        "post": "平安建设办公室主任",
        "rule": accountability.rules_in_force().get(code="45-1"),
        "facts": "两次督办以后仍未办理。",
        "person": "暗号姓名",
    }
    with on_day(DAY + timedelta(days=2)):
        return accountability.record(proposal, someone(by), **(facts | told))


def test_responsibility_is_seen_by_named_posts_alone_and_by_nobody_through_the_petition(city):
    proposal = blamed()
    record = recorded(proposal)
    petition = proposal.petitions.get()
    assert not fresh(petition).events.filter(act__in=("propose", "hold_responsible")).exists()
    seen = {
        name: (
            proposal_scope.seen_by(someone(name)).filter(pk=proposal.pk).exists(),
            proposal_scope.responsibilities_seen_by(someone(name)).exists(),
        )
        for name in (
            "dhead1",
            "super1",
            "dchief1",
            "officer1",
            "head1",
            "chead1",
            "csuper1",
            "disc1",
            "disc2",
            "admin1",
        )
    }
    assert {name for name, (one, _) in seen.items() if one} == {"dhead1", "super1", "disc1"}
    assert {name for name, (_, two) in seen.items() if two} == {"dhead1"}
    page = text(signed_in("super1").get(f"/proposals/{proposal.pk}/"))
    assert "暗号姓名" not in page and "平安建设办公室主任" not in page
    assert proposal.subject not in text(signed_in("officer1").get("/proposals/"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT person, facts FROM supervision_responsibility WHERE id = %s", [record.pk])
        stored = cursor.fetchone()
    assert not [value for value in stored if "暗号" in value or "督办" in value]


def test_it_is_handed_over_and_the_result_comes_from_the_other_side(city):
    proposal = blamed()
    record = recorded(proposal)
    with on_day(DAY + timedelta(days=3)):
        day = DAY + timedelta(days=3)
        with pytest.raises(Refused, match="还没有移交"):
            accountability.conclude(record, someone("dhead1"), result="admonition", words="", on=day)
        with pytest.raises(PermissionDenied):
            accountability.hand_over(record, someone("super1"), on=day)
        accountability.hand_over(record, someone("dhead1"), on=day)
        with pytest.raises(Refused, match="移交"):
            accountability.hand_over(record, someone("dhead1"), on=day)
        assert told_of(f"responsible:{record.pk}") == {"disc1"}
        with pytest.raises(Refused, match="不予追究的，请写明理由"):
            accountability.conclude(record, someone("disc1"), result="none", words=" ", on=day)
        hand = signed_in("disc1")
        page = text(hand.get(f"/proposals/{proposal.pk}/"))
        assert "暗号姓名" in page and "没有您有权查看的件" in page
        told = {"do": f"result_{record.pk}", f"r{record.pk}-result": "admonition", f"r{record.pk}-on": day.isoformat()}
        answer = hand.post(f"/proposals/{proposal.pk}/", told)
        assert answer.status_code == 302
    record = Responsibility.objects.get(pk=record.pk)
    assert (record.get_result_display(), record.result_on, record.result_by.username) == ("诫勉", day, "disc1")
    with on_day(day), pytest.raises(Refused, match="结果已经登记"):
        accountability.conclude(record, someone("dhead1"), result="none", words="改", on=day)


@pytest.mark.parametrize("name", ["super1", "disc1", "officer1"])
def test_only_the_head_of_the_office_records_responsibility(city, name):
    proposal = blamed()
    with pytest.raises(PermissionDenied):
        recorded(proposal, by=name)
