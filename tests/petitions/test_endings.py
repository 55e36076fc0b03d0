"""四个到位逐项写明（第二十七条），办结报告交回交办机关（第二十二条），归档有档号、目录和保管期限（档案法）。"""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from accounts.models import Outbox
from documents.files import attachment_store
from documents.letters import issuance as documents
from documents.models import Letter
from petitions.act.decorator import Actor, Refused
from petitions.act.states import State
from petitions.clocks import lapses
from petitions.closing import archive
from petitions.closing.closing_report import ends_of
from petitions.models import PetitionAttachment, Volume
from rulebook.acts import Act
from rulebook.city.options import OPTIONS
from tests.cast import accepted, closed, decided, do, drafted, fresh, issued, on_day, registered, serve_all, someone
from tests.petitions.places import assigned, organ

pytestmark = pytest.mark.usefixtures("city")
DAY = date(2026, 3, 2)
ENDS = {"solved": "电梯已修复，公示栏已设置", "explained": "", "helped": "", "lawful": ""}
REPORT = {
    "facts": "经现场核查，曳引机损坏。",
    "handling": "出具处理意见书，支持两项诉求。",
    "execution": "曳引机已于三月二十日更换。",
}


def reported_on():
    """An assigned case whose opinion was signed and served."""
    petition = drafted(do(decided(assigned(days=60)), Act.ACCEPT))
    petition = do(do(petition, Act.SUBMIT), Act.PASS, "super1")
    return serve_all(do(petition, Act.SIGN, "deputy1"))


def settled(**told):
    """Closed, its remedy unused."""
    with on_day("2026-05-18"):
        petition = closed(**told)
    with on_day("2026-06-18"):
        lapses.settle_lapsed()
    return fresh(petition)


def material(petition, name, content, title):
    kept = attachment_store.receive(SimpleUploadedFile(name, content), by=someone("officer1"))
    return PetitionAttachment.objects.create(petition=petition, attachment=kept, title=title)


# 四个到位


def test_every_end_says_something_or_says_that_it_does_not_apply():
    petition = issued()
    with pytest.raises(Refused, match="还缺：行为违法的，依法处理到位"):
        do(petition, Act.RECORD_ENDS, ends={"solved": "已修复", "explained": "", "helped": ""})
    petition = do(petition, Act.RECORD_ENDS, ends=ENDS)
    assert [str(end) for end in ends_of(petition).values()][:2] == [
        "诉求合理的，解决问题到位：电梯已修复，公示栏已设置",
        "诉求无理的，思想教育到位：不涉及",
    ]


def test_a_supported_claim_is_solved_and_not_beside_the_point():
    with pytest.raises(Refused, match="“解决问题到位”不能填不涉及"):
        do(issued(), Act.RECORD_ENDS, ends=ENDS | {"solved": " "})


def test_an_assigned_case_is_closed_only_with_its_four_ends():
    with on_day(DAY):
        petition = reported_on()
        with pytest.raises(Refused, match="四个到位还没有逐项记录"):
            do(petition, Act.CLOSE)
        petition = do(do(petition, Act.RECORD_ENDS, ends=ENDS), Act.CLOSE)
    assert petition.state == State.CLOSED


def test_recorded_anew_the_last_record_holds():
    petition = do(issued(), Act.RECORD_ENDS, ends=ENDS)
    petition = do(petition, Act.RECORD_ENDS, ends=ENDS | {"helped": "已协调临时救助"})
    assert ends_of(petition)["helped"].in_words == "已协调临时救助"
    assert petition.ends.count() == 4 and petition.events.filter(act="record_ends").count() == 2


# 办结报告（F34）


def test_the_report_is_a_numbered_letter_to_the_organ_that_assigned_it():
    with on_day(DAY):
        petition = do(reported_on(), Act.RECORD_ENDS, ends=ENDS)
        petition = do(petition, Act.REPORT_BACK, **REPORT)
    letter = petition.petition_letters.get(letter__kind="F34").letter
    assigning = petition.petition_letters.get(letter__kind="F08").letter
    words = letter.rendered.words
    assert letter.addressee == organ("YHXF").name and "报" in letter.number
    for said in (assigning.number, "曳引机已于三月二十日更换", "思想教育到位：不涉及", "1份，2026年3月2日全部送达"):
        assert said in words
    assert letter.organ.code == "YHQL"
    assert petition.deadlines.get(term="D12").ended_how == "met"
    told = Outbox.objects.filter(dedupe_key__startswith=f"report:{petition.pk}:")
    assert {row.recipient.organ.office.code for row in told} == {"YHXF"}


def test_no_report_before_the_work_is_done_and_none_without_the_four_ends():
    with on_day(DAY):
        petition = do(decided(assigned(days=60)), Act.ACCEPT)
        with pytest.raises(Refused, match="办理中"):
            do(petition, Act.REPORT_BACK, **REPORT)
        with pytest.raises(Refused, match="为什么不能按期办结"):
            do(petition, Act.REPORT_PROGRESS, report=" ")
        petition = reported_on()
        with pytest.raises(Refused, match="请先办“记录四个到位”"):
            do(petition, Act.REPORT_BACK, **REPORT)
        petition = do(petition, Act.RECORD_ENDS, ends=ENDS)
        with pytest.raises(Refused, match="须写明落实情况"):
            do(petition, Act.REPORT_BACK, **(REPORT | {"execution": ""}))


# 归档（F35）


def test_the_catalogue_lists_every_letter_material_and_paper_with_its_pages():
    petition = settled()
    with on_day("2026-06-19"):
        material(petition, "照片.png", b"\x89PNG\r\n\x1a\n" + bytes(20), "现场照片")
        note = material(petition, "笔录.txt", "问：电梯何时停运。".encode(), "谈话笔录")
        with pytest.raises(Refused, match="请填写材料“谈话笔录”的页数"):
            do(petition, Act.ARCHIVE, reason="另行跟踪落实")
        pages = {note.attachment_id: 4}
        papers = [("信访事项登记表", 2), ("送达回证原件", 1)]
        petition = do(petition, Act.ARCHIVE, reason="另行跟踪落实", pages=pages, papers=papers)
    volume = petition.volumes.get()
    items = list(volume.items.order_by("position"))
    letters = Letter.objects.filter(about=petition.number, status="issued").exclude(kind="F35")
    assert {item.letter_id for item in items} - {None} == set(letters.values_list("pk", flat=True))
    assert [item.title for item in items[:2]] == ["信访事项登记表", "送达回证原件"]
    assert {item.title: item.pages for item in items}["谈话笔录"] == 4
    assert {item.title: item.pages for item in items}["现场照片"] == 1
    assert all(one.last_page + 1 == next_one.first_page for one, next_one in zip(items, items[1:], strict=False))
    assert volume.pages == items[-1].last_page
    catalogue = volume.letter
    assert catalogue.kind == "F35" and catalogue.fields["archive_no"] == volume.number
    assert catalogue.fields["contents"][0] == "信访事项登记表，2页，第1至2页"
    assert catalogue.fields["retention"] == "30年"
    assert documents.pdf_of(catalogue).startswith(b"%PDF")


def test_numbers_run_without_a_gap_in_each_organ_and_year():
    first, second, third = settled(), settled(), settled()
    with on_day("2026-06-19"):
        do(first, Act.ARCHIVE, reason="另行跟踪落实")
        with pytest.raises(Refused, match="没有完成"):
            do(second, Act.ARCHIVE)
        with pytest.raises(RuntimeError), transaction.atomic():
            do(second, Act.ARCHIVE, reason="另行跟踪落实")
            raise RuntimeError("停电")
        do(second, Act.ARCHIVE, reason="另行跟踪落实")
    with on_day("2027-01-04"):
        do(third, Act.ARCHIVE, reason="另行跟踪落实")
    assert list(Volume.objects.order_by("pk").values_list("number", flat=True)) == [
        "YHQL-XF·2026-D30-0001",
        "YHQL-XF·2026-D30-0002",
        "YHQL-XF·2027-D30-0001",
    ]


def test_one_petition_is_one_volume():
    petition = settled()
    with on_day("2026-06-19"):
        do(petition, Act.ARCHIVE, reason="另行跟踪落实")
        with pytest.raises(IntegrityError), transaction.atomic():
            archive.file_away(fresh(petition), Actor.of(someone("officer1")))


@pytest.mark.parametrize(
    ("told", "years"), [({}, "30年"), ({"facts": {"people_count": 6}}, "30年"), ({"facts": {"urgent": True}}, "永久")]
)
def test_retention_follows_the_citys_rules_the_longest_class_wins(told, years):
    assert archive.retention_of(issued(**told)).label == years


def test_what_was_only_filed_is_kept_ten_years_or_longer_never_shorter():
    petition = do(registered(parties=[], facts={"anonymous": True}), Act.FILE, reason="匿名且无实质内容")
    assert [one.label for one in archive.allowed(petition)] == ["永久", "30年", "10年"]
    with pytest.raises(Refused, match="不得短于"):
        do(settled(), Act.ARCHIVE, reason="另行跟踪落实", retention="D10")
    petition = do(petition, Act.ARCHIVE, retention="Y")
    assert petition.volumes.get().get_retention_display() == "永久"


def test_a_city_must_say_for_every_class_how_long():
    check = OPTIONS["retention"].check
    assert check(OPTIONS["retention"].default) is None
    assert "逐类写明" in check({"other": "D10"})
    assert "没有 5年" in check(OPTIONS["retention"].default | {"other": "5年"})
    assert OPTIONS["four_ends"].check("sometimes") == "应为report、all之一"


def test_accepted_is_too_early_for_any_of_it():
    petition = accepted()
    for act, told in ((Act.RECORD_ENDS, {"ends": ENDS}), (Act.ARCHIVE, {})):
        with pytest.raises(Refused, match="办理中"):
            do(petition, act, **told)
