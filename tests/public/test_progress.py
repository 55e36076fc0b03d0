"""群众看到什么、看不到什么。"""

import re
from datetime import timedelta
from itertools import pairwise

import pytest

from documents.models import Letter
from petitions.acceptance import separation
from petitions.act.states import Kind, State
from petitions.intake.registration import PartyFacts
from petitions.models import PetitionLetter
from public.progress import public_wording
from public.progress.own_progress import of
from rulebook.acts import Act
from rulebook.timekeeping import at, now, today
from tests.cast import EXCLUDED, accepted, do, drafted, issued, registered, serve_all, someone, submitted

pytestmark = pytest.mark.django_db


def lead(petition):
    return petition.submission.parties.order_by("position").first()


def seen(ask, petition, party=None):
    answer = ask(party or lead(petition))
    assert answer.status_code == 200
    return answer.content.decode()


def test_says_who_and_by_when_first(city, ask):
    petition = accepted()
    page = seen(ask, petition)
    due = petition.deadlines.get(term="D06").due_on
    assert "云州市云河区青柳街道办事处正在办理，最迟" in page
    assert public_wording.day(due) in page
    assert "还有" in page
    assert petition.organ.phone in page


def test_a_letter_with_several_matters_has_one_heading_and_one_below_for_each(city, ask):
    petition = registered(claims=("修好电梯", "退还装修押金"))
    plan = [{"claims": [2], "kind": Kind.APPEAL, "excerpt": "物业不退装修押金", "accused_organ": None}]
    [sibling] = separation.split(petition, plan, by=someone("officer1"), excerpt="电梯停运")
    page = seen(ask, petition)
    levels = [int(level) for level in re.findall(r"<h(\d)[ >]", page)]
    assert "<h1>您反映的 2 件事</h1>" in page and levels.count(1) == 1
    assert levels.count(2) == 2 and all(after - before <= 1 for before, after in pairwise(levels))
    assert petition.number in page and sibling.number in page


def test_is_honest_about_a_day_that_has_passed(city, ask):
    petition = accepted()
    with at(now() + timedelta(days=70)):
        page = seen(ask, petition)
    assert "已经超过" in page
    assert "最迟" not in page


def test_no_personal_data_title_or_building(city, ask):
    petition = do(registered(title="春柳苑 7 号楼电梯停运"), Act.NOTE, "clerk1", note="内部：此人情绪激动")
    party = lead(petition)
    page = seen(ask, petition)
    for secret in (
        party.name,
        party.phone,
        party.phone[-4:],
        party.id_number,
        party.address,
        party.query_code,
        party.pin,
        "春柳苑",
        "7 号楼",
        "情绪激动",
        petition.submission.original[:12],
    ):
        assert secret not in page
    assert petition.number in page
    assert "青柳街道" in page


def test_internal_steps_and_names_of_staff_stay_inside(city, ask):
    petition = do(submitted(), Act.RETURN, "legal1", reason="依据引用有误，请补充")
    page = seen(ask, petition)
    assert "听取信访人意见" in page
    for hidden in ("核查", "退回", "依据引用有误", "起草", "李致平", "方知行", "王晓岚", "法制"):
        assert hidden not in page
    assert ">办理中<" in page


@pytest.mark.parametrize("walk", [registered, accepted, submitted, issued])
def test_every_walked_state_has_words_and_a_way_on(city, ask, walk):
    petition = walk()
    page = seen(ask, petition)
    label, _ = public_wording.LABELS[State(petition.state)]
    assert f">{label}<" in page
    assert 'class="dots"' in page


def test_every_state_has_a_sentence_and_a_label():
    assert set(public_wording.LABELS) == set(public_wording.SENTENCES) == set(State)


def test_report_says_one_sentence_and_nothing_else(city, ask):
    petition = registered(kind=Kind.REPORT, accused_text="某科长", title="反映某科长收受财物")
    page = seen(ask, petition)
    assert str(public_wording.CONFIDENTIAL) in page
    for hidden in ("检举", "控告", "某科长", 'class="tl"', "给您的文书", "青柳街道", "来访"):
        assert hidden not in page


def test_each_of_a_group_sees_own_letters_only(city, ask, door):
    facts = [
        PartyFacts(name="甲一", phone="13800001001", address="云河区青柳街道春柳苑1号楼"),
        PartyFacts(name="乙二", phone="13800001002", address="云河区青柳街道春柳苑2号楼", role="representative"),
    ]
    petition = accepted(parties=facts)
    first, second = petition.submission.parties.order_by("position")
    notice = petition.services.get(party=first)
    notice.petition = petition
    do_serve(notice)
    mine, other = of(first)[0], of(second)[0]
    assert [row["title"] for row in mine.steps if "送达" in row["title"]]
    assert not [row["title"] for row in other.steps if "送达" in row["title"]]
    receipts = {row.party_id: row.letter for row in petition.petition_letters.filter(letter__kind="F01")}
    assert len(receipts) == 2
    assert len([row for row in other.letters if row["title"] == receipts[second.pk].title]) == 1
    page = seen(ask, petition, second)
    assert "甲一" not in page
    assert "乙二" not in page


def do_serve(service):
    from petitions.act.consequences import carry_out

    carry_out(service, Act.SERVE, by=someone("officer1"), means="direct", on=today())


def test_remedy_names_the_organ_and_the_last_day(city, ask):
    petition = serve_all(issued())
    page = seen(ask, petition)
    until = petition.deadlines.get(term="D08").due_on
    assert f"可以书面向{petition.organ.review_organ.name}申请复查" in page
    assert f"{until.year} 年 {public_wording.day(until)}" in page


def test_letter_comes_by_post_with_the_token_of_the_page(city, ask, door):
    petition = issued()
    party = lead(petition)
    page = of(party)[0]
    opinion = next(row for row in page.letters if row["title"] == "信访处理意见书")
    answer = door.post("/q/letter/", {"letter": opinion["token"]})
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert "no-store" in answer["Cache-Control"]
    assert door.get("/q/letter/").status_code == 405


def test_receipt_with_its_secrets_is_not_given_out(city, door):
    from public.progress import credentials

    petition = registered()
    party = lead(petition)
    receipt = PetitionLetter.objects.get(petition=petition, letter__kind="F01").letter
    assert of(party)[0].letters[0]["token"] == ""
    forged = credentials.letter_token(party, receipt.pk)
    assert door.post("/q/letter/", {"letter": forged}).status_code == 422


def test_letter_of_another_petition_is_not_given_out(city, door):
    from public.progress import credentials

    mine, other = accepted(), accepted()
    letter = Letter.objects.get(about=other.number, kind="F02")
    assert door.post("/q/letter/", {"letter": credentials.letter_token(lead(mine), letter.pk)}).status_code == 422
    assert door.post("/q/letter/", {"letter": credentials.letter_token(lead(other), letter.pk)}).status_code == 200


def test_letters_to_other_organs_are_not_listed(city, ask):
    petition = drafted(accepted())
    issued_ones = Letter.objects.filter(about=petition.number)
    listed = {row["title"] for row in of(lead(petition))[0].letters}
    assert listed == {letter.title for letter in issued_ones.filter(kind__in=["F01", "F02"])}


def test_a_letter_between_organs_stays_between_organs(city, ask):
    petition = do(
        registered(by="dclerk1", organ=someone("dclerk1").office), Act.CLASSIFY, "dclerk1", path="31-6", record=EXCLUDED
    )
    petition = do(petition, Act.FORWARD, "dclerk1", to=someone("officer1").office, reason="属地办理")
    kinds = set(Letter.objects.filter(about=petition.number).values_list("kind", flat=True))
    assert {"F03", "F07"} <= kinds
    titles = [row["title"] for row in of(lead(petition))[0].letters]
    assert Letter.objects.get(about=petition.number, kind="F03").title in titles
    assert Letter.objects.get(about=petition.number, kind="F07").title not in titles


def test_queries_do_not_grow(city, ask, django_assert_max_num_queries):
    petition = submitted()
    party = lead(petition)
    with django_assert_max_num_queries(13):
        ask(party)


def test_route_is_public_and_can_be_printed(city, door):
    page = door.get("/route/").content.decode()
    assert page.count('class="no"') == 6
    assert "data-print" in page
