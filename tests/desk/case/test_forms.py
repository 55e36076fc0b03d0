"""表与行为说同一种话：每张表给出的正是行为要的参数，每张表都写明依据和对期限的影响。"""

import inspect

import pytest

from desk.casework.act import subjects
from desk.casework.forms import FORM_FOR
from desk.casework.page.available_acts import LOOKS
from petitions.act.decorator import acts_of
from petitions.act.states import State
from petitions.models import Execution, Hearing, Leg, Mediation, PartyRequest, Petition, Proceeding, Service
from rulebook.acts import Act
from tests.cast import petition_at, someone

# done by the system, by a petitioner, or at the desk: no page
WITHOUT_PAGE = {
    *(Act.REGISTER, Act.DEEM_ACCEPTED, Act.SETTLE, Act.ARRIVE, Act.REVIVE),
    *(Act.REDO, Act.DROP_REDO, Act.PROMISE, Act.RATE),
    *(Act.SUPPLEMENT, Act.REQUEST_WITHDRAWAL, Act.REQUEST_RECUSAL),
}
OWN_ARGUMENTS = {Act.SPLIT, Act.RELATE, Act.CORRECT, Act.TO_SUGGESTION}


def arguments(act):
    """(wanted, allowed) keyword arguments of the act's method."""
    model = subjects.type_of(act) or Petition
    told = inspect.signature(getattr(model, str(act))).parameters.values()
    named = [one for one in told if one.name not in ("self", "instance", "by", "args", "kwargs")]
    return {one.name for one in named if one.default is inspect.Parameter.empty}, {one.name for one in named}


def test_every_act_of_a_person_has_a_page():
    nouns = (Petition, Leg, Service, Proceeding, Hearing, Mediation, Execution, PartyRequest)
    acts = {move.act for model in nouns for move in acts_of(model)}
    assert acts - WITHOUT_PAGE == set(FORM_FOR)
    assert set(LOOKS) == set(FORM_FOR)


@pytest.mark.parametrize("act", FORM_FOR, ids=str)
def test_every_form_cites_its_basis_and_its_effect(act):
    assert FORM_FOR[act].article
    assert FORM_FOR[act].effect


def test_keys_are_the_users_alone():
    reserved = {"J", "K", "N", "X"}
    assert not reserved & {key for _, key, _ in LOOKS.values() if key}


@pytest.mark.django_db
@pytest.mark.parametrize("act", [act for act in FORM_FOR if act not in OWN_ARGUMENTS], ids=str)
def test_a_form_gives_what_its_act_takes(city, act):
    petition = petition_at(State.REGISTERED)
    form = FORM_FOR[act](petition=petition, user=someone("officer1"))
    wanted, allowed = arguments(act)
    dynamic = (
        *(
            "branch",
            "why",
            "finding",
            "answer1",
            "answer2",
            "end_",
            "none_",
            "suggested_name",
            "to_name",
            "ok_",
            "why_",
        ),
        *("fact_", "former", "overrule", "lent"),
    )
    given = {name for name in form.fields if name != "note" and not name.startswith(dynamic)}
    if act in (Act.CLASSIFY, Act.DRAFT):
        given |= {"path", "record"} if act is Act.CLASSIFY else {"findings", "four_ends"}
    if act is Act.RECORD_ENDS:
        given |= {"ends"}
    assert wanted <= given
    assert given <= allowed
