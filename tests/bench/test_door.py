"""量群众的门的那一套：小样走一遍，断言数得对、猜不中、分得开分不开；不断言快慢。"""

import json
from dataclasses import replace

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import CommandError, call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from bench.door import equal, guessing, measuring
from bench.door.clerk import _id_number
from bench.door.crowd import Crowd
from bench.door.visiting import Answer, Sender
from petitions.parties.identity import check_sign
from tests.cast import registered

pytestmark = pytest.mark.usefixtures("a_new_quarter_of_an_hour")


@pytest.fixture
def connection_kept():
    """As the test client does it: the end of a request does not close the connection of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.django_db
def test_guesses_are_throttled_and_none_is_found(city, settings, connection_kept):
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    registered()
    found, throttled = guessing.measure(250)  # 两个地址，各五次以后不再比对
    assert (found["measured"], found["held"]) == (0, True)
    assert (throttled["measured"], throttled["goal"], throttled["held"]) == (240, 240, True)


@pytest.mark.django_db
def test_a_right_guess_would_be_counted_as_one(city, settings, connection_kept):
    """Or "none found" would say nothing."""
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    party = registered().submission.parties.get()
    assert guessing.guess(WSGIHandler(), "10.9.9.9", party.query_code, party.phone[-4:]) == 200


@pytest.mark.parametrize(("shift", "p"), [(0, 1.0), (90, 0.034), (103, 0.0095), (400, 0.0)])
def test_kolmogorov_smirnov_tells_two_samples_apart(shift, p):
    one, other = [float(n) for n in range(2000)], [float(n + shift) for n in range(2000)]
    apart, found = equal.kolmogorov_smirnov(one, other)
    assert apart == pytest.approx(shift / 2000)
    assert found == pytest.approx(p, abs=0.001)


def test_both_sorts_are_asked_as_often_and_a_difference_is_seen(monkeypatch):
    asked = []

    class Slow:
        def __init__(self, *args):
            pass

        def get(self, path):
            return None

        def post(self, path, *, code, tel4):
            asked.append(code)
            return Answer(422, b"", 0.010 if code == "known" else 0.012, 0.0)

    monkeypatch.setattr(equal, "Visitor", Slow)
    medians, apart = equal.measure(0, ["known"], ["unknown"], 100)
    told = asked[equal.WARM :]
    assert (told.count("known"), told.count("unknown")) == (100, 100)
    assert told[:100].count("known") not in (0, 100)  # 次序是随机的
    assert not medians["held"] and medians["measured"] == pytest.approx(16.67)
    assert not apart["held"]


def test_the_crowd_comes_when_it_is_due_and_counts_what_fails(monkeypatch):
    """Two seconds of visitors who are answered in turn rightly, with 503, and not at all."""
    answers = iter([200, 503, 0] * 1000)

    def ask(self, method, path, body=None, sort=""):
        status = next(answers)
        if not status:
            raise ConnectionResetError
        return Answer(status, b"", 0.0, 0.0)

    monkeypatch.setattr(Sender, "open", lambda self: self)
    monkeypatch.setattr("bench.door.visiting.Visitor.ask", ask)
    monkeypatch.setattr("bench.door.crowd.photo", lambda: b"")
    crowd = Crowd(8000, 1.0, 40.0, 5.0)
    told = crowd.come()
    assert 15 < told["requests"]["n"] < 80
    for one in told.values():
        assert one["n"] == sum(one["statuses"].values())
        assert one["failed"] == one["statuses"]["ConnectionResetError"] > 0
        assert one["crowded"] == one["n"] - one["failed"] - one["statuses"][200] > 0


def test_invented_numbers_are_right_and_hers():
    for number in (100, 101, 997, 5000):
        told = _id_number(number)
        assert told.startswith("110199") and len(told) == 18
        assert told[-1] == check_sign(told[:17]) and int(told[16]) % 2 == 0


def test_the_command_measures_the_door_alone_and_says_what_was_missed(capsys, monkeypatch):
    seen = []
    line = {"name": "甲", "measured": 3, "goal": 2, "held": False, "note": ""}
    monkeypatch.setattr(measuring, "measure", lambda scale: seen.append(scale) or [line])
    with pytest.raises(CommandError, match="1 个目标未守住"):
        call_command("bench", "--only", "public", "--short", "--apart", "--json")
    assert json.loads(capsys.readouterr().out) == {"lines": [line]}
    assert seen == [replace(measuring.SHORT, apart=True)]
    with pytest.raises(CommandError, match="单独量"):
        call_command("bench", "--only", "public", "--only", "log", "--petitions", "1000")
