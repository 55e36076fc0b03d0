"""导出个人信息：写明理由报请，第二个岗位批准，报请人限时取一次；表上、账户记录里、查看记录里都留下痕迹。"""

import io
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from openpyxl import load_workbook

from accounts.models import AccountEvent, Appointment, Outbox
from desk.exports import rules as asking
from petitions.act.decorator import Refused, Stale
from petitions.act.states import Kind
from petitions.models import PersonalExport, Petition, Reveal
from rulebook.timekeeping import now
from tests.cast import PartyFacts, accepted, on_day, registered, someone
from tests.desk.case.hands import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
DAY = date(2026, 3, 2)
NAME = "欧阳知微"
WHO = PartyFacts(name=NAME, id_number="11019919540615242X", phone="13900007731", address="云河区和鸣里9号楼3室")
WHY = "送区信访办核对回访名单，只给回访专员使用"
ASKED = {"parts": ["name", "id_number", "phone", "address"], "reason": WHY}


def asked(who="officer1", **told) -> PersonalExport:
    answer = signed_in(who).post("/exports/new/?view=open", ASKED | told)
    assert answer.status_code == 302, answer.context["refusal"]
    return PersonalExport.objects.latest("pk")


def lines_of(answer):
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    return list(book.active.iter_rows(values_only=True)), book.active


def decide(one, who="head1", do="allow", words=""):
    return signed_in(who).post(f"/exports/{one.pk}/", {"do": do, "words": words})


def test_the_plain_list_goes_out_at_once_and_names_nobody():
    registered(parties=[WHO])
    lines, _ = lines_of(signed_in("officer1").get("/cases/export.xlsx?view=open"))
    assert len(lines) == 3 and NAME not in str(lines) and "7731" not in str(lines)
    assert not PersonalExport.objects.exists()


def test_personal_data_goes_out_after_a_second_post_approved_once_and_marked():
    with on_day(DAY):
        petition = registered(parties=[WHO])
        one = asked()
        told = Outbox.objects.get(recipient=someone("head1"), url=f"/exports/{one.pk}/")
        assert one.number in told.text and NAME not in told.text
        assert decide(one).status_code == 302
        officer = signed_in("officer1")
        assert "取件" in officer.get(f"/exports/{one.pk}/").content.decode()
        lines, page = lines_of(officer.post(f"/exports/{one.pk}/file/"))
        again = officer.post(f"/exports/{one.pk}/file/")
    assert one.number in lines[0][0] and "李致平 于 2026-03-02 10:00 导出" in lines[0][0]
    assert one.number in page.oddFooter.center.text
    (found,) = [dict(zip(lines[1], line, strict=True)) for line in lines[2:]]
    assert (found["姓名"], found["证件号"], found["手机"], found["住址"]) == (
        NAME,
        WHO.id_number,
        WHO.phone,
        WHO.address,
    )
    assert (found["编号"], found["导出编号"]) == (petition.number, one.number)
    assert again.status_code == 422 and "已取走" in again.content.decode()
    reveal = Reveal.objects.get(petition=petition)
    assert (reveal.by.username, reveal.field) == ("officer1", "姓名证件号手机住址") and one.number in reveal.reason
    steps = AccountEvent.objects.filter(details__number=one.number).order_by("pk")
    assert [(step.what, step.by.username) for step in steps] == [
        ("export_asked", "officer1"),
        ("export_allowed", "head1"),
        ("exported", "officer1"),
    ]
    assert NAME not in str([step.details for step in steps]) and WHY not in str([step.details for step in steps])


def test_only_the_particulars_that_were_approved_go_out():
    registered(parties=[WHO])
    one = asked(parts=["phone"])
    decide(one)
    lines, _ = lines_of(signed_in("officer1").post(f"/exports/{one.pk}/file/"))
    assert "手机" in lines[1] and not {"姓名", "证件号", "住址"} & set(lines[1])
    assert WHO.phone in lines[2] and NAME not in str(lines)


def test_the_form_says_what_is_missing_and_keeps_what_was_typed():
    registered(parties=[WHO])
    answer = signed_in("officer1").post("/exports/new/?view=open", {"reason": WHY})
    assert answer.status_code == 422 and answer.context["form"].errors["parts"] and WHY in answer.content.decode()
    answer = signed_in("officer1").post("/exports/new/?view=open", {"parts": ["name"]})
    assert "请写明为什么要导出个人信息" in answer.content.decode()
    assert not PersonalExport.objects.exists()


def test_nobody_approves_their_own_and_no_other_post_approves():
    registered(parties=[WHO])
    one = asked("head1")
    answer = decide(one, "head1")
    assert answer.status_code == 422 and "报请的人不能批准自己的报请" in answer.content.decode()
    for who in ("chief1", "officer1", "admin1"):
        assert decide(one, who).status_code == 404
    with pytest.raises(PermissionDenied, match="您的岗位不批准"):
        asking.allow(one, by=someone("chief1"))
    assert decide(one, "dhead1").status_code == 302  # 本单位只有这一名负责人：由区信访办负责人批准


def test_a_refusal_says_why_and_the_file_is_not_there():
    registered(parties=[WHO])
    one = asked()
    assert "不批准的，请写明理由" in decide(one, do="refuse").content.decode()
    assert decide(one, do="refuse", words="回访名单系统里就有，不必导出").status_code == 302
    officer = signed_in("officer1")
    assert "回访名单系统里就有" in officer.get(f"/exports/{one.pk}/").content.decode()
    assert officer.post(f"/exports/{one.pk}/file/").status_code == 422


def test_of_two_who_decide_at_once_the_second_is_told():
    registered(parties=[WHO])
    one = asked()
    mine, theirs = PersonalExport.objects.get(pk=one.pk), PersonalExport.objects.get(pk=one.pk)
    asking.allow(mine, by=someone("head1"))
    with pytest.raises(Stale, match="已批准"):
        asking.refuse(theirs, by=someone("dhead1"), words="不必")


def test_what_is_not_taken_in_time_is_asked_for_again():
    registered(parties=[WHO])
    one = asked()
    decide(one)
    PersonalExport.objects.filter(pk=one.pk).update(take_by=now() - timedelta(minutes=1))
    answer = signed_in("officer1").post(f"/exports/{one.pk}/file/")
    assert answer.status_code == 422 and "请重新报请" in answer.content.decode()
    assert PersonalExport.objects.get().state == "allowed"


def test_the_file_is_the_askers_alone_and_a_request_may_be_withdrawn():
    registered(parties=[WHO])
    one = asked()
    assert decide(one, "officer1", do="withdraw").status_code == 302
    assert decide(one).status_code == 422
    two = asked()
    decide(two)
    assert "只能由报请人本人取" in signed_in("head1").post(f"/exports/{two.pk}/file/").content.decode()
    assert PersonalExport.objects.get(pk=two.pk).state == "allowed"


def test_secret_names_and_reports_stay_in_even_with_approval():
    plain = registered(parties=[WHO])
    kept = registered(parties=[PartyFacts(name="端木青", phone="13900007732", name_withheld=True)])
    registered(kind=Kind.REPORT, parties=[PartyFacts(name="司空见", phone="13900007733")])
    one = asked()
    assert one.rows == 2
    decide(one)
    lines, _ = lines_of(signed_in("officer1").post(f"/exports/{one.pk}/file/"))
    assert {line[0] for line in lines[2:]} == {plain.number, kept.number}
    assert "端木" not in str(lines) and "7732" not in str(lines) and "司空" not in str(lines)


def test_who_sees_no_full_particulars_takes_none_out():
    accepted(parties=[WHO])
    answer = signed_in("super1").post("/exports/new/?view=all", ASKED)
    assert answer.status_code == 422 and "没有您可以导出并查看完整个人信息的件" in answer.content.decode()
    for who in ("clerk1", "handler1", "admin1"):
        assert signed_in(who).get("/exports/new/").status_code == 403


def test_without_anybody_to_approve_nothing_is_asked():
    registered(parties=[WHO])
    Appointment.objects.filter(post__role__code__in=("ST_HEAD", "DS_HEAD", "CT_HEAD")).delete()
    with pytest.raises(Refused, match="没有可以批准的人"):
        asking.ask(Petition.objects.all(), by=someone("officer1"), view="全部在办", parts=["name"], reason=WHY)
