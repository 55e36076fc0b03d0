"""催办：每件一行日志、一条消息给现在该办的人；够不着的件说清，不连累别的件。"""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Outbox
from petitions.act.decorator import Refused
from petitions.models import Petition
from petitions.record.verification import verify
from rulebook.acts import Act
from supervision.orders import acts as actions
from tests.cast import accepted, closed, do, fresh, someone

WORDS = "请于本周五前完成现场核查。"


def of(*petitions):
    return Petition.objects.filter(pk__in=[petition.pk for petition in petitions])


def urged(petition):
    rows = Outbox.objects.filter(dedupe_key__startswith=f"urge:{petition.pk}:").order_by("pk")
    return [row.recipient.username for row in rows.select_related("recipient")]


def test_three_at_once_one_line_each(city):
    petitions = [accepted() for _ in range(3)]
    done = actions.urge(of(*petitions), WORDS, by=someone("super1"))
    assert done.done == [petition.number for petition in petitions] and done.refused == []
    for petition in petitions:
        line = petition.events.of_act(Act.URGE).get()
        assert (line.text.body, line.by.username, line.by_organ.code) == (WORDS, "super1", "YHXF")
        assert line.went_to == "accepted"
    assert list(verify()) == []


def test_the_handler_is_told_where_there_is_one_and_the_words_stay_in_the_log(city):
    petition = do(accepted(), Act.ALLOT, "chief1", to=someone("handler1"))
    actions.urge(of(petition), WORDS, by=someone("super1"))
    assert urged(petition) == ["handler1"]
    text = Outbox.objects.get(dedupe_key__startswith=f"urge:{petition.pk}:").text
    assert petition.number in text and WORDS not in text


def test_urging_twice_is_two_lines_and_two_messages(city):
    petition = do(accepted(), Act.ALLOT, "chief1", to=someone("handler1"))
    for _ in range(2):
        actions.urge(of(petition), WORDS, by=someone("super1"))
    assert petition.events.of_act(Act.URGE).count() == 2
    assert urged(petition) == ["handler1"] * 2


def test_what_is_closed_is_named_and_the_rest_is_urged(city):
    live, over = accepted(), closed()
    done = actions.urge(of(live, over), WORDS, by=someone("super1"))
    assert done.done == [live.number]
    assert done.refused == [(over.number, "本件已办结，没有待办事项可催")]


def test_out_of_reach_is_named_and_untouched(city):
    petition = accepted()
    done = actions.urge(of(petition), WORDS, by=someone("super2"))
    assert done.done == [] and "不能对本件“催办”" in done.refused[0][1]
    assert fresh(petition).seq == petition.seq


def test_without_the_grant_or_without_words_nothing_is_sent(city):
    petition = accepted()
    with pytest.raises(PermissionDenied):
        actions.urge(of(petition), WORDS, by=someone("clerk1"))
    with pytest.raises(Refused, match="请写明催办内容"):
        actions.urge(of(petition), "  ", by=someone("super1"))
    assert not petition.events.of_act(Act.URGE).exists()
