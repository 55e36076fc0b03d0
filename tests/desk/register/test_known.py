"""沿用上次登记的联系信息：证件号相同才给，填过的不动，每次都留查看记录。"""

import pytest

from petitions.models import Petition, Reveal
from tests import cast
from tests.desk.register.typing import TEXT, sheet


@pytest.fixture
def clerk(city, client):
    client.force_login(cast.someone("clerk1"))
    return client


def told_by(petition, **said):
    party = petition.submission.parties.get()
    empty = {"nm": "", "sex": "", "tel": "", "addr": "", "idno": party.id_number, "idst": "mismatch"}
    return party, sheet(**(empty | said))


def test_the_details_of_the_last_registration_fill_what_is_empty(clerk):
    old = cast.closed()
    party, told = told_by(old, tel="13900001111")
    page = clerk.post("/register/panel/", told).content.decode()
    assert f'value="known:{old.number}"' in page and party.address not in page
    assert not Reveal.objects.exists()  # 还没有看
    page = clerk.post("/register/", told | {"do": f"known:{old.number}"}).content.decode()
    assert f'value="{party.name}"' in page and party.address in page
    assert 'value="13900001111"' in page and party.phone not in page  # 已填的不动
    assert TEXT in page and "请与信访人核对" in page
    line = Reveal.objects.get()
    assert (line.by, line.petition, line.party) == (cast.someone("clerk1"), old, party)


@pytest.mark.parametrize("idno", ["", "110199198803124411"])
def test_another_number_opens_nothing(clerk, idno):
    old = cast.closed()
    party, told = told_by(old, idno=idno)
    page = clerk.post("/register/", told | {"do": f"known:{old.number}"}).content.decode()
    assert "没有可以沿用的登记" in page and party.address not in page and TEXT in page
    assert not Reveal.objects.exists()


def test_nobody_carries_over_from_a_petition_they_may_not_see(city, client):
    old = cast.closed()
    party, told = told_by(old)
    stranger = cast.someone("officer.wh")
    assert not Petition.objects.visible_to(stranger).filter(pk=old.pk).exists()
    client.force_login(stranger)
    assert f"known:{old.number}" not in client.post("/register/panel/", told).content.decode()
    page = client.post("/register/", told | {"do": f"known:{old.number}"}).content.decode()
    assert "没有可以沿用的登记" in page and party.address not in page
    assert not Reveal.objects.exists()
