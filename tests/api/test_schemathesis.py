"""照接口自己的说明（OpenAPI）填：每个操作若干个例子，对的、错的、怪的；答的从不是 5xx。"""

import json
import os

import pytest
import schemathesis
from django.db import transaction
from django.test import Client
from django.utils.http import urlencode
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from accounts.models import ApiToken
from accounts.session import api_tokens
from rulebook.acts import Act
from tests.cast import accepted, someone

# 例子由用例自己定死；FUZZ_EXAMPLES=500 可以多试
FIXED = settings(
    max_examples=int(os.environ.get("FUZZ_EXAMPLES", "3")),
    derandomize=True,
    database=None,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
LEAST = 8  # 个操作


@pytest.fixture
def caller(city, settings):
    """A system that holds an officer's token."""
    key, _ = api_tokens.issue(someone("officer1"), name="试接口", scopes=ApiToken.Scope.values, days=90)
    return Client(headers={"Authorization": f"Token {key}"})


def operations(caller: Client) -> list:
    """Every operation of the schema as the interface itself tells it."""
    told = caller.get("/api/schema/?format=json")
    schema = schemathesis.openapi.from_dict(json.loads(told.content))
    return [found.ok() for found in schema.get_all_operations()]


def send(caller: Client, case) -> int:
    """The case over the test client, undone afterwards; the status."""
    query = f"?{urlencode(case.query, doseq=True)}" if case.query else ""
    body = json.dumps(case.body) if isinstance(case.body, dict | list | str | int | float | None) else b"\xff"
    with transaction.atomic():
        answer = caller.generic(case.method, case.formatted_path + query, body, content_type="application/json")
        transaction.set_rollback(True)
    return answer.status_code


def trial(caller: Client, operation, number: str, seen: set[int]):
    """Some examples of one operation; half of them ask for a petition that is there."""
    modes = [operation.as_strategy(generation_mode=mode) for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)]

    @FIXED
    @given(case=st.one_of(modes), real=st.booleans(), act=st.sampled_from(sorted(Act)))
    def tried(case, real, act):
        if real and "number" in (case.path_parameters or {}):
            case.path_parameters |= {"number": number} | ({"act": act} if "act" in case.path_parameters else {})
        status = send(caller, case)
        assert status < 500, (operation.label, case.formatted_path, case.query, case.body, status)
        seen.add(status)

    return tried


def test_no_operation_answers_with_a_fault_of_the_server(caller):
    number, found = accepted().number, operations(caller)
    assert len(found) >= LEAST
    seen: dict[str, set[int]] = {operation.label: set() for operation in found}
    for operation in found:
        trial(caller, operation, number, seen[operation.label])()
    assert all(seen.values()), seen
    assert {200, 404, 422} <= set().union(*seen.values()), seen
