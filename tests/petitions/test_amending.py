"""更正文书：发出的文书不改，另发更正告知书；不改变结论，不影响期限，照样送达。"""

import pytest
from django.core.exceptions import PermissionDenied

from documents.letters import issuance as documents
from petitions.act.decorator import Refused
from petitions.models import Petition, PetitionLetter
from rulebook.acts import Act
from tests.cast import closed, do, fresh, on_day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
SLIP = {"mistake": "《信访工作条例》", "corrected": "《信访工作条例》（2022年）", "reason": "经办人漏写"}


@pytest.fixture
def case() -> Petition:
    with on_day("2026-05-18"):
        return closed()


def opinion_of(petition) -> PetitionLetter:
    return petition.petition_letters.select_related("letter__organ").get(letter__kind="F12")


def clocks(petition) -> list:
    return list(petition.deadlines.order_by("pk").values_list("term", "starts_on", "due_on", "ended_how"))


def test_a_slip_is_put_right_by_a_letter_of_its_own(case):
    link, before = opinion_of(case), clocks(case)
    with on_day("2026-05-20"):
        case = do(case, Act.AMEND, "deputy1", letter=link, **SLIP)
    notice = case.petition_letters.get(letter__kind="F36").letter
    told = "".join(notice.rendered.words)
    assert link.letter.number in told and SLIP["corrected"] in told
    assert documents.text_is_intact(link.letter) and opinion_of(case).letter.text_hash == link.letter.text_hash
    assert clocks(case) == before
    assert case.state == "closed"
    served = case.services.filter(letter=link.letter).values_list("party", flat=True)
    assert set(case.services.filter(letter=notice, served_on=None).values_list("party", flat=True)) == set(served)


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"mistake": "这几个字原文里没有"}, "里没有“这几个字原文里没有”，请照原文填写"),
        ({"corrected": "《信访工作条例》，对该项请求不支持"}, "不能改变处理结论"),
        ({"corrected": SLIP["mistake"]}, "更正前后的文字相同"),
        ({"reason": " "}, "更正须写明差错是怎样发生的"),
    ],
)
def test_what_is_no_slip_is_refused(case, told, sentence):
    with pytest.raises(Refused, match=sentence):
        do(case, Act.AMEND, "deputy1", letter=opinion_of(case), **(SLIP | told))
    assert not fresh(case).petition_letters.filter(letter__kind="F36").exists()


def test_only_whoever_answers_for_the_letter_amends_it(case):
    with pytest.raises(PermissionDenied):
        do(case, Act.AMEND, "officer1", letter=opinion_of(case), **SLIP)
    other = opinion_of(closed())
    with pytest.raises(Refused, match="只能更正本件已经发出"):
        do(case, Act.AMEND, "deputy1", letter=other, **SLIP)


def test_a_correction_is_not_corrected_by_itself(case):
    case = do(case, Act.AMEND, "deputy1", letter=opinion_of(case), **SLIP)
    notice = case.petition_letters.select_related("letter__organ").get(letter__kind="F36")
    with pytest.raises(Refused, match="只能更正本件已经发出"):
        do(case, Act.AMEND, "deputy1", letter=notice, **SLIP)
