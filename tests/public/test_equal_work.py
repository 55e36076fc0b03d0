"""码对不对，花的工夫一样：同样几句 SQL、同样几次散列、同样几次解密；时间上看不出有没有这个码。"""

import hmac
import math
import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import privacy
from petitions.models import Party
from petitions.parties.persons import CODE_ALPHABET, CODE_LENGTH, fresh_code
from public import throttle
from public.progress import credentials
from tests.cast import on_day, registered

pytestmark = pytest.mark.django_db
WRONG_TOO = "0000"  # 登记时编的证件号、电话偶尔正好以猜的四位结尾


@pytest.fixture
def cost(door, monkeypatch):
    """What one question costs: the statements, and how often something was hashed, opened, compared."""
    seen = {}

    def counting(name, what):
        def run(*args, **kwargs):
            seen[name] = seen.get(name, 0) + 1
            return what(*args, **kwargs)

        return run

    for module, name in ((privacy.hmac, "new"), (credentials.hmac, "compare_digest")):
        monkeypatch.setattr(module, name, counting(name, getattr(hmac, name)))
    monkeypatch.setattr(privacy, "decrypt", counting("decrypt", privacy.decrypt))
    monkeypatch.setattr(credentials, "decrypt", privacy.decrypt)

    def of(path="/q", **told):
        cache.clear()
        throttle.forget()
        seen.clear()
        with on_day("2026-11-26"), CaptureQueriesContext(connection) as asked:
            answer = door.post(path, told)
        assert answer.status_code == 422
        return [re.sub(r"'[^']*'|\b\d+\b", "?", one["sql"]) for one in asked], dict(seen), len(answer.content)

    return of


def code_before_all_others() -> str:
    """A code nobody has, whose hash some party's follows."""
    first = Party.objects.exclude(query_hash="").order_by("query_hash").values_list("query_hash", flat=True)[0]
    return next(code for code in iter(fresh_code, "") if privacy.keyed_hash(code) < first)


def code_after_all_others() -> str:
    last = Party.objects.order_by("-query_hash").values_list("query_hash", flat=True)[0]
    return next(code for code in iter(fresh_code, "") if privacy.keyed_hash(code) > last)


@pytest.mark.parametrize("told", [{"tel4": "9998"}, {"id4": "999X"}, {"pin": "0"}, {"tel4": "9998", "id4": "999X"}])
def test_a_code_that_exists_costs_what_one_costs_that_does_not(city, cost, told):
    party = registered().submission.parties.get()
    right = (party.id_number, party.phone)
    told = {name: WRONG_TOO if any(one.endswith(tail) for one in right) else tail for name, tail in told.items()}
    cost(code=party.query_code, **told)  # 第一回把规则、机构读进来
    hit = cost(code=party.query_code, **told)
    assert hit == cost(code=code_before_all_others(), **told)
    assert hit == cost(code=code_after_all_others(), **told)
    assert hit[1]["decrypt"] > 5
    assert len([one for one in hit[0] if "petitions_party" in one]) == 1


def test_a_suggestion_costs_the_same_too(city, cost):
    told = {"path": "/suggest/follow/", "pin": "000000"}
    cost(code="ABCD2345EFGH", **told)
    _, counted, _ = cost(code="ABCD2345EFGH", **told)
    assert counted["decrypt"] > 2


def test_the_database_finds_the_row_by_its_index(city):
    """Or the time would grow with the number of petitioners, and tell the two apart after all."""
    rows = Party.objects.exclude(query_hash="").filter(query_hash__gte="a" * 64).order_by("query_hash")[:1]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = rows.explain()
    assert "one_query_code" in plan and "Sort" not in plan


def test_a_code_cannot_be_found_by_trying():
    """The figures of the decision on codes: 58 bits, and years even for an attacker with a million addresses."""
    codes = len(CODE_ALPHABET) ** CODE_LENGTH
    assert not set("01OILUV") & set(CODE_ALPHABET)
    assert 58 < math.log2(codes) < 59
    petitioners, addresses = 1_000_000, 1_000_000
    tries_a_year = throttle.TRIES * (365 * 24 * 3600 / throttle.WINDOW) * addresses
    assert codes / petitioners / tries_a_year > 1  # 一百万个地址一年不停地试，平均还撞不上一个，撞上了还要四位数字
