"""送达：送到才算数。没有送到的记明经过，什么期限都不起算；拒收的留置，找不到人的经批准公告（参照民事诉讼法）。"""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from accounts.authority import standing
from documents.files import attachment_store
from petitions.act.consequences import carry_out
from petitions.act.decorator import Refused
from petitions.approval import rules as approvals
from petitions.clocks import lapses
from petitions.intake.registration import PartyFacts
from petitions.models import PendingAct, PetitionAttachment, PetitionLetter, Service
from petitions.record.timeline import sentence
from petitions.record.verification import verify
from rulebook.acts import Act
from rulebook.timekeeping import today
from tests.cast import do, fresh, issued, on_day, registered, someone
from tests.petitions.contested import decided, request, served_opinion
from tests.petitions.contested import opinion_service as contested_service
from tests.petitions.places import organ

pytestmark = pytest.mark.usefixtures("city")
DAY = date(2026, 3, 2)
PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 64


def opinion_of(petition, **which) -> Service:
    """The service of the opinion, hanging on the petition as it stands now."""
    service = petition.services.select_related("letter", "party__person").get(letter__kind="F12", **which)
    service.petition = fresh(petition)
    return service


def serving(petition, act=Act.SERVE, by="officer1", **told):
    """One act on the service of the opinion."""
    return carry_out(opinion_of(petition), act, by=someone(by), **({"on": today()} | told))


def failed(petition, outcome="nobody", means="direct", **told):
    return serving(petition, Act.ATTEMPT_SERVICE, means=means, outcome=outcome, **told)


def kept(petition, kind):
    """A paper of the kind in the petition's file."""
    file = SimpleUploadedFile("门前.png", PICTURE)
    attachment = attachment_store.receive(file, by=someone("officer1"), kind=kind)
    PetitionAttachment.objects.create(petition=petition, attachment=attachment, title="门前照片", stage="concluding")
    return attachment


def remedies(petition):
    return list(fresh(petition).deadlines.filter(term="D08"))


def test_a_street_that_passed_a_petition_on_serves_its_own_notice():
    """第二十三条：哪个机关转送，哪个机关告知；转出以后，还是它送达。"""
    with on_day(DAY):
        petition = do(registered(), Act.FORWARD, "officer1", to=organ("YHZJ"))
        told = petition.services.select_related("letter__organ").get(letter__kind="F03")
        told.petition = petition
        assert told.letter.organ.code == "YHQL"
        with pytest.raises(PermissionDenied):
            carry_out(told, Act.SERVE, by=someone("clerk1"), means="direct", on=today())
        carry_out(told, Act.SERVE, by=someone("officer1"), means="direct", on=today())
    assert petition.services.get(letter__kind="F03").served_on == DAY


# 没有送到


@pytest.mark.parametrize("outcome", ["nobody", "moved", "wrong"])
def test_an_unanswered_door_starts_nothing(outcome):
    with on_day(DAY):
        petition = issued()
        failed(petition, outcome)
    assert remedies(petition) == []
    assert opinion_of(petition).state == "waiting"
    with on_day(DAY), pytest.raises(Refused, match="逐人记录送达"):
        do(petition, Act.CLOSE)


def test_what_was_tried_is_read_in_the_course_of_the_case():
    with on_day(DAY):
        petition = issued()
        failed(petition, "refused", reason="称先要解决问题")
    with on_day(DAY + timedelta(days=7)):
        failed(petition, "moved", means="post", tracking="EY110199001CN")
    said = [sentence(line) for line in petition.events.filter(act="attempt_service").order_by("seq")]
    assert said == ["未送达《信访处理意见书》：拒绝签收", "未送达《信访处理意见书》：邮件退回，已搬离，新址不明"]


def test_what_was_recorded_as_tried_cannot_be_changed_or_taken_away():
    petition = issued()
    failed(petition)
    for change in (lambda rows: rows.update(outcome="refused"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError, match="只能追加"), transaction.atomic():
            change(opinion_of(petition).attempts.all())


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"means": "witness"}, "当时采用的方式"),
        ({"means": "direct", "outcome": "不在"}, "未送达的原因"),
        ({"means": "direct", "outcome": "refused"}, "拒收理由"),
        ({"means": "post", "outcome": "nobody"}, "邮寄单号"),
        ({"means": "direct", "outcome": "failed"}, "对方系统"),
        ({"means": "electronic", "outcome": "failed"}, "未同意电子送达"),
        ({"on": DAY - timedelta(days=1)}, "早于文书出具日"),
        ({"on": DAY + timedelta(days=1)}, "晚于今天"),
    ],
)
def test_an_attempt_tells_what_happened_when(told, sentence):
    with on_day(DAY):
        petition = issued()
        with pytest.raises(Refused, match=sentence):
            failed(petition, **({"outcome": "nobody", "means": "direct"} | told))


# 交邮：签收才算


def test_posting_is_not_serving():
    with on_day(DAY):
        petition = issued()
    with on_day(DAY + timedelta(days=1)):
        serving(petition, Act.POST, tracking="EY110199001CN")
        with pytest.raises(Refused, match="已经交邮"):
            serving(petition, Act.POST, tracking="EY110199002CN")
    assert remedies(petition) == []
    with on_day(DAY + timedelta(days=3)):
        with pytest.raises(Refused, match="不能早于交邮日"):
            serving(petition, means="post", on=DAY)
        serving(petition, means="post")
    (remedy,) = remedies(petition)
    assert (remedy.starts_on, opinion_of(petition).tracking) == (DAY + timedelta(days=3), "EY110199001CN")


def test_returned_mail_can_be_posted_again():
    with on_day(DAY):
        petition = issued()
        serving(petition, Act.POST, tracking="EY110199001CN")
    with on_day(DAY + timedelta(days=5)):
        failed(petition, "nobody", means="post")
        serving(petition, Act.POST, tracking="EY110199002CN")
    service = opinion_of(petition)
    assert (service.posted_on, service.tracking) == (DAY + timedelta(days=5), "EY110199002CN")
    assert service.attempts.get().tracking == "EY110199001CN"


@pytest.mark.parametrize("number", ["", "EY1", "一二三四五六七", "EY110199<b>"])
def test_a_tracking_number_is_digits_and_letters(number):
    petition = issued()
    with pytest.raises(Refused, match="邮寄单号"):
        serving(petition, Act.POST, tracking=number)


def test_one_number_posts_to_one_person():
    one, other = issued(), issued()
    serving(one, Act.POST, tracking="EY110199001CN")
    with pytest.raises(Refused, match="另一位受送达人"):
        serving(other, Act.POST, tracking="EY110199001CN")


def test_without_an_address_nothing_is_posted():
    petition = issued(parties=[PartyFacts(name="陈玉兰", phone="13800009911")], facts={"notice_exempt": False})
    with pytest.raises(Refused, match="没有登记住址"):
        serving(petition, Act.POST, tracking="EY110199001CN")


# 留置：以拒收为前提，有见证或者影像


def test_what_was_refused_is_left_before_a_witness():
    with on_day(DAY):
        petition = issued()
        with pytest.raises(Refused, match="以拒收为前提"):
            serving(petition, means="witness", witness="社区田翠屏")
        failed(petition, "refused", reason="拒不开门，隔门说不收")
        serving(petition, means="witness", witness="社区田翠屏")
        receipt = PetitionLetter.objects.get(petition=petition, letter__kind="F15").letter
    assert remedies(petition)[0].starts_on == DAY
    assert receipt.fields["refusal"] == "拒不开门，隔门说不收"
    assert receipt.fields["witness"] == "社区田翠屏"


def test_a_photograph_stands_in_for_a_witness():
    petition = issued()
    papers = kept(petition, "inquiry")
    with pytest.raises(Refused, match="见证人，或者选定照片"):
        serving(petition, means="witness", refusal="不收", proof=papers)
    serving(petition, means="witness", refusal="不收", proof=kept(petition, "service"))
    assert remedies(petition)


def test_the_proof_lies_in_the_file_of_this_case():
    petition, other = issued(), issued()
    with pytest.raises(Refused, match="不在本件的材料里"):
        serving(petition, means="witness", refusal="不收", proof=kept(other, "service"))


# 代收


def test_an_adult_of_the_household_takes_it_in():
    with on_day(DAY):
        petition = issued()
        with pytest.raises(Refused, match="代收人姓名"):
            serving(petition, means="direct", receiver="family")
        serving(petition, means="direct", receiver="family", received_by="陈小满")
        receipt = PetitionLetter.objects.get(petition=petition, letter__kind="F15").letter
    assert receipt.fields["proxy"] == "陈小满（同住成年家属）"
    assert remedies(petition)[0].starts_on == DAY


@pytest.mark.parametrize("receiver", ["agent", "designated"])
def test_who_takes_it_in_by_authority_shows_it(receiver):
    petition = issued()
    told = {"means": "direct", "receiver": receiver, "received_by": "何律师"}
    with pytest.raises(Refused, match="授权委托书"):
        serving(petition, **told)
    with pytest.raises(Refused, match="授权委托书"):
        serving(petition, proof=kept(petition, "evidence"), **told)
    serving(petition, proof=kept(petition, "authority"), **told)
    assert remedies(petition)


def test_a_registered_agent_needs_no_second_paper():
    people = [
        PartyFacts(name="陈玉兰", phone="13800009921", address="春柳苑1号楼"),
        PartyFacts(name="何律师", role="agent", phone="13800009922", address="云河区律师楼"),
    ]
    petition = issued(parties=people)
    service = opinion_of(petition, party__name="陈玉兰")
    carry_out(
        service, Act.SERVE, by=someone("officer1"), means="direct", on=today(), receiver="agent", received_by="何律师"
    )
    assert opinion_of(petition, party__name="陈玉兰").served_on


def test_neighbours_and_offices_do_not_take_in_for_a_person():
    petition = issued()
    for receiver, said in (("neighbour", "签收人与受送达人的关系"), ("office", "自然人")):
        with pytest.raises(Refused, match=said):
            serving(petition, means="direct", receiver=receiver, received_by="某人")
    with pytest.raises(Refused, match="才有代收人"):
        serving(petition, means="witness", refusal="不收", witness="田翠屏", receiver="family", received_by="某人")


# 电子：每人各自同意


def test_electronic_service_wants_the_consent_of_that_very_person():
    people = [
        PartyFacts(name="陈玉兰", phone="13800009931", address="春柳苑1号楼", e_delivery=True, role="representative"),
        PartyFacts(name="马玉敏", phone="13800009932", address="春柳苑2号楼", role="representative"),
    ]
    petition = issued(parties=people)
    told = {"by": someone("officer1"), "means": "electronic", "on": today()}
    carry_out(opinion_of(petition, party__name="陈玉兰"), Act.SERVE, **told)
    with pytest.raises(Refused, match="未同意电子送达"):
        carry_out(opinion_of(petition, party__name="马玉敏"), Act.SERVE, **told)


# 公告：最后的办法


def allowed(petition):
    """A notice asked for by the officer and approved in both steps."""
    pending = approvals.request(
        fresh(petition),
        Act.ALLOW_NOTICE,
        by=someone("officer1"),
        service=opinion_of(petition),
        reason="三处住址都没有人",
    )
    approvals.approve(pending, by=someone("legal1"), note="同意")
    pending.refresh_from_db()
    return approvals.approve(pending, by=someone("deputy1"), note="同意")


def test_a_notice_comes_last_and_never_for_a_refusal():
    petition = issued()
    told = {"by": someone("officer1"), "service": opinion_of(petition), "reason": "找不到人"}
    with pytest.raises(Refused, match="先采用其他方式"):
        approvals.request(fresh(petition), Act.ALLOW_NOTICE, **told)
    failed(petition, "refused", reason="不收")
    with pytest.raises(Refused, match="应当留置送达"):
        approvals.request(fresh(petition), Act.ALLOW_NOTICE, **told)
    failed(petition, "moved")
    assert approvals.request(fresh(petition), Act.ALLOW_NOTICE, **told).step_label == "法制审核"


def test_a_notice_is_published_only_once_it_is_approved():
    petition = issued()
    failed(petition, "moved")
    with pytest.raises(Refused, match="须经批准"):
        serving(petition, Act.PUBLISH_NOTICE, place="区政府公告栏")
    with pytest.raises(Refused, match="须先报请批准"):
        serving(petition, means="notice")


def test_what_was_served_meanwhile_is_not_approved_for_a_notice():
    petition = issued()
    failed(petition, "moved")
    pending = approvals.request(
        fresh(petition), Act.ALLOW_NOTICE, by=someone("officer1"), service=opinion_of(petition), reason="找不到人"
    )
    approvals.approve(pending, by=someone("legal1"), note="同意")
    serving(petition, means="direct")
    pending.refresh_from_db()
    with pytest.raises(Refused, match="还没有送达的文书"):
        approvals.approve(pending, by=someone("deputy1"), note="同意")


def test_e30_a_notice_serves_on_the_day_its_thirty_days_are_over():
    """2026-03-03 公告，次日为第一日，第三十日 04-02 期满：视为送达，复查申请期从这一天起算。"""
    with on_day(DAY):
        petition = issued()
        failed(petition, "moved", reason="邻居说去年已搬走")
        allowed(petition)
    with on_day("2026-03-03"):
        serving(petition, Act.PUBLISH_NOTICE, place="区政府公告栏、《云州日报》")
    with on_day("2026-04-02"):
        assert lapses.serve_published() == 0
        assert remedies(petition) == []
        with pytest.raises(Refused, match="由系统记为送达"):
            serving(petition, means="notice", on=date(2026, 4, 2))
    with on_day("2026-04-03"):
        assert lapses.serve_published() == 1
        assert lapses.serve_published() == 0
    (remedy,) = remedies(petition)
    assert (remedy.starts_on, remedy.due_on) == (date(2026, 4, 2), date(2026, 5, 6))  # 05-02 在假期里，顺延
    service = opinion_of(petition)
    assert (service.method, service.served_on, service.recorded_by) == ("notice", date(2026, 4, 2), None)
    receipt = PetitionLetter.objects.get(petition=petition, letter__kind="F15").letter
    assert receipt.fields["service_place"] == "区政府公告栏、《云州日报》"


def test_e30_a_review_opinion_is_published_by_the_organ_that_gave_it():
    """谁出的文书谁报请、谁批准（参照民事诉讼法第九十五条）：复查意见由复查机关公告，期满之日起可以申请复核。"""
    petition = served_opinion()
    with on_day("2026-06-01"):
        decided(request(petition))
        served = {"by": someone("review1"), "on": today()}
        letter = contested_service(petition, "F18")
        carry_out(letter, Act.ATTEMPT_SERVICE, means="direct", outcome="moved", reason="邻居说已搬走", **served)
        asked = {"service": contested_service(petition, "F18"), "reason": "三处住址都没有人"}
        with pytest.raises(Refused, match="由云河区政府出具，公告送达须由该单位报请、批准"):
            approvals.request(fresh(petition), Act.ALLOW_NOTICE, by=someone("officer1"), **asked)
        pending = approvals.request(fresh(petition), Act.ALLOW_NOTICE, by=someone("review1"), **asked)
        approvals.approve(pending, by=someone("legal1"), note="同意")
        pending.refresh_from_db()
        assert pending in PendingAct.objects.for_seats(standing(someone("chair1")).seats)
        with pytest.raises(PermissionDenied):
            approvals.approve(pending, by=someone("deputy1"), note="同意")
        approvals.approve(pending, by=someone("chair1"), note="同意")
        carry_out(
            contested_service(petition, "F18"),
            Act.PUBLISH_NOTICE,
            by=someone("review1"),
            on=today(),
            place="区政府公告栏",
        )
        assert not fresh(petition).deadlines.filter(term="D10").exists()
    with on_day("2026-07-02"):
        assert lapses.serve_published() == 1
    recheck = fresh(petition).deadlines.get(term="D10")
    assert (recheck.starts_on, recheck.due_on) == (date(2026, 7, 1), date(2026, 7, 31))
    assert list(verify()) == []


def test_e30_who_turns_up_while_the_notice_stands_is_served_in_person():
    with on_day(DAY):
        petition = issued()
        failed(petition, "wrong")
        allowed(petition)
        serving(petition, Act.PUBLISH_NOTICE, place="区政府公告栏")
    with on_day("2026-03-10"):
        serving(petition, means="direct")
    with on_day("2026-05-10"):
        assert lapses.serve_published() == 0
    assert [remedy.starts_on for remedy in remedies(petition)] == [date(2026, 3, 10)]
