"""更换手机号：凭发到新号的验证码，填对了才算换成；改前改后都留底。"""

import json
import re

import pytest

from petitions.act.consequences import carry_out
from petitions.act.decorator import Actor, Refused
from petitions.act.states import ActorKind
from petitions.models import Correction, Party
from public.progress import credentials
from rulebook.acts import Act
from tests.accounts.receivers import gateway
from tests.cast import fresh

pytestmark = pytest.mark.django_db
NEW = "13911112222"


@pytest.fixture
def sms(settings):
    with gateway() as receiver:
        settings.SMS_GATEWAY_URL = receiver.address
        yield receiver


def begin(door, party, number=NEW):
    return door.post("/q/phone/", {"token": credentials.token_of(party), "phone": number})


def held_in(answer):
    return re.search(r'name="held" value="([^"]+)"', answer.content.decode()).group(1)


def code_in(receiver):
    return re.search(r"\d{6}", json.loads(receiver.took[-1].body)["text"]).group()


def test_the_new_number_counts_once_its_code_is_typed(mine, door, ask, sms):
    petition, party = mine
    old = party.phone
    answer = begin(door, party)
    assert answer.status_code == 200 and NEW not in answer.content.decode() and "139" in answer.content.decode()
    assert json.loads(sms.took[-1].body)["phone"] == NEW
    assert Party.objects.get().phone == old
    wrong = door.post("/q/phone/", {"held": held_in(answer), "code": "abc"})
    assert wrong.status_code == 422 and "验证码不对" in wrong.content.decode()
    done = door.post("/q/phone/", {"held": held_in(answer), "code": code_in(sms)})
    assert done.status_code == 200 and "手机号已经换成" in done.content.decode()
    assert Party.objects.get().phone == NEW
    assert ask(party, tel4=old[-4:]).status_code == 422 and ask(party, tel4="2222").status_code == 200
    kept, line = Correction.objects.get(), petition.events.get(act="correct")
    assert (kept.before, kept.after) == (old, NEW)
    assert line.actor_kind == "petitioner" and NEW not in str(line.details) + line.text.body
    again = door.post("/q/phone/", {"held": held_in(answer), "code": code_in(sms)})
    assert again.status_code == 200 and petition.events.filter(act="correct").count() == 1


def test_no_number_no_text_and_no_more_than_five(mine, door, sms):
    _, party = mine
    assert begin(door, party, "12345").status_code == 422 and begin(door, party, party.phone).status_code == 422
    assert sms.took == []
    assert [begin(door, party).status_code for _ in range(6)] == [200] * 5 + [429]


def test_a_gateway_that_does_not_answer_is_said_so(mine, door, sms):
    _, party = mine
    sms.moods = ["broken"]
    answer = begin(door, party)
    assert answer.status_code == 503 and "短信没有发出去" in answer.content.decode()


def test_without_a_gateway_it_is_not_offered(mine, ask, settings):
    settings.SMS_GATEWAY_URL = ""
    assert "/q/phone/" not in ask(mine[1]).content.decode()


def test_a_petitioner_corrects_nothing_else(mine):
    petition, party = mine
    by = Actor(ActorKind.PETITIONER, party_id=party.pk)
    with pytest.raises(Refused, match="只能更换本人的手机号"):
        carry_out(fresh(petition), Act.CORRECT, by=by, party=party, changes={"name": "别人"}, reason="换")
