"""领导接访公告：事先公布姓名、职务、时间、地点、事项、预约办法；公布后不改字，取消写明原因（第十八条）。"""

from datetime import date, time

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client

from petitions.act.decorator import Refused
from petitions.intake.reception import rules as receptions
from petitions.models import Reception
from tests.authority.crawling import signed_in
from tests.cast import on_day, someone

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 12)
TOLD = {
    "leader": "高岩",
    "post": "云河区人民政府副区长",
    "charge": "城市建设",
    "way": "fixed",
    "day": DAY,
    "opens": time(9),
    "closes": time(11, 30),
    "place": "云河区信访办一层接待室",
    "matters": "物业、供暖",
    "booking": "3 月 10 日前打 010-55500120 预约",
    "shown_from": date(2026, 3, 2),
    "shown_until": DAY,
}
TYPED = {name: str(value)[:5] if isinstance(value, time) else str(value) for name, value in TOLD.items()}


@pytest.fixture
def chief(city):
    return someone("dchief1")


@pytest.fixture
def monday():
    with on_day(date(2026, 3, 2)):
        yield


@pytest.fixture
def one(chief, monday):
    return receptions.draft(chief, organ=chief.organ, **TOLD)


def outside(address="/leaders/") -> str:
    return Client().get(address).content.decode()


def test_a_draft_is_seen_by_nobody_outside_and_a_published_one_by_everybody(chief, one):
    assert "高岩" not in outside()
    receptions.publish(one, chief, version=1)
    told = outside()
    for words in ("高岩", "云河区人民政府副区长", "城市建设", "定点接访", "一层接待室", "物业、供暖", "010-55500120"):
        assert words in told
    assert "09:00—11:30" in told and "云河区信访办公室" in told


def test_it_is_public_from_the_first_day_and_past_after_the_last(chief, one):
    receptions.publish(one, chief, version=1)
    with on_day(date(2026, 3, 1)):
        assert "高岩" not in outside()
    with on_day(date(2026, 3, 13)):
        coming, past = outside().split("以往的领导接访")
        assert "现在没有公布的领导接访" in coming and "高岩" not in coming and "高岩" in past


def test_published_words_do_not_change_and_it_is_called_off_with_a_reason(chief, one):
    receptions.publish(one, chief, version=1)
    with pytest.raises(Refused, match="不能再改；有变动的，取消后另行公布"):
        receptions.redraft(one, chief, version=1, **TOLD | {"place": "别处"})
    with pytest.raises(Refused, match="请写明取消原因"):
        receptions.cancel(one, chief, reason=" ")
    receptions.cancel(one, chief, reason="改到 3 月 19 日")
    assert "已经取消：改到 3 月 19 日" in outside()
    with pytest.raises(Refused, match="现为“已取消”，不能取消"):
        receptions.cancel(one, chief, reason="再取消")


def test_of_two_who_change_a_draft_one_succeeds_and_the_other_is_told(chief, one):
    receptions.redraft(one, chief, version=1, **TOLD | {"place": "二层"})
    with pytest.raises(Refused, match="刚改过这份草稿"):
        receptions.redraft(one, chief, version=1, **TOLD | {"place": "三层"})
    with pytest.raises(Refused, match="刚改过这份草稿"):
        receptions.publish(one, chief, version=1)
    receptions.discard(one, chief, version=2)
    with pytest.raises(Refused, match="已经被同事删除"):
        receptions.publish(one, chief, version=2)


def test_a_day_gone_by_is_not_announced_nor_called_off(chief, one):
    with on_day(date(2026, 3, 13)), pytest.raises(Refused, match="接待日期 2026 年 3 月 12 日已经过了，请先改日期"):
        receptions.publish(one, chief, version=1)
    receptions.publish(one, chief, version=1)
    with on_day(date(2026, 3, 13)), pytest.raises(Refused, match="不用取消"):
        receptions.cancel(one, chief, reason="迟了")


@pytest.mark.parametrize(
    ("wrong", "because"),
    [
        ({"closes": time(8)}, "结束时间应晚于开始时间"),
        ({"shown_until": date(2026, 3, 11)}, "公布截止日不能早于接待日期"),
        ({"shown_from": date(2026, 3, 13)}, "公布起始日不能晚于接待日期"),
    ],
)
def test_days_and_hours_fit_together_in_words_and_in_the_database(chief, one, wrong, because):
    with pytest.raises(Refused, match=because):
        receptions.redraft(one, chief, version=1, **TOLD | wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reception.objects.filter(pk=one.pk).update(**wrong)


def test_only_the_announcing_post_of_the_office_takes_a_step(chief, one):
    for username in ("chief1", "super1", "clerk1"):
        with pytest.raises(PermissionDenied, match="不能以云河区信访办的名义发布领导接访公告"):
            receptions.publish(one, someone(username), version=1)
        assert "领导接访公告" in signed_in(someone("chief1")).get("/receptions/").content.decode()
    for username in ("clerk1", "super1", "legal1", "admin1"):
        client = signed_in(someone(username))
        for address in ("/receptions/", "/receptions/new/", f"/receptions/{one.pk}/"):
            assert client.get(address).status_code == 403
        assert client.post("/receptions/new/", TYPED).status_code == 403
        assert client.post(f"/receptions/{one.pk}/", {"do": "publish", "version": "1"}).status_code == 403
        assert 'href="/receptions/"' not in client.get("/account/").content.decode()
    assert signed_in(someone("chief1")).get(f"/receptions/{one.pk}/").status_code == 404  # 别的单位的


def test_from_the_form_to_the_public_page(chief, monday):
    desk = signed_in(chief)
    assert 'href="/receptions/"' in desk.get("/account/").content.decode()
    refused = desk.post("/receptions/new/", TYPED | {"leader": "", "closes": "08:00"})
    assert refused.status_code == 422 and "请填写领导姓名" in refused.content.decode()
    assert "云河区人民政府副区长" in refused.content.decode()
    late = desk.post("/receptions/new/", TYPED | {"closes": "08:00"}).content.decode()
    assert "结束时间应晚于开始时间" in late
    assert desk.post("/receptions/new/", TYPED).status_code == 302
    one = Reception.objects.get()
    address = f"/receptions/{one.pk}/"
    assert desk.post(address, TYPED | {"do": "save", "version": "1", "place": "二层大厅"}).status_code == 302
    stale = desk.post(address, TYPED | {"do": "save", "version": "1", "place": "三层"})
    assert stale.status_code == 422
    assert "刚改过这份草稿" in stale.content.decode() and "三层" in stale.content.decode()
    assert desk.post(address, {"do": "burn", "version": "2"}).status_code == 422
    assert desk.post(address, {"do": "publish", "version": "2"}).status_code == 302
    assert "二层大厅" in outside()
    assert "已公布" in desk.get("/receptions/").content.decode()
    blank = desk.post(address, {"reason": ""})
    assert blank.status_code == 422 and "请填写取消原因" in blank.content.decode()
    assert desk.post(address, {"reason": "领导另有安排"}).status_code == 302
    assert "领导另有安排" in outside() and "领导另有安排" in desk.get(address).content.decode()
    assert desk.post(address, {"reason": "再来"}).status_code == 422


def test_a_draft_is_thrown_away_at_the_desk(one, chief):
    desk = signed_in(chief)
    assert desk.post(f"/receptions/{one.pk}/", {"do": "discard", "version": "1"}).status_code == 302
    assert not Reception.objects.exists()
