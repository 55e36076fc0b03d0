"""manage rotate_field_keys: old values move under the current key, whatever table they are in."""

import base64
import json
import os
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts import privacy
from accounts.management.commands.rotate_field_keys import encrypted_fields
from petitions.models import RegistrationDraft
from rulebook.timekeeping import now


def new_key() -> str:
    return base64.b64encode(os.urandom(32)).decode()


@pytest.fixture
def keys(settings):
    settings.FIELD_KEYS = [new_key()]
    return settings


def stored(table: str, column: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


def rotate(**options) -> dict:
    out = StringIO()
    call_command("rotate_field_keys", "--json", stdout=out, **options)
    return json.loads(out.getvalue())


def test_all_values_move_in_batches_and_the_old_key_can_go(town, keys):
    for n in range(7):
        RegistrationDraft.objects.create(user=town.clerk, key=str(n), body=f"草稿{n}𠮷", saved_at=now())
    old = keys.FIELD_KEYS[0]
    keys.FIELD_KEYS = [new_key(), old]
    RegistrationDraft.objects.create(user=town.clerk, key="new", body="新草稿", saved_at=now())
    report = rotate(batch=3)
    assert report["fields"]["petitions.RegistrationDraft.body"] == {"rewritten": 7, "undecipherable": 0}
    assert report["undecipherable"] == 0
    keys.FIELD_KEYS = keys.FIELD_KEYS[:1]
    assert all(privacy.is_current(value) for value in stored("petitions_registrationdraft", "body"))
    bodies = list(RegistrationDraft.objects.order_by("pk").values_list("body", flat=True))
    assert bodies == [f"草稿{n}𠮷" for n in range(7)] + ["新草稿"]
    assert rotate()["fields"]["petitions.RegistrationDraft.body"]["rewritten"] == 0


def test_a_value_no_key_opens_is_counted_and_left_and_the_command_fails(town, keys):
    RegistrationDraft.objects.create(user=town.clerk, key="lost", body="打不开", saved_at=now())
    keys.FIELD_KEYS = [new_key()]
    before = stored("petitions_registrationdraft", "body")
    out = StringIO()
    with pytest.raises(CommandError, match="有 1 个值"):
        call_command("rotate_field_keys", "--json", stdout=out)
    assert json.loads(out.getvalue())["undecipherable"] == 1
    assert stored("petitions_registrationdraft", "body") == before


def test_every_encrypted_field_is_found(db):
    found = {f"{model._meta.label}.{field.name}" for model, field in encrypted_fields()}
    assert {"petitions.RegistrationDraft.body", "petitions.Petition.accused_text", "petitions.Party.phone"} <= found


def test_a_changed_text_does_not_open(keys):
    sealed = privacy.encrypt("110199195406152426")
    assert privacy.decrypt(sealed) == "110199195406152426"
    assert privacy.encrypt("110199195406152426") != sealed
    with pytest.raises(privacy.Undecipherable):
        privacy.decrypt(sealed[:-4] + "AAA=")
