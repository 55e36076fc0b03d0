"""秩序事件单独存放：行为照记、处置照记，信访件照常受理办理（第二十条、第二十六条、第二十七条、第四十七条）。"""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from accounts.models import Organ
from petitions.act.decorator import Refused
from petitions.act.states import State
from petitions.models import Petition
from petitions.record.ledger import open_acts
from rulebook.acts import Act
from rulebook.timekeeping import BEIJING, now
from supervision.incidents import rules as incidents
from supervision.models import OrderIncident
from tests.cast import accepted, decided, do, drafted, fresh, registered, serve_all, someone

pytestmark = pytest.mark.django_db


def happened(by="officer1", **told):
    facts = {
        "happened_at": now() - timedelta(hours=2),
        "place": "青柳街道接待大厅",
        "conduct": ["26-4"],
        "people": 3,
        "account": "三人在大厅静坐，并在墙上喷漆。",
    }
    return incidents.record(by=someone(by), **(facts | told))


def picture(petition):
    petition = fresh(petition)
    clocks = list(petition.deadlines.order_by("pk").values_list("term", "due_on", "ended_how"))
    acts = {entry["act"]: tuple(entry["reasons"]) for entry in open_acts(petition, someone("officer1"))}
    return petition.seq, petition.state, petition.key_case, clocks, acts


def test_e67_the_petition_goes_on_as_if_nothing_had_happened(city):
    petition = decided(registered())
    before = picture(petition)
    incident = happened(case=petition.number, conduct=["26-1", "26-4"])
    incidents.add_step(incident, by=someone("officer1"), measure="dissuade", words="当场劝阻，三人离开。")
    assert picture(petition) == before
    petition = do(petition, Act.ACCEPT)
    petition = do(drafted(petition), Act.SUBMIT)
    petition = do(do(petition, Act.PASS, "legal1"), Act.SIGN, "deputy1")
    assert do(serve_all(petition), Act.CLOSE).state == State.CLOSED
    assert OrderIncident.objects.get().petition_id == petition.pk


def test_e67_no_line_of_the_petition_and_no_row_of_a_person_knows_of_it(city):
    petition = accepted()
    happened(case=petition.number)
    relations = [relation.name for relation in Petition._meta.related_objects]
    assert not [name for name in relations if "incident" in name]
    columns = {field.name for field in OrderIncident._meta.get_fields()}
    assert not columns & {"person", "party", "score", "name"}
    assert not petition.events.filter(act=Act.KEEP_ORDER).exists()


def test_only_posts_that_keep_order_see_it_and_only_of_their_own_organ(city, client):
    petition = accepted()
    incident = happened(case=petition.number)
    seen = {}
    for name in ("officer1", "clerk1", "dhead1", "handler1", "legal1", "officer.yhzj", "disc1"):
        client.force_login(someone(name))
        seen[name] = client.get(f"/supervision/incidents/{incident.pk}/").status_code
    assert seen == {
        "officer1": 200,
        "clerk1": 200,
        "dhead1": 200,
        "handler1": 403,
        "legal1": 403,
        "officer.yhzj": 404,
        "disc1": 403,
    }
    client.force_login(someone("handler1"))
    assert "/supervision/incidents/" not in client.get("/cases/").content.decode()
    with pytest.raises(PermissionDenied):
        happened(by="legal1")


def test_the_case_page_leads_there_only_those_who_keep_order(city, client):
    petition = accepted()
    happened(case=petition.number)
    client.force_login(someone("officer1"))
    page = client.get(f"/cases/{petition.number}/").content.decode()
    assert f"/supervision/incidents/?case={petition.number}" in page and "喷漆" not in page
    client.force_login(someone("deputy1"))
    assert "秩序事件" not in client.get(f"/cases/{petition.number}/").content.decode()


@pytest.mark.parametrize("measure", ["police", "penalty", "criminal"])
def test_what_belongs_to_the_police_names_the_police(city, measure):
    incident = happened()
    with pytest.raises(Refused, match="请写明是哪个公安机关"):
        incidents.add_step(incident, by=someone("officer1"), measure=measure, words="已带离现场。")
    step = incidents.add_step(
        incident, by=someone("officer1"), measure=measure, words="已带离现场。", authority="云河区公安分局青柳派出所"
    )
    assert step.authority.endswith("派出所")


@pytest.mark.parametrize(
    ("told", "because"),
    [
        ({"conduct": []}, "至少选择一种行为"),
        ({"conduct": ["27-1"]}, "至少选择一种行为"),
        ({"case": "11019901-2026-99999"}, "没有这件信访事项"),
    ],
)
def test_what_cannot_be_recorded_is_said(city, told, because):
    with pytest.raises(Refused, match=because):
        happened(**told)
    with pytest.raises(Refused, match="不能晚于现在"):
        happened(happened_at=now() + timedelta(hours=1))
    assert not OrderIncident.objects.exists()


def test_by_the_page_with_a_recording_and_nothing_typed_is_lost(city, client):
    client.force_login(someone("officer1"))
    moment = (now() - timedelta(hours=1)).astimezone(BEIJING)
    told = {
        "on": f"{moment:%Y-%m-%d}",
        "at": f"{moment:%H:%M}",
        "place": "接待大厅",
        "people": "2",
        "account": "两人拒不离开。",
    }
    refused = client.post("/supervision/incidents/new/", told)
    page = refused.content.decode()
    assert refused.status_code == 422 and "请至少选择一种行为" in page and "两人拒不离开。" in page
    sound = SimpleUploadedFile("现场.wav", b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(24))
    made = client.post("/supervision/incidents/new/", told | {"conduct": ["26-4", "20-1"], "file": sound})
    incident = OrderIncident.objects.get()
    assert made.status_code == 302 and incident.conduct == ["20-1", "26-4"]
    step = incident.steps.get()
    answer = client.get(f"/supervision/incidents/{incident.pk}/{step.pk}/")
    assert answer.status_code == 200 and answer["Content-Disposition"].startswith("attachment")
    assert "现场.wav" in client.get(f"/supervision/incidents/{incident.pk}/").content.decode()


def test_the_account_is_sealed_in_the_database(city):
    incident = happened(account="某某某在场喊话。")
    with connection.cursor() as cursor:
        cursor.execute("SELECT account FROM supervision_orderincident WHERE id = %s", [incident.pk])
        assert "喊话" not in str(cursor.fetchone()[0])
    assert OrderIncident.objects.get(pk=incident.pk).account == "某某某在场喊话。"


def test_an_organ_elsewhere_has_its_own(city, client):
    happened()
    assert Organ.objects.filter(code="YHZJ").exists()
    client.force_login(someone("officer.yhzj"))
    assert "青柳街道接待大厅" not in client.get("/supervision/incidents/").content.decode()
