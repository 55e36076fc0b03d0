"""从进度页补充材料、申请撤回、申请回避：每一样是一个行为，排到欠下一步的岗位（第二十八条、rules E56）。"""

from dataclasses import replace
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Outbox
from desk.lists import queues
from petitions.act.consequences import carry_out
from petitions.act.decorator import Actor, Refused
from petitions.act.states import ActorKind, Kind
from petitions.intake.registration import PartyFacts
from petitions.models import PartyRequest, PetitionAttachment
from petitions.parties.request import rules as requesting
from petitions.record.verification import verify
from public.progress.own_progress import of
from public.submission import limits
from rulebook.acts import Act
from tests.authority.crawling import signed_in
from tests.cast import accepted, closed, do, fresh, issued, on_day, registered, someone, submitted
from tests.petitions.contested import couple
from tests.public.submit.filling import with_place

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)  # 周一；5 个工作日到 3 月 9 日
PIXEL = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"
)


@pytest.fixture(autouse=True)
def monday():
    with on_day(DAY):
        yield


def lead(petition):
    return petition.submission.parties.order_by("position").first()


def offer_of(petition, act, party=None):
    page = next(one for one in of(party or lead(petition)) if one.number == petition.number)
    return next((offer for offer in page.offers if offer.act is act), None)


def send(door, offer, **told):
    fields = {f"{offer.key}-{name}": value for name, value in told.items()}
    return door.post("/q/ask/", {"ask": offer.token} | fields)


def told(petition):
    rows = Outbox.objects.filter(dedupe_key__startswith=f"request:{petition.pk}:")
    return set(rows.values_list("recipient__username", flat=True))


def test_words_and_pictures_are_kept_and_the_handler_has_the_task(city, door):
    petition = do(accepted(), Act.ALLOT, "officer1", to=someone("handler1"))
    pictures = [SimpleUploadedFile(f"现场{n}.png", PIXEL) for n in (1, 2)]
    answer = send(door, offer_of(petition, Act.SUPPLEMENT), words="补充两张电梯停运的照片。", files=pictures)
    page = answer.content.decode()
    assert answer.status_code == 200 and "已经收到" in page and "最迟 3 月 9 日回应" in page
    assert PetitionAttachment.objects.filter(petition=petition).count() == 2
    line = petition.events.get(act="supplement")
    assert (line.actor_kind, line.by, line.details["files"]) == ("petitioner", None, 2)
    assert line.text.body == "补充两张电梯停运的照片。"
    clock = petition.deadlines.get(term="I08")
    assert (f"{clock.due_on}", clock.owed_by_organ.code) == ("2026-03-09", "YHQL")
    assert told(petition) == {"handler1"}
    assert petition in queues.requested(someone("handler1")) and petition in queues.requested(someone("officer1"))
    for other in ("clerk1", "legal1", "super1", "officer.yhzj", "review1"):
        assert petition not in queues.requested(someone(other)), other
    assert "待回应" in signed_in(someone("handler1")).get("/").content.decode()
    assert list(verify()) == []


def test_the_answer_of_the_handler_is_read_on_the_page_and_ends_the_task(city, door, ask):
    petition = do(accepted(), Act.ALLOT, "officer1", to=someone("handler1"))
    send(door, offer_of(petition, Act.SUPPLEMENT), words="电梯又停了。")
    staff = signed_in(someone("handler1"))
    address = f"/cases/{petition.number}/do/answer_request/"
    assert "电梯又停了。" in staff.get(address).content.decode()
    given = staff.post(
        address, {"outcome": "noted", "answer": "已转给维保单位，三月五日前修好。", "seq": fresh(petition).seq}
    )
    assert given.status_code in (200, 302), given.content.decode()[:2000]
    assert PartyRequest.objects.get().state == "answered"
    page = ask(lead(petition)).content.decode()
    assert "补充材料：已收到" in page and "三月五日前修好" in page
    assert petition not in queues.requested(someone("handler1"))
    assert petition.deadlines.get(term="I08").ended_how == "met"


def test_the_same_form_sent_twice_is_one_request(city, door):
    petition = accepted()
    offer = offer_of(petition, Act.SUPPLEMENT)
    send(door, offer, words="补一句。")
    again = send(door, offer, words="补一句。")
    assert again.status_code == 200 and "不用再提交" in again.content.decode()
    assert PartyRequest.objects.count() == petition.events.filter(act="supplement").count() == 1


def test_an_unwanted_file_is_named_the_words_stay_and_nothing_is_kept(city, door):
    petition = accepted()
    script = SimpleUploadedFile("照片.png", b"MZ\x90\x00\x03\x00\x00\x00")
    answer = send(
        door, offer_of(petition, Act.SUPPLEMENT), words="见照片。", files=[SimpleUploadedFile("a.png", PIXEL), script]
    )
    page = answer.content.decode()
    assert answer.status_code == 422 and "“照片.png”" in page and "见照片。" in page
    assert not PartyRequest.objects.exists() and not PetitionAttachment.objects.filter(petition=petition).exists()


def test_a_picture_brought_later_loses_its_place_and_one_address_does_not_send_without_end(city, door, monkeypatch):
    petition = accepted()
    taken = SimpleUploadedFile("现场.jpg", with_place())
    assert send(door, offer_of(petition, Act.SUPPLEMENT), words="见照片。", files=[taken]).status_code == 200
    kept = PetitionAttachment.objects.get(petition=petition).attachment
    with kept.file.open() as file:
        content = file.read()
    assert content.startswith(b"\xff\xd8\xff") and b"Exif" not in content and b"PhoneMaker-Secret" not in content
    few = replace(limits.in_force(), hourly=2)
    monkeypatch.setattr(limits, "in_force", lambda: few)
    assert send(door, offer_of(petition, Act.SUPPLEMENT), words="再补一句。").status_code == 200
    answer = send(door, offer_of(petition, Act.SUPPLEMENT), words="还有一句。")
    assert answer.status_code == 429 and "过一小时再来" in answer.content.decode()
    assert PartyRequest.objects.count() == 2


def test_nothing_is_asked_once_the_opinion_is_signed_nor_of_a_confidential_case(city):
    assert offer_of(submitted(), Act.SUPPLEMENT) is not None
    assert offer_of(issued(), Act.SUPPLEMENT) is None
    assert not of(lead(registered(kind=Kind.REPORT, accused_text="某科长")))[0].offers
    petition = closed()
    with pytest.raises(Refused, match="不能补充材料"):
        mine = Actor(ActorKind.PETITIONER, party_id=lead(petition).pk)
        carry_out(fresh(petition), Act.SUPPLEMENT, by=mine, words="迟了", once="x")


def test_one_of_two_withdraws_for_oneself_and_the_organ_carries_it_out(city, door, ask):
    petition = accepted(parties=couple())
    first, second = petition.submission.parties.order_by("position")
    offer = offer_of(petition, Act.REQUEST_WITHDRAWAL, first)
    assert "勾选" in send(door, offer, words="已经解决。", scope="own").content.decode()
    assert send(door, offer, words="已经解决。", scope="own", sure="on").status_code == 200
    assert offer_of(petition, Act.REQUEST_WITHDRAWAL, first) is None
    theirs = ask(second).content.decode()
    assert "已经解决" not in theirs and "最迟 3 月 9 日回应" not in theirs
    request = PartyRequest.objects.get()
    with pytest.raises(Refused, match="请先“记录撤回、退出”"):
        answer(request, "officer1", "granted", "同意。")
    do(petition, Act.LEAVE, "clerk1", party=first, on=DAY, reason="本人书面撤回")
    answer(request, "officer1", "granted", "已经办好，这件事不再为您办理。")
    assert fresh(petition).state == "accepted" and second.is_present


def answer(request, by, outcome, words):
    noun = PartyRequest.objects.get(pk=request.pk)
    carry_out(noun, Act.ANSWER_REQUEST, by=someone(by), outcome=outcome, answer=words, note=words)


def test_only_the_representative_asks_for_all(city, door):
    two = [
        PartyFacts(name="甲一", phone="13800001001", address="春柳苑1号楼"),
        PartyFacts(name="乙二", phone="13800001002", address="春柳苑2号楼", role="representative"),
    ]
    petition = accepted(parties=two)
    first, second = petition.submission.parties.order_by("position")
    assert "scope" not in offer_of(petition, Act.REQUEST_WITHDRAWAL, first).form.fields
    with pytest.raises(Refused, match="只有推选的代表才能替全体"):
        mine = Actor(ActorKind.PETITIONER, party_id=first.pk)
        carry_out(fresh(petition), Act.REQUEST_WITHDRAWAL, by=mine, words="撤", once="a", scope="all")
    offer = offer_of(petition, Act.REQUEST_WITHDRAWAL, second)
    assert send(door, offer, words="都谈好了。", scope="all", sure="on").status_code == 200
    assert PartyRequest.objects.get().scope == "all"
    assert petition.events.get(act="request_withdrawal").details["whose"] == "all"


def test_an_agent_withdraws_only_with_special_powers(city):
    petition = accepted()
    told_of = {"party": lead(petition), "kind": "agent", "name": "郝律师", "authority": "授权委托书"}
    petition = do(petition, Act.AUTHORISE, "clerk1", **told_of)
    agent = petition.submission.parties.get(role="agent")
    with pytest.raises(Refused, match="特别授权"):
        mine = Actor(ActorKind.PETITIONER, party_id=agent.pk)
        carry_out(petition, Act.REQUEST_WITHDRAWAL, by=mine, words="撤", once="a", scope="own")


def test_recusal_goes_to_those_above_the_handler_who_cannot_decide_about_himself(city, door):
    petition = do(accepted(), Act.ALLOT, "officer1", to=someone("handler1"))
    send(door, offer_of(petition, Act.REQUEST_RECUSAL), words="承办人是物业经理的亲戚。")
    request = PartyRequest.objects.get()
    assert "handler1" not in told(petition) and "officer1" in told(petition)
    assert petition not in queues.requested(someone("handler1")) and petition in queues.requested(someone("chief1"))
    with pytest.raises(Refused, match="不能由您自己决定"):
        answer(request, "handler1", "refused", "没有关系")
    with pytest.raises(Refused, match="请先“分派承办人”"):
        answer(request, "chief1", "granted", "同意")
    do(petition, Act.ALLOT, "chief1", to=someone("officer1"))
    answer(request, "chief1", "granted", "已经改由他人办理。")
    assert PartyRequest.objects.get().outcome == "granted"


def test_two_at_once_one_is_taken_and_the_other_is_told(city, door, monkeypatch):
    petition = accepted()
    offer = offer_of(petition, Act.SUPPLEMENT)
    real = carry_out

    def overtaken(noun, act, **kwargs):
        if act is Act.SUPPLEMENT:
            do(petition, Act.NOTE, "officer1", note="同时办了一步")
        return real(noun, act, **kwargs)

    monkeypatch.setattr("public.requests.views.carry_out", overtaken)
    refused = send(door, offer, words="补一句。")
    assert (
        refused.status_code == 409
        and "刚刚有了新的进展" in refused.content.decode()
        and "补一句。" in refused.content.decode()
    )
    monkeypatch.undo()
    assert send(door, offer, words="补一句。").status_code == 200
    assert PartyRequest.objects.count() == 1


def test_no_more_than_five_wait_at_a_time(city, door):
    petition = accepted()
    for n in range(requesting.MOST_WAITING):
        send(door, offer_of(petition, Act.SUPPLEMENT), words=f"第 {n} 次")
    refused = send(door, offer_of(petition, Act.SUPPLEMENT), words="又一次")
    assert refused.status_code == 422 and "请等回应以后再提" in refused.content.decode()


def test_page_with_every_form_is_light_and_says_nothing_personal(city, door, ask):
    petition = accepted(parties=couple())
    party = lead(petition)
    send(door, offer_of(petition, Act.SUPPLEMENT, party), words="我叫陈玉兰，手机 13800003330。")
    answer = ask(party)
    assert len(answer.content) < 80 * 1024
    for secret in (party.name, party.phone, party.address, "我叫"):
        assert secret not in answer.content.decode()
