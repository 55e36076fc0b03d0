"""交接班：没有办完的草稿、正在接待的人交给同事；材料跟着走，谁交给谁有记录。"""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from accounts.models import Organ
from petitions.intake.visit import rules as visiting
from petitions.models import Petition, ShiftHandover
from tests import cast
from tests.desk.register.test_desk import PNG
from tests.desk.register.typing import sheet


@pytest.fixture
def clerk(city, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(cast.someone("clerk1"))
    return client


def in_hand(by="clerk1", window=2):
    street = Organ.objects.get(code="YHQL")
    visiting.take(street, by=cast.someone(by))
    return visiting.meet(visiting.call_next(street, by=cast.someone(by), window=window), by=cast.someone(by))


def test_drafts_with_their_files_and_the_visitor_change_hands(clerk):
    visit = in_hand()
    told = sheet(do="draft", visit=str(visit.pk), files=[SimpleUploadedFile("渗水照片.png", PNG)])
    clerk.post("/register/", told)
    page = clerk.get("/hall/shift/").content.decode()
    assert "正在接待的 A001" in page and "刘桂兰" in page and "李致平" in page and "王晓岚</option>" not in page
    key = cast.someone("clerk1").registration_drafts.get().key
    taker = cast.someone("officer1")
    answer = clerk.post(
        "/hall/shift/", {"taker": taker.pk, "drafts": [key], "visit": "on", "note": "材料原件在二号抽屉"}, follow=True
    )
    assert "已交给李致平" in answer.content.decode() and "材料原件在二号抽屉" in answer.content.decode()
    row = ShiftHandover.objects.get()
    assert (row.giver.username, row.taker.username, row.visit, len(row.drafts)) == ("clerk1", "officer1", visit, 1)
    assert "刘桂兰" not in str(row.drafts)
    with connection.cursor() as cursor:
        cursor.execute("SELECT note FROM petitions_shifthandover")
        assert "抽屉" not in cursor.fetchone()[0]
    assert not cast.someone("clerk1").registration_drafts.exists()
    assert "刘桂兰" not in clerk.get(f"/register/?draft={key}", follow=True).content.decode()
    clerk.force_login(taker)
    hall = clerk.get("/hall/").content.decode()
    assert "王晓岚" in hall and "向您交班" in hall and "材料原件在二号抽屉" in hall
    page = clerk.get(f"/register/?draft={key}").content.decode()
    assert "刘桂兰" in page and "渗水照片.png" in page and f'name="visit" value="{visit.pk}"' in page
    ticket = page.split('name="kept" value="')[1].split('"')[0]
    assert clerk.post("/register/", sheet(draft=key, visit=str(visit.pk), kept=ticket)).status_code == 302
    petition = Petition.objects.get()
    assert [kept.title for kept in petition.attachments.all()] == ["渗水照片.png"]
    assert visit.submissions.get() == petition.submission


def test_what_was_said_stays_between_the_two(clerk):
    clerk.post("/hall/shift/", {"taker": cast.someone("officer1").pk, "note": "材料原件在二号抽屉"})
    row = ShiftHandover.objects.get()
    ShiftHandover.objects.filter(pk=row.pk).update(giver=cast.someone("chief1"))
    page = clerk.get("/hall/shift/").content.decode()
    assert "李致平" in page and "二号抽屉" not in page, "别人的交接只看得见交了什么"


def test_a_busy_colleague_takes_no_second_visitor_and_nothing_moves(clerk):
    mine, theirs = in_hand(), in_hand("officer1", 3)
    clerk.post("/register/", sheet(do="draft"))
    key = cast.someone("clerk1").registration_drafts.get().key
    told = {"taker": cast.someone("officer1").pk, "drafts": [key], "visit": "on", "note": "请继续"}
    answer = clerk.post("/hall/shift/", told)
    page = answer.content.decode()
    assert (
        answer.status_code == 422 and f"李致平正在接待别的来访人，{mine.ticket} 请先办完" in page and "请继续" in page
    )
    assert cast.someone("clerk1").registration_drafts.exists() and not ShiftHandover.objects.exists()
    mine.refresh_from_db()
    assert mine.clerk.username == "clerk1" and theirs.clerk.username == "officer1"


def test_only_to_colleagues_at_the_same_desk_and_never_nothing(clerk):
    for stranger in ("officer.yhzj", "legal1", "clerk1"):
        answer = clerk.post("/hall/shift/", {"taker": cast.someone(stranger).pk, "note": "x"})
        assert "所选的人不在本单位的登记岗位" in answer.content.decode(), stranger
    answer = clerk.post("/hall/shift/", {"taker": cast.someone("officer1").pk, "note": ""})
    assert "没有要移交的" in answer.content.decode() and not ShiftHandover.objects.exists()
