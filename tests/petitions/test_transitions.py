"""每个行为 × 每个状态 × 每个角色，不用数据库：表里有的路都通，表里没有的路都不通；没有死路，没有无主的状态。"""

import csv
from itertools import product
from types import SimpleNamespace

import pytest

from accounts.authority import HeldGrant, Seat, Standing, may
from accounts.models import Organ, Relation, User
from petitions.act.states import FINAL, OPEN, OWES, RESTING, Owner, State
from rulebook.acts import Act
from tests.accounts import authority_table
from tests.petitions import transitions
from tests.petitions.transitions import NOUNS, Edge, moves_of

EXPECTED = transitions.read()
ROLES = [row["code"] for row in authority_table.rows_of("roles.csv")]
ACT_OF_SYSTEM = {Act.ARRIVE, Act.DEEM_ACCEPTED, Act.REVIVE, Act.DROP_REDO, Act.REDO, Act.PROMISE}
ACT_OF_PETITIONER = {Act.RATE, Act.SUPPLEMENT, Act.REQUEST_WITHDRAWAL, Act.REQUEST_RECUSAL}
# 谁欠下一步，就以这些关系牵涉本件（petitions/record/ledger.py settle_holder 与各行为留下的关系）
RELATIONS_OF = {
    Owner.REGISTRAR: ("registered", "handles"),
    Owner.RECEIVER: ("handles",),
    Owner.SENDER: ("forwards",),
    Owner.RULER: ("designates",),
    Owner.ORGAN: ("handles", "discipline"),
    Owner.CHECKER: ("legal", "supervises", "handles"),
}


def checked_in_table() -> dict[tuple[str, str], set[str]]:
    """(role, act) → the relations through which the role may do it, as checked in."""
    (_, _, *relations), *rows = authority_table.read()
    held = {}
    for role, act, *cells in rows:
        held[role, act] = {relation for relation, cell in zip(relations, cells, strict=True) if cell != "not"}
    return held


MAY = checked_in_table()


class Desk:
    """Somebody of a role at one organ, built from the pack's files, asked through the real authority."""

    def __init__(self, role: str):
        self.organ = Organ(pk=1, code="T", path="/1/", territory="11019901", office_id=1)
        self.organ.office = self.organ
        self.user = User(pk=1, username=role, organ=self.organ)
        seat = Seat(post_id=1, role_id=1, role_code=role, title=role, organ=self.organ)
        known = Standing.__new__(Standing)
        known.user, known.seats, known.claims = self.user, [seat], {}
        for row in authority_table.rows_of("grants.csv"):
            if row["role"] == role:
                grant = HeldGrant(row["act"], row["relation"], row["reach"], seat)
                known.claims.setdefault(row["act"], []).append(grant)
        self.user._standing = known

    def may(self, act: str, relation: str) -> bool:
        """Whether the desk may do it to what its organ is so involved in (a report, where the relation is of one)."""
        row = SimpleNamespace(kind=relation, organ=self.organ, organ_id=1, post_id=1, user_id=1)
        secrecy = 1 if relation == Relation.DISCIPLINE else 0
        thing = SimpleNamespace(accused_organ_id=None, secrecy=secrecy, current_involvements=lambda: [row])
        return may(self.user, Act(act), thing)


def in_code(noun: str, act: str, source: str) -> set[Edge]:
    move = moves_of(NOUNS[noun]).get(act)
    road = move._django_fsm.get_transition(source) if move else None
    return {Edge(noun, act, source, target) for target in transitions.targets(road, source)} if road else set()


def states_of(noun: str) -> list[str]:
    return [str(state) for state, _ in NOUNS[noun]._meta.get_field("state").choices]


def in_table(noun: str, act: str, source: str) -> set[Edge]:
    return {edge for edge in EXPECTED if edge[:3] == (noun, act, source)}


def doers(act: str, relations=Relation.values) -> set[str]:
    """The roles that may do the act through one of the relations, or through any."""
    return {role for role in ROLES if MAY.get((role, act), set()) & {*relations, Relation.ANY}}


@pytest.mark.parametrize("noun", NOUNS)
def test_every_act_in_every_state_goes_where_the_table_says_and_nowhere_else(noun):
    for act, source in product([str(act) for act in Act], states_of(noun)):
        assert in_code(noun, act, source) == in_table(noun, act, source), f"{noun} {act} {source}"


def test_the_words_beside_the_codes_are_the_words_of_the_screens():
    with transitions.TABLE.open(encoding="utf-8", newline="") as source:
        assert list(csv.reader(source)) == [transitions.HEAD, *transitions.rows()]


def test_every_act_in_every_state_by_every_role():
    """The road of the code and the authority of the code, against the two checked-in tables; both ways."""
    asked, wrong = 0, []
    relations = [relation for relation in Relation.values if relation != Relation.ANY]
    for role in ROLES:
        desk = Desk(role)
        allowed = {
            (act, relation): desk.may(act, relation)
            for act, relation in product([str(act) for act in authority_table.ACTS], relations)
        }
        for (act, relation), noun in product(allowed, NOUNS):
            for source in states_of(noun):
                asked += 1
                can = allowed[act, relation] and bool(in_code(noun, act, source))
                granted = MAY[role, act] & ({relation} if relation == "discipline" else {relation, Relation.ANY})
                if can != (bool(granted) and bool(in_table(noun, act, source))):
                    wrong.append(f"{role} {act} {relation} {noun} {source}")
    assert wrong == []
    assert asked > 300_000


def test_every_road_has_somebody_to_walk_it():
    walked = {edge.act for edge in EXPECTED if doers(edge.act)} | {
        str(act) for act in ACT_OF_SYSTEM | ACT_OF_PETITIONER
    }
    assert {edge.act for edge in EXPECTED} - walked == set()


def test_the_system_does_alone_only_what_time_does():
    assert all(not doers(str(act)) for act in ACT_OF_SYSTEM)


@pytest.mark.parametrize("noun", NOUNS)
def test_every_state_is_reached_from_the_first(noun):
    first = str(NOUNS[noun]._meta.get_field("state").default)
    reached, walls = {first}, None
    while walls != reached:
        walls = set(reached)
        reached |= {edge.target for edge in EXPECTED if edge.noun == noun and edge.source in walls}
    assert set(states_of(noun)) - reached == set()


def leads_on(state) -> list[Edge]:
    return [edge for edge in EXPECTED if edge[0] == "Petition" and edge.source == state and edge.target != state]


@pytest.mark.parametrize("state", [state for state in State if state not in FINAL])
def test_no_state_but_a_final_one_is_a_dead_end(state):
    """Something leads on that somebody may do; and the cabinet is reached in the end."""
    assert any(doers(edge.act) for edge in leads_on(state))
    reached, walls = {str(state)}, None
    while walls != reached:
        walls = set(reached)
        reached |= {edge.target for at in walls for edge in leads_on(at)}
    assert reached & {str(end) for end in FINAL}


@pytest.mark.parametrize("state", OPEN)
def test_whoever_owes_the_next_act_may_do_it(state):
    """An owner, and for the owner a road on that is not only 终止."""
    relations = RELATIONS_OF[OWES[state].owner]
    assert any(doers(edge.act, relations) for edge in leads_on(state) if edge.act != Act.TERMINATE)


def test_a_final_state_leads_to_the_archive_and_the_archive_nowhere():
    assert {(edge.source, edge.target) for state in FINAL for edge in leads_on(state)} == {
        (str(state), "archived") for state in FINAL if state != State.ARCHIVED
    } | {("settled", "closed")}  # 迟到而有效的复查申请（决定记录 0015）


def test_a_resting_state_has_its_lawful_way_back_or_out():
    ways = {str(state): {edge.act for edge in leads_on(state)} for state in RESTING}
    assert ways == {
        "closed": {"settle", "redo", "convert"},
        "led_in": {"reopen"},
        "redirected": {"reopen"},
        "declined": {"reopen"},
        "merged": {"archive", "unmerge"},
    }


def test_what_wants_approval_has_approvers_at_every_level():
    wanting = {act for act, move in moves_of(NOUNS["Petition"]).items() if move.needs_approval}
    steps = authority_table.rows_of("approvals.csv")
    assert {(row["act"], row["organ_level"]) for row in steps} == set(product(wanting, ("street", "district", "city")))
    assert {role for row in steps for role in row["role"].split(";")} <= set(ROLES)
