"""进度查询：对的人看得到自己的；错码与错号说同一句话；五次停一刻钟。"""

import pytest
from django.core import signing
from django.core.cache import cache
from redis.exceptions import ConnectionError as RedisAway

from petitions.models import Party
from public import throttle
from public.progress import credentials, public_wording
from tests.cast import registered

pytestmark = pytest.mark.django_db
WRONG = "ZZZZ2222YYYY"


def test_the_form_is_open_to_everyone_and_has_the_agreed_fields(city, door):
    page = door.get("/q").content.decode()
    assert 'id="code"' in page
    assert 'id="tel4"' in page
    assert 'method="post"' in page


@pytest.mark.parametrize("by", ["tel4", "id4", "pin"])
def test_each_of_three_numbers_opens_it(mine, door, by):
    _, party = mine
    told = {"tel4": party.phone[-4:], "id4": party.id_number[-4:], "pin": party.pin}
    answer = door.post("/q", {"code": party.query_code, by: told[by]})
    assert answer.status_code == 200
    assert 'class="tl"' in answer.content.decode()


def test_code_may_be_typed_as_people_type(mine, ask):
    _, party = mine
    spaced = f"{party.query_code[:4]} {party.query_code[4:8]}-{party.query_code[8:]}".lower()
    assert ask(party, code=spaced).status_code == 200


def test_unknown_code_and_wrong_digits_read_the_same(mine, ask):
    _, party = mine
    unknown = ask(code=WRONG, tel4="0000")
    wrong = ask(party, tel4="9999")
    assert unknown.status_code == wrong.status_code == 422
    strip = lambda answer: answer.content.decode().split("errsum")[1].split("</div>")[0]  # noqa: E731
    assert str(public_wording.SAME_WORDS) in strip(wrong)
    assert strip(unknown) == strip(wrong)


def test_every_number_given_must_be_right(mine, ask):
    _, party = mine
    assert ask(party, pin="000000" if party.pin != "000000" else "111111").status_code == 422


def test_a_party_without_a_phone_is_not_opened_by_an_empty_one(city, ask):
    party = registered().submission.parties.get()
    Party.objects.filter(pk=party.pk).update(phone="")
    assert ask(code=party.query_code, tel4="").status_code == 422
    assert ask(code=party.query_code, tel4="0000").status_code == 422


def test_blank_form_is_told_what_is_missing_and_costs_no_try(mine, ask):
    _, party = mine
    for _ in range(8):
        answer = ask(code="", tel4="")
    assert "请填写登记回执上的查询码" in answer.content.decode()
    assert ask(party).status_code == 200


def test_five_tries_then_a_quarter_of_an_hour_even_with_the_right_numbers(mine, ask):
    _, party = mine
    for _ in range(5):
        assert ask(party, tel4="9999").status_code == 422
    blocked = ask(party)
    assert blocked.status_code == 429
    assert str(public_wording.TOO_OFTEN) in blocked.content.decode()


def test_the_code_is_protected_wherever_the_tries_come_from(mine, door):
    _, party = mine
    for n in range(5):
        door.post("/q", {"code": party.query_code, "tel4": "9999"}, REMOTE_ADDR=f"10.0.0.{n}")
    told = {"code": party.query_code, "tel4": party.phone[-4:]}
    assert door.post("/q", told, REMOTE_ADDR="10.0.0.99").status_code == 429


def test_the_address_is_stopped_whatever_codes_it_tries(mine, door):
    _, party = mine
    for n in range(5):
        door.post("/q", {"code": f"ZZZZ2222YYY{n}", "tel4": "9999"}, REMOTE_ADDR="10.0.0.7")
    told = {"code": party.query_code, "tel4": party.phone[-4:]}
    assert door.post("/q", told, REMOTE_ADDR="10.0.0.7").status_code == 429
    assert door.post("/q", told, REMOTE_ADDR="10.0.0.8").status_code == 200


def test_asking_rightly_never_locks_anyone_out(mine, ask):
    _, party = mine
    assert [ask(party).status_code for _ in range(8)] == [200] * 8


def test_the_lock_ends_by_itself(mine, ask):
    _, party = mine
    for _ in range(5):
        ask(party, tel4="9999")
    for key in throttle.keys_of(ask(party).wsgi_request, party.query_code):
        assert 0 < cache._cache.get_client().ttl(cache.make_key(key)) <= throttle.WINDOW


def test_the_limit_holds_while_the_cache_is_away(mine, ask, monkeypatch):
    _, party = mine

    def away(*args, **kwargs):
        raise RedisAway("away")

    monkeypatch.setattr(type(cache._connections[cache._alias]), "incr", away)
    for _ in range(5):
        assert ask(party, tel4="9999").status_code == 422
    assert ask(party).status_code == 429


def test_address_behind_our_own_proxy(rf, settings):
    request = rf.get("/q", HTTP_X_FORWARDED_FOR="6.6.6.6, 203.0.113.9", REMOTE_ADDR="10.0.0.1")
    assert throttle.address_of(request) == "10.0.0.1"  # 没有说明有代理，就不信报头
    settings.PROXY_HOPS = 1
    assert throttle.address_of(request) == "203.0.113.9"


def test_the_code_is_never_in_an_address(mine, ask, door):
    _, party = mine
    answer = ask(party)
    assert party.query_code not in answer.content.decode()
    assert door.get(f"/q/{party.query_code}").status_code == 404


def test_big_letters_are_remembered_and_the_result_survives_them(mine, ask, door):
    _, party = mine
    token = ask(party).context["token"]
    again = door.post("/q", {"token": token, "big": "1"})
    assert '<html lang="zh-CN" class="big">' in again.content.decode()
    assert 'class="tl"' in again.content.decode()
    assert 'class="big"' in door.get("/route/").content.decode()
    assert 'class="big"' not in door.get("/q?big=0").content.decode()


def test_an_altered_or_foreign_token_opens_nothing(mine, door):
    _, party = mine
    for token in ("x", signing.dumps(party.pk), credentials.letter_token(party, 1)):
        assert door.post("/q", {"token": token}).status_code == 422
