"""黄牌、红牌按单位计，大单位和小单位不放在一起比。"""

from datetime import date

import pytest

from supervision.orders import acts as actions
from supervision.orders import card_rates
from supervision.orders.card_rates import Office, banded
from tests.cast import accepted, fresh, on_day, someone
from tests.supervision.test_orders import again, issued

DAY = date(2026, 3, 2)


def test_small_and_large_organs_stand_in_bands_of_their_own():
    offices = [Office(1, "小", 20, 1, 0), Office(2, "中", 21, 0, 1), Office(3, "大", 400, 4, 2), Office(4, "中二", 100)]
    bands = banded(offices, [20, 100])
    assert [(band.label, [office.name for office in band.offices]) for band in bands] == [
        ("20 件以下", ["小"]),
        ("21–100 件", ["中", "中二"]),
        ("100 件以上", ["大"]),
    ]
    assert [office.per_hundred for office in bands[1].offices] == [pytest.approx(100 / 21), 0]
    assert bands[1].per_hundred == pytest.approx(100 / 121)


def test_no_cases_give_no_rate_and_an_empty_band_is_left_out():
    bands = banded([Office(1, "甲", 0, 1, 0)], [20, 100])
    assert [(band.label, band.per_hundred, band.offices[0].per_hundred) for band in bands] == [
        ("20 件以下", None, None)
    ]


def test_each_card_of_the_period_counts_once_for_the_organ_it_was_given_to(city, client):
    with on_day(DAY):
        petition = accepted()
        order = issued(petition, card="yellow")
        issued(petition, ground="SV04")
        accepted()
    with on_day("2026-03-10"):
        actions.raise_card(again(order), by=someone("super1"), card="red", reason="仍未反馈")
        client.force_login(someone("super1"))
        page = client.get("/supervision/cards/")
        earlier = client.get("/supervision/cards/?first=2026-03-01&last=2026-03-05")
    [band] = page.context["bands"]
    [office] = band.offices
    assert (office.name, office.cases, office.yellow, office.red) == (order.to.short_name, 2, 1, 1)
    assert office.per_hundred == 100
    assert earlier.context["bands"][0].offices[0].red == 0
    assert card_rates.compared(type(petition).objects.none(), DAY, DAY, [20]) == []
    assert fresh(petition).under_order


def test_the_days_asked_for_are_checked_beside_their_field_and_only_supervisors_compare(city, client):
    client.force_login(someone("super1"))
    wrong = client.get("/supervision/cards/?first=2026-03-05&last=2026-03-01").content.decode()
    assert "截止日不能早于起始日" in wrong and 'value="2026-03-05"' in wrong
    client.force_login(someone("officer1"))
    assert client.get("/supervision/cards/").status_code == 403
