"""列入联席会议（第十三条、第三十九条，rules §1.18）：谁列、谁登记决定，各留一行；看不见的件不上清单。"""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import Organ, Outbox
from petitions.act.decorator import Refused
from petitions.act.states import Kind
from petitions.models import Petition
from petitions.record.timeline import sentence
from petitions.record.verification import verify
from rulebook.acts import Act
from supervision.conference import rules as conference
from supervision.models import ConferenceItem
from tests.cast import accepted, fresh, on_day, registered, someone
from tests.desk.case.hands import signed_in, text

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
HELD = DAY + timedelta(days=8)
WHY = "涉及三个单位，两次协调不成。"
SETTLED = "由街道牵头，住建、城管配合，一个月内修复。"
HERE = "/supervision/conference/"


def listed(petition, by="super1"):
    return conference.enlist(fresh(petition), by=someone(by), reason=WHY, on=HELD)


def decided(item, by="dhead1", to="YHQL", **change):
    told = {"on": HELD, "decision": SETTLED, "due_on": HELD + timedelta(days=30)} | change
    return conference.decide(item, by=someone(by), to=Organ.objects.get(code=to), **told)


def lines(petition, act):
    return list(petition.events.filter(act=act))


def test_a_matter_is_listed_and_decided_with_one_line_each_and_no_day_moves(city):
    with on_day(DAY):
        petition = accepted()
        before = list(petition.deadlines.order_by("pk").values_list("term", "due_on", "ended_how"))
        item = listed(petition)
    with on_day(HELD):
        decided(item)
    assert list(petition.deadlines.order_by("pk").values_list("term", "due_on", "ended_how")) == before
    [first] = lines(petition, Act.LIST_FOR_CONFERENCE)
    [second] = lines(petition, Act.DECIDE_AT_CONFERENCE)
    assert (first.text.body, second.text.body) == (WHY, SETTLED)
    assert WHY not in str(first.details) and SETTLED not in str(second.details)
    assert sentence(first) == "列入联席会议，拟 03-10 上会"
    assert sentence(second) == "联席会议 03-10 议定，限 04-09 前落实"
    assert fresh(petition).holder_organ == petition.holder_organ
    assert list(verify()) == []


def test_who_records_the_decision_hears_of_the_listing_and_the_responsible_organ_of_the_decision(city):
    with on_day(DAY):
        petition = accepted()
        item = listed(petition)
        told = f"{petition.number} 列入联席会议，拟 03-10 上会"
        assert Outbox.objects.filter(recipient=someone("dhead1"), text=told).exists()
    with on_day(HELD):
        decided(item)
    told = f"{petition.number} 联席会议已议定，请青柳街道于 04-09 前落实"
    reached = set(Outbox.objects.filter(text=told).values_list("recipient__username", flat=True))
    assert {"super1", "officer1"} <= reached and "dhead1" not in reached


def test_a_matter_waits_once_and_may_come_back_after_it_was_decided(city):
    with on_day(DAY):
        petition = accepted()
        item = listed(petition)
        with pytest.raises(Refused, match="已经列入联席会议"):
            listed(petition)
        told = {"office": item.office, "on": HELD, "reason": WHY, "listed_by": item.listed_by}
        with pytest.raises(IntegrityError), transaction.atomic():
            ConferenceItem.objects.create(petition=petition, listed_at=item.listed_at, **told)
    with on_day(HELD):
        decided(item)
        with pytest.raises(Refused, match="刚被他人登记"):
            decided(item)
        assert listed(petition).state == "listed"


@pytest.mark.parametrize(
    ("change", "because"),
    [
        ({"decision": " "}, "请照会议纪要写明议定事项"),
        ({"on": DAY - timedelta(days=1)}, "议定日应在列入日（03-02）至今天之间"),
        ({"on": HELD + timedelta(days=1)}, "议定日应在列入日"),
        ({"due_on": HELD}, "落实期限应当晚于议定日"),
    ],
)
def test_a_decision_that_cannot_be_so_is_refused_with_what_to_do(city, change, because):
    with on_day(DAY):
        item = listed(accepted())
    with on_day(HELD), pytest.raises(Refused, match=because):
        decided(item, **change)
    assert ConferenceItem.objects.get().state == "listed"


def test_the_organ_complained_of_does_not_carry_the_decision_out(city):
    with on_day(DAY):
        petition = accepted()
        item = listed(petition)
        Petition.objects.filter(pk=petition.pk).update(accused_organ=Organ.objects.get(code="YHZJ"))
    with on_day(HELD), pytest.raises(Refused, match="是被反映的单位"):
        decided(item, to="YHZJ")


def test_a_listing_without_a_reason_or_for_a_day_gone_by_is_refused(city):
    with on_day(DAY):
        petition = accepted()
        for told, because in (({"reason": " "}, "请写明为什么"), ({"on": DAY - timedelta(days=1)}, "不能早于今天")):
            with pytest.raises(Refused, match=because):
                conference.enlist(fresh(petition), by=someone("super1"), **({"reason": WHY, "on": HELD} | told))
    assert not ConferenceItem.objects.exists()


def test_only_the_named_posts_list_and_decide_and_a_report_is_not_theirs_to_list(city):
    with on_day(DAY):
        petition = accepted()
        for username in ("officer1", "head1", "leader1"):
            with pytest.raises(PermissionDenied):
                listed(petition, by=username)
        item = listed(petition)
        with pytest.raises(PermissionDenied):
            decided(item, by="super1")
        report = registered("clerk1", kind=Kind.REPORT, accused_text="某人")
        with pytest.raises(PermissionDenied):
            listed(report)
        assert signed_in("super1").get(f"{HERE}new/?case={report.number}").status_code == 422
        assert signed_in("officer1").get(HERE).status_code == 403


def test_what_became_confidential_since_is_on_nobodys_list(city):
    with on_day(DAY):
        petition = accepted()
        item = listed(petition)
        assert petition.number in text(signed_in("super1").get(HERE))
        Petition.objects.filter(pk=petition.pk).update(secrecy=1)
        assert petition.number not in text(signed_in("super1").get(HERE))
        assert signed_in("dhead1").get(f"{HERE}{item.pk}/").status_code == 404


def test_the_pages_list_decide_and_show_what_was_settled(city):
    with on_day(DAY):
        petition = accepted()
        browser = signed_in("super1")
        page = f"{HERE}new/?case={petition.number}"
        wrong = browser.post(page, {"on": "2026-03-01", "reason": WHY})
        assert wrong.status_code == 422 and "拟上会日不能早于今天" in text(wrong) and WHY in text(wrong)
        assert browser.post(page, {"on": "2026-03-10", "reason": WHY}).url == HERE
        seen = text(browser.get(HERE))
        assert petition.number in seen and WHY in seen and "登记决定" not in seen
    with on_day(HELD + timedelta(days=1)):
        head = signed_in("dhead1")
        assert "日子已过" in text(head.get(HERE))
        page = f"{HERE}{ConferenceItem.objects.get().pk}/"
        told = {"on": "2026-03-10", "due_on": "2026-04-09", "decision": SETTLED, "to": ""}
        wrong = head.post(page, told)
        assert wrong.status_code == 422 and "请选择责任单位" in text(wrong) and SETTLED in text(wrong)
        told["to"] = Organ.objects.get(code="YHQL").pk
        assert head.post(page, told).url == f"{HERE}?view=decided"
        seen = text(head.get(f"{HERE}?view=decided"))
        assert SETTLED in seen and "青柳街道" in seen and petition.number not in text(head.get(HERE))
        assert head.post(page, told).status_code == 302, "登记过的不再登记"
        assert "联席会议 03-10 议定" in text(signed_in("officer1").get(f"/cases/{petition.number}/"))


def test_the_list_asks_no_more_for_many_than_for_one(city, django_assert_max_num_queries):
    with on_day(DAY):
        for _ in range(4):
            listed(accepted())
        browser = signed_in("dhead1")
        browser.get(HERE)
        with django_assert_max_num_queries(24):
            browser.get(HERE)
