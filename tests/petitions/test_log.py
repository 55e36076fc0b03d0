"""日志只增不改，改了就验得出来。"""

import base64
import importlib
import io
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from accounts.privacy import encrypt
from petitions.models import EventText, LogAnchor, PetitionEvent
from petitions.record.verification import anchor, verify
from rulebook.acts import Act
from rulebook.timekeeping import today
from tests.cast import accepted, closed, do, on_day, registered

sealing = importlib.import_module("petitions.migrations.0027_sealed_texts")
pytestmark = pytest.mark.usefixtures("city")


def as_superuser(sql, *params):
    """What somebody with the database's highest privilege could do behind the triggers' back."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql, params)
        cursor.execute("SET session_replication_role = DEFAULT")


def faults():
    return [fault.sentence for fault in verify()]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE petitions_petitionevent SET act = 'note'",
        "DELETE FROM petitions_petitionevent",
        "TRUNCATE petitions_petitionevent CASCADE",
        "UPDATE petitions_eventtext SET body = '改写'",
        "DELETE FROM petitions_reveal",
        "TRUNCATE petitions_loganchor",
    ],
)
def test_the_database_refuses_to_rewrite_the_log(sql):
    petition = do(accepted(), Act.NOTE, note="只在内部看")
    anchor(today())
    petition.reveals.create(
        party=petition.submission.parties.first(),
        by=petition.submission.registered_by,
        field="phone",
        reason="核对",
        at=petition.registered_at,
    )
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # 本测试自己的未决外键检查，不让它抢先报错
    with pytest.raises(DatabaseError, match="只能追加"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_the_orm_refuses_too():
    line = accepted().events.first()
    with pytest.raises(TypeError, match="append-only"):
        line.save()
    with pytest.raises(TypeError, match="append-only"):
        PetitionEvent.objects.all().delete()


def test_an_untouched_log_holds_and_says_so(capsys):
    closed()
    assert faults() == []
    call_command("verify_log", "--json")
    assert '"holds": true' in capsys.readouterr().out


def test_a_changed_line_is_found():
    line = closed().events.get(act="accept")
    as_superuser("UPDATE petitions_petitionevent SET at = at - interval '3 days' WHERE id = %s", line.pk)
    assert "内容被改动" in faults()


def test_a_changed_holder_is_found():
    line = closed().events.get(act="accept")
    as_superuser("UPDATE petitions_petitionevent SET waiting_for = '' WHERE id = %s", line.pk)
    assert "内容被改动" in faults()


def test_a_removed_line_is_found():
    line = closed().events.get(act="inquire")
    as_superuser("DELETE FROM petitions_eventtext WHERE event_id = %s", line.pk)
    as_superuser("DELETE FROM petitions_petitionevent WHERE id = %s", line.pk)
    assert any("缺第" in sentence for sentence in faults())


def test_a_removed_last_line_is_found():
    line = accepted().events.order_by("-seq").first()
    as_superuser("DELETE FROM petitions_petitionevent WHERE id = %s", line.pk)
    assert any("末行" in sentence for sentence in faults())


def test_two_lines_in_each_others_place_are_found():
    petition = closed()
    first, second = petition.events.filter(act__in=["inquire", "draft"]).order_by("seq")
    as_superuser("UPDATE petitions_petitionevent SET seq = 900 WHERE id = %s", first.pk)
    as_superuser("UPDATE petitions_petitionevent SET seq = %s WHERE id = %s", first.seq, second.pk)
    as_superuser("UPDATE petitions_petitionevent SET seq = %s WHERE id = %s", second.seq, first.pk)
    assert "与前一行不相链" in faults()


def test_an_inserted_line_is_found_even_when_it_chains_its_own_payload():
    petition = accepted()
    last = petition.events.order_by("-seq").first()
    forged = PetitionEvent(
        petition=petition,
        seq=last.seq + 1,
        act="note",
        actor_kind="system",
        at=last.at,
        recorded_at=last.recorded_at,
        went_to=last.went_to,
    )
    forged.seal(last.hash)
    forged.save()
    assert any("末行" in sentence for sentence in faults())


def test_changed_words_are_found():
    petition = do(accepted(), Act.NOTE, note="已联系物业")
    text = EventText.objects.get(event__petition=petition)
    as_superuser("UPDATE petitions_eventtext SET body = %s WHERE event_id = %s", encrypt("未联系物业"), text.pk)
    assert faults() == ["说明文字被改动"]
    as_superuser("UPDATE petitions_eventtext SET body = '未联系物业' WHERE event_id = %s", text.pk)
    assert faults() == ["说明文字被改动，或者缺少它的密钥，解不开"]


def test_words_are_sealed_in_the_database_and_plain_to_whoever_may_read_them():
    petition = do(accepted(), Act.NOTE, note="已与欧阳知微通话，电话 13900007731")
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM petitions_eventtext WHERE event_id = %s", [petition.events.last().pk])
        (stored,) = cursor.fetchone()
    assert stored.startswith("v1.") and "欧阳" not in stored and "7731" not in stored
    assert petition.events.last().text.body == "已与欧阳知微通话，电话 13900007731"
    assert faults() == []


def test_texts_written_before_they_were_sealed_are_sealed_without_touching_the_chain():
    petition = do(accepted(), Act.NOTE, note="已联系物业")
    text = EventText.objects.get(event__petition=petition)
    as_superuser("UPDATE petitions_eventtext SET body = '已联系物业' WHERE event_id = %s", text.pk)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        sealing.seal(None, SimpleNamespace(connection=connection))
        cursor.execute("SET session_replication_role = DEFAULT")
    assert EventText.objects.get(pk=text.pk).body == "已联系物业"
    assert faults() == []


def test_only_a_change_of_keys_rewrites_a_text(settings):
    petition = do(accepted(), Act.NOTE, note="已联系物业")
    text = EventText.objects.get(event__petition=petition)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(DatabaseError, match="只能追加"), transaction.atomic():
        EventText.objects.filter(pk=text.pk).update(body="未联系物业")
    settings.FIELD_KEYS = [base64.b64encode(b"n" * 32).decode(), *settings.FIELD_KEYS]
    call_command("rotate_field_keys", "--json", stdout=io.StringIO())
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]
    assert EventText.objects.get(pk=text.pk).body == "已联系物业"
    assert faults() == []


def test_a_whole_petitions_log_rewritten_to_chain_again_is_caught_by_the_anchor():
    with on_day("2026-03-02"):
        petition = accepted()
        anchor(today())
    lines = list(petition.events.order_by("seq"))
    prev = "0" * 64
    for line in lines:
        line.by_organ_id = None
        line.seal(prev)
        prev = line.hash
        as_superuser(
            "UPDATE petitions_petitionevent SET by_organ_id = NULL, payload_hash = %s, prev_hash = %s, hash = %s "
            "WHERE id = %s",
            line.payload_hash,
            line.prev_hash,
            line.hash,
            line.pk,
        )
    as_superuser("UPDATE petitions_petition SET last_hash = %s WHERE id = %s", prev, petition.pk)
    assert any("零时以前的日志与当时不同" in sentence for sentence in faults())


def test_anchors_follow_each_other_and_asking_twice_changes_nothing():
    with on_day("2026-03-02"):
        registered()
        first = anchor(today())
    with on_day("2026-03-03"):
        registered()
        second = anchor(today())
        again = anchor(today())
    assert (first.lines, second.lines) == (2, 4)
    assert second.prev_digest == first.digest and again.pk == second.pk
    assert LogAnchor.objects.count() == 2 and faults() == []
    assert second.day - first.day == timedelta(days=1)


def test_the_log_keeps_no_words():
    petition = closed()
    kept = " ".join(str(line.details) for line in petition.events.all())
    assert "曳引机" not in kept and "特种设备" not in kept and "电话听取" not in kept
