"""查询码丢了、又没有手机：口令、证件号后四位可以查；都没有的，当面核对身份补发（rules §1.15）。"""

import pytest

from desk.casework.forms import FORM_FOR
from petitions.act.decorator import Refused
from petitions.models import Party, Submission
from petitions.record.verification import verify
from rulebook.acts import Act
from tests.authority.crawling import signed_in
from tests.cast import accepted, do, registered, someone
from tests.petitions.contested import couple

pytestmark = pytest.mark.django_db


def reissue(petition, party, **told):
    return do(petition, Act.REISSUE_CODE, "clerk1", **({"party": party, "identity": "card"} | told))


def test_the_new_code_opens_the_page_and_the_old_one_nothing(city, ask):
    petition = registered()
    old = petition.submission.parties.get()
    petition = reissue(petition, Party.objects.get(pk=old.pk))
    new = Party.objects.get(pk=old.pk)
    assert (new.query_code != old.query_code) and ask(new).status_code == 200
    assert ask(code=old.query_code, tel4=old.phone[-4:]).status_code == 422
    assert ask(code=new.query_code, pin=new.pin).status_code == 200
    receipts = petition.petition_letters.filter(letter__kind="F01").order_by("pk")
    assert [link.letter.status for link in receipts] == ["void", "issued"]
    line = petition.events.get(act="reissue_code")
    assert (line.by, line.details["identity"]) == (someone("clerk1"), "card")
    assert new.query_code not in str(line.details) and list(verify()) == []


def test_only_against_identity_and_only_for_ones_own_part(city, ask):
    petition = registered(parties=couple())
    first, second = petition.submission.parties.order_by("position")
    with pytest.raises(Refused, match="请选择怎样核对了身份"):
        reissue(petition, first, identity="")
    reissue(petition, first)
    assert ask(second).status_code == 200, "另一人的查询码不变"


def test_an_anonymous_letter_has_no_code_to_reissue(city):
    petition = registered()
    Submission.objects.filter(pk=petition.submission_id).update(anonymous=True)
    with pytest.raises(Refused, match="匿名的来件"):
        reissue(petition, petition.submission.parties.get())


def test_the_window_does_it_and_the_handler_cannot(city):
    petition = accepted()
    address = f"/cases/{petition.number}/do/reissue_code/"
    assert "核对了本人身份证件" in signed_in(someone("clerk1")).get(address).content.decode()
    assert signed_in(someone("super1")).get(address).status_code == 403
    assert FORM_FOR[Act.REISSUE_CODE].effect
