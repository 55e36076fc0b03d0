"""房规：每条状态之路都是一个行为；每个行为有一句话、有主人、有词条。"""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django_fsm import FSMFieldMixin

from petitions.act import guards
from petitions.act.states import FINAL, OPEN, OWES, RESTING, STAGE, Owner, State
from petitions.closing import rules as closing
from petitions.record.timeline import SENTENCES
from rulebook.acts import Act
from rulebook.terms import NATIONAL_TERMS

ROOMS = ("rulebook", "accounts", "documents", "petitions", "insight", "routing", "supervision", "desk", "public")
BASE = Path(settings.BASE_DIR)


def nouns():
    """Every model with a state machine."""
    return [
        model
        for model in apps.get_models()
        if any(isinstance(field, FSMFieldMixin) for field in model._meta.get_fields())
    ]


def moves(model):
    return [
        (name, value) for part in model.__mro__ for name, value in vars(part).items() if hasattr(value, "_django_fsm")
    ]


def all_moves():
    return [(model, name, move) for model in nouns() for name, move in moves(model)]


def test_there_are_nouns_to_test():
    assert {"Petition", "Leg", "Service"} <= {model.__name__ for model in nouns()}


@pytest.mark.parametrize(
    ("model", "name", "move"), all_moves(), ids=lambda value: getattr(value, "__name__", str(value))
)
def test_every_transition_runs_under_act_and_is_named_after_it(model, name, move):
    assert isinstance(getattr(move, "act", None), Act), f"{model.__name__}.{name} is not under @act"
    assert name == move.act.value


def test_an_act_moves_one_noun_only():
    seen = [move.act for _, _, move in all_moves()]
    assert len(seen) == len(set(seen))


def test_every_act_has_a_sentence_or_leaves_no_line():
    silent = {
        Act.VIEW,
        Act.REVEAL,
        Act.EXPORT,
        Act.ALLOW_EXPORT,
        Act.IDENTIFY,
        Act.KEEP_ORDER,
        Act.SAMPLE,
        Act.ANNOUNCE,
        Act.CALL_BACK,
        Act.COLLECT,
        Act.STUDY_SUGGESTION,
        Act.HOLD_RESPONSIBLE,
        Act.MANAGE_USERS,
        Act.CONFIGURE,
        Act.AUDIT,
    }
    assert set(Act) - set(SENTENCES) == silent


def test_every_state_has_an_owner_and_a_stage():
    assert set(OWES) == set(State) == set(STAGE)
    for state in OPEN:
        assert OWES[state].waiting_for
    assert set(OPEN) | set(FINAL) | set(RESTING) == set(State)


def test_no_road_leaves_a_final_state_but_to_the_archive():
    roads = [
        (state, road.target)
        for _, move in moves(apps.get_model("petitions", "Petition"))
        for state in FINAL
        if (road := move._django_fsm.get_transition(state)) is not None and road.target is not None
    ]
    assert (State.SETTLED, State.CLOSED) in roads  # 迟到而有效的复查申请（决定记录 0015）
    assert all(
        (target == State.ARCHIVED and state != State.ARCHIVED) or (state, target) == (State.SETTLED, State.CLOSED)
        for state, target in roads
    )


def test_nobody_owes_an_act_in_a_state_that_rests():
    assert all(OWES[state].owner is Owner.NOBODY for state in [*FINAL, *RESTING])


@pytest.mark.parametrize("term", NATIONAL_TERMS, ids=lambda term: term.code)
def test_every_term_cites_what_it_stands_on(term):
    assert term.article.strip() and term.certainty


def test_every_guard_is_a_sentence_with_an_article():
    modules = [vars(module).values() for module in (guards, closing)]
    tests = [value for found in modules for value in found if hasattr(value, "because")]
    assert len(tests) > 20
    for test in tests:
        assert test.because and test.article and not test.because.endswith("。")


def python_files():
    roots = [*ROOMS, "config", "launcher", "tests", "bench"]
    return [path for root in roots for path in (BASE / root).rglob("*.py") if "migrations" not in path.parts]


def test_no_file_is_longer_than_four_hundred_lines():
    long = {
        str(path.relative_to(BASE)): n for path in python_files() if (n := len(path.read_text().splitlines())) > 400
    }
    assert long == {}


def test_no_drawers():
    drawers = {"utils", "util", "core", "common", "helpers", "helper", "services", "misc"}
    assert [str(path) for path in python_files() if path.stem in drawers or drawers & set(path.parts)] == []


def test_nobody_swallows_an_exception():
    """A bare except, or Exception caught and not raised again nor said; a named error may be let go with a reason."""
    bad = []
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.ExceptHandler):
                continue
            broad = node.type is None or getattr(node.type, "id", "") in ("Exception", "BaseException")
            if broad and all(isinstance(line, ast.Pass | ast.Continue | ast.Return) for line in node.body):
                bad.append(f"{path.relative_to(BASE)}:{node.lineno}")
    assert bad == []


def test_no_django_signals():
    assert [
        str(path) for path in python_files() if "django.dispatch" in path.read_text() and "tests" not in path.parts
    ] == []


def test_the_glossary_knows_every_act_and_state():
    glossary = (BASE / "docs" / "glossary.md").read_text()
    missing = [word.value for word in [*Act, *State] if f"`{word.value}`" not in glossary]
    assert missing == []


def test_stored_words_only_grow():
    kept = set((BASE / "tests" / "house" / "stored_words.txt").read_text().split())
    now = {f"act:{act.value}" for act in Act} | {f"state:{state.value}" for state in State}
    assert kept - now == set(), "a stored word was taken away"
    assert now - kept == set(), "add the new words to tests/house/stored_words.txt"


def test_the_state_map_is_current():
    from petitions.act.state_map import state_map

    assert (BASE / "docs" / "states.md").read_text() == state_map()
