"""放假安排页：上传、看会动哪些期限、确认、发布；错的行说在框边，填过的不丢。"""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from desk.calendars import views
from petitions.clocks import republication
from petitions.models import Deadline, Petition
from petitions.record.verification import verify
from rulebook.models import CalendarVersion
from tests.authority.crawling import signed_in
from tests.cast import accepted, on_day, someone
from tests.desk.case.hands import text
from tests.petitions.places import forwarded
from tests.rulebook import REFERENCE

pytestmark = pytest.mark.usefixtures("city")

PAGE = "/config/calendars/"
KEPT = (REFERENCE / "calendar" / "2026.csv").read_text(encoding="utf-8")
FLIPPED = KEPT + "2026-03-14,班,调休\n"
TOLD = {"year": "2026", "source": "关于2026年3月14日上班的通知", "text": FLIPPED}


@pytest.fixture
def keeper():
    with on_day("2026-03-11"):
        yield signed_in(someone("admin1"))


@pytest.fixture
def petition(city):
    with on_day("2026-03-10"):
        return forwarded()


def uploaded(keeper, **told):
    answer = keeper.post(PAGE, TOLD | told)
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def body(answer) -> str:
    return answer.content.decode()


def confirmed(**told):
    return {"newest": CalendarVersion.objects.newest_id(), "sure": "on"} | told


def test_the_years_are_listed_with_their_source_and_standing(keeper):
    with on_day("2026-03-11"):
        uploaded(keeper, provisional="on", year="2027", text="日期,休/班,名称\n2027-01-01,休,元旦\n")
        draft = CalendarVersion.objects.drafts().get()
        keeper.post(f"{PAGE}drafts/{draft.pk}/", confirmed())
    page = body(keeper.get(PAGE))
    assert "2022 年" in page and "国务院办公厅关于2026年部分节假日安排的通知" in page
    row = page[page.index("2027 年") : page.index("2026 年</td>")]
    assert "第 1 版" in row and "暂定" in row and "在用" in row and "admin1" in row
    assert "云州市" in page and "已发布" in page


def test_what_was_previewed_is_what_publishing_moves(keeper, petition):
    where = uploaded(keeper)
    page = body(keeper.get(where))
    assert petition.number in page and "提出职权异议" in page and "03-17 周二" in page and "03-16 周一" in page
    assert "共 1 个，另有 0 个只变暂定标记" in page
    assert Deadline.objects.get(petition=petition, term="D04").due_on == date(2026, 3, 17)
    answer = keeper.post(where, confirmed(), follow=True)
    assert "已发布2026年第2版：1 个期限的日子变动，另有 0 个只变暂定标记" in body(answer)
    assert Deadline.objects.get(petition=petition, term="D04").due_on == date(2026, 3, 16)
    version = CalendarVersion.objects.get(pk=CalendarVersion.objects.newest_id())
    assert (version.year, version.version, version.published_by) == (2026, 2, "admin1")
    assert "已被取代" in body(keeper.get(PAGE)) and not CalendarVersion.objects.drafts().exists()
    assert list(verify()) == []


def test_nothing_is_published_without_the_confirmation_and_the_reason_stands_at_the_box(keeper, petition):
    where = uploaded(keeper)
    answer = keeper.post(where, {"newest": CalendarVersion.objects.newest_id()})
    assert answer.status_code == 422
    assert "请先与文件原文核对" in body(answer) and 'id="id_sure_error"' in body(answer)
    assert CalendarVersion.objects.drafts().exists() and republication.pending() == 0


def test_a_table_published_by_somebody_else_meanwhile_asks_for_another_look(keeper, petition):
    where = uploaded(keeper)
    seen = confirmed()
    other = uploaded(keeper, year="2027", text="日期,休/班,名称\n2027-01-01,休,元旦\n")
    keeper.post(other, confirmed())
    answer = keeper.post(where, seen, follow=True)
    assert "请看过新的预览再发布" in body(answer) and "尚未发布" in body(answer)
    assert not CalendarVersion.objects.published().filter(year=2026, version=2).exists()


def test_a_bad_line_is_named_beside_the_box_and_nothing_typed_is_lost(keeper):
    bad = "日期,休/班,名称\n2026-01-01,休,元旦\n2026-02-30,休,春节\n"
    answer = keeper.post(PAGE, TOLD | {"text": bad, "provisional": "on"})
    page = body(answer)
    assert answer.status_code == 422 and "表第3行日期“2026-02-30”应写成" in page and 'id="id_text_error"' in page
    assert "2026-02-30,休,春节" in page and TOLD["source"] in page and "checked" in page
    assert not CalendarVersion.objects.drafts().exists()


def test_the_lines_of_a_chosen_file_stand_in_the_box_to_be_mended(keeper):
    file = SimpleUploadedFile("2026.csv", "日期,休/班,名称\r\n2026-01-05,班,元旦\r\n".encode("gb18030"))
    page = body(keeper.post(PAGE, TOLD | {"text": "", "file": file}))
    assert "表第2行2026-01-05本来就是工作日" in page and "2026-01-05,班,元旦" in page


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"text": ""}, "没有选文件，也没有粘贴表的内容"),
        ({"source": ""}, "没有写依据的文件"),
        ({"year": ""}, "没有写年份"),
        ({"year": "1999"}, "年份应在 2022 年以后"),
        ({"file": SimpleUploadedFile("x.csv", b"\x00\x01\x02")}, "这不是 CSV 文本文件"),
        ({"file": SimpleUploadedFile("x.csv", b"1" * 70_000)}, "文件超过 64 KB"),
        ({"text": "日期,休/班,名称\n" + "x,休,\n" * 14}, "另有 4 处"),
    ],
)
def test_what_is_missing_is_said(keeper, told, said):
    answer = keeper.post(PAGE, TOLD | told)
    assert answer.status_code == 422 and said in body(answer)


def test_a_second_upload_takes_the_place_of_the_years_draft_and_a_draft_can_be_dropped(keeper):
    uploaded(keeper)
    where = uploaded(keeper, source="更正后的通知")
    assert CalendarVersion.objects.drafts().get().source == "更正后的通知"
    assert "2026 年的草稿" in body(keeper.get(PAGE))
    keeper.post(f"{where}drop/")
    assert not CalendarVersion.objects.drafts().exists() and keeper.get(where).status_code == 404


def test_a_published_table_is_downloaded_as_it_can_be_uploaded_again(keeper):
    version = CalendarVersion.objects.get(year=2026)
    text = keeper.get(f"{PAGE}{version.pk}/table.csv").content.decode("utf-8-sig")
    assert text.replace("\r\n", "\n") == KEPT
    assert keeper.post(f"{PAGE}drafts/{version.pk}/", confirmed()).status_code == 404


def test_the_preview_is_paged_and_narrowed_to_a_term(keeper, petition, monkeypatch):
    with on_day("2026-03-10"):
        forwarded(), forwarded()
    monkeypatch.setattr(views, "A_PAGE", 2)
    where = uploaded(keeper)
    assert "第 1 / 2 页" in body(keeper.get(where)) and "第 2 / 2 页" in body(keeper.get(f"{where}?page=2"))
    page = body(keeper.get(f"{where}?term=D04&page=2"))
    assert "?term=D04&amp;page=1" in page and 'aria-current="true">提出职权异议' in page


def test_a_confidential_petition_is_not_named(keeper, petition):
    Petition.objects.filter(pk=petition.pk).update(secrecy=1)
    page = body(keeper.get(uploaded(keeper)))
    assert "保密件" in page and petition.number not in page


def test_what_was_left_is_shown_and_can_be_finished_from_the_page(keeper, petition, monkeypatch):
    where = uploaded(keeper)
    monkeypatch.setattr(views, "SECONDS", -1.0)
    assert "其余的由系统接着改" in body(keeper.post(where, confirmed(), follow=True))
    assert "还有 2 个期限没有按新表重算" in body(keeper.get(PAGE))
    monkeypatch.undo()
    assert "接着重算：1 个期限的日子变动" in body(keeper.post(f"{PAGE}resume/", follow=True))
    assert "没有按新表重算" not in body(keeper.get(PAGE))


def test_the_pages_are_the_rule_keepers_and_nobody_elses(keeper, petition):
    where = uploaded(keeper)
    assert "/config/calendars/" in body(keeper.get("/"))
    for username in ("clerk1", "officer1", "head1", "super1"):
        client = signed_in(someone(username))
        assert "/config/calendars/" not in body(client.get("/"))
        for address in (PAGE, where, f"{PAGE}{CalendarVersion.objects.newest_id()}/table.csv"):
            assert client.get(address).status_code == 403
        for address in (PAGE, where, f"{where}drop/", f"{PAGE}resume/"):
            assert client.post(address, confirmed()).status_code == 403
    assert CalendarVersion.objects.drafts().exists()


# 用到头了


def test_the_rule_keeper_is_told_which_year_is_missing_and_everybody_else_works_on(city):
    keeper = signed_in(someone("admin1"))
    with on_day("2026-09-01"):
        assert "放假安排不全" not in text(keeper.get("/")) + text(keeper.get("/config/calendars/"))
    with on_day("2026-11-02"):  # 办理期限数得到 2027 年
        for address in ("/", "/config/calendars/"):
            shown = text(keeper.get(address))
            assert "放假安排不全" in shown and "2027 年的放假安排还没有正式发布：2027-01-01 起" in shown
        assert "放假安排不全" not in text(signed_in(someone("officer1")).get("/"))
    with on_day("2028-03-01"):  # 过了两年还没有人上传：说得更明白，件照办
        assert "2028 年的放假安排还没有正式发布：2028-03-01 起" in text(keeper.get("/"))
        late = accepted().deadlines.get(term="D06")
        assert late.due_on == date(2028, 4, 30) and late.provisional
