"""更正登记信息（第十九条、第二十二条、第二十三条；rules §1.3、E41）：改前改后留底，原话不改，期限随收到日重读。"""

from datetime import date

import pytest

from accounts.models import Outbox
from petitions.acceptance import separation
from petitions.act.consequences import carry_out
from petitions.act.decorator import Refused
from petitions.act.states import State
from petitions.clocks import lapses
from petitions.models import Correction, Party, Submission
from petitions.record.verification import verify
from rulebook.acts import Act
from rulebook.timekeeping import today
from tests.cast import accepted, closed, decided, do, fresh, on_day, registered, someone
from tests.petitions.places import clock
from tests.petitions.test_edge_people import someone_else

pytestmark = pytest.mark.usefixtures("city")
DAY = date(2026, 3, 2)


def lead(petition) -> Party:
    return petition.submission.parties.order_by("position").first()


def correct(petition, by="clerk1", *, reason="信访人出示证件更正", **told):
    return do(petition, Act.CORRECT, by, reason=reason, note=reason, **({"changes": {}} | told))


def test_what_stood_before_and_after_is_kept_and_the_log_names_only_the_items():
    petition = registered()
    petition = correct(petition, party=lead(petition), changes={"name": "陈玉岚", "phone": "13811112222"})
    assert lead(petition).name == "陈玉岚" and lead(petition).phone == "13811112222"
    kept = {row.field: (row.before, row.after) for row in Correction.objects.filter(petition=petition)}
    assert kept["name"] == ("陈玉兰", "陈玉岚") and kept["phone"][1] == "13811112222"
    line = petition.events.latest("seq")
    assert line.details["fields"] == ["name", "phone"]
    assert "陈玉" not in str(line.details) and "13811112222" not in str(line.details)


def test_nothing_personal_stands_in_clear_in_the_record_of_corrections():
    from django.db import connection

    petition = registered()
    correct(petition, party=lead(petition), changes={"address": "云河区青柳街道秋柳苑3号楼"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT before || after FROM petitions_correction")
        assert "秋柳苑" not in str(cursor.fetchall())


def test_another_identity_is_another_persons_history():
    petition, other = registered(), registered(parties=[someone_else(1, id_number="11019919600101001X")])
    petition = correct(petition, party=lead(petition), changes={"id_number": "11019919600101001X"})
    assert lead(petition).person_id == lead(other).person_id


def test_the_original_words_are_never_corrected_and_a_demand_only_before_the_check():
    petition = accepted()
    words = petition.submission.original
    petition = correct(petition, changes={"claim1": "尽快更换电梯曳引机"})
    assert petition.claims.get(number=1).text == "尽快更换电梯曳引机"
    assert Submission.objects.get(pk=petition.submission_id).original == words
    with on_day(today()):
        done = closed()
    with pytest.raises(Refused, match="不能再改"):
        correct(done, changes={"claim1": "另一诉求"})


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"changes": {"place": "秋柳苑"}, "reason": " "}, "须写明理由"),
        ({"changes": {"place": "春柳苑"}}, "没有改动任何一项"),
        ({"changes": {"name": "陈玉岚"}}, "请选择更正哪一位"),
        ({"changes": {"people_count": 0}}, "不能少于"),
        ({"changes": {"claim1": " "}}, "不能改为空白"),
    ],
)
def test_a_correction_without_reason_or_sense_is_refused(told, said):
    with pytest.raises(Refused, match=said):
        correct(registered(), **told)


def test_what_is_over_is_corrected_no_more():
    petition = do(registered(channel="letter", parties=[], facts={"anonymous": True}), Act.FILE, reason="无实质内容")
    with pytest.raises(Refused, match="“存”时不能更正登记信息"):
        correct(petition, changes={"place": "秋柳苑"})


# 收到日（第二十二条、第二十三条：期限自收到之日起算）


def test_the_day_of_receipt_is_corrected_on_evidence_and_the_fifteen_days_are_read_again():
    with on_day("2026-03-09"):
        petition = registered(channel="letter", received_on=date(2026, 3, 9))
        assert clock(petition, "D02").due_on == date(2026, 3, 24)
        petition = correct(petition, received_on=date(2026, 3, 4), ground="signed", reason="收发室签收登记为三月四日")
        told = clock(petition, "D02")
        assert (told.starts_on, told.due_on) == (date(2026, 3, 4), date(2026, 3, 19))
        assert petition.received_on == petition.submission.received_on == date(2026, 3, 4)
        assert petition.submission.backfilled and petition.next_due_on == date(2026, 3, 19)
        assert petition.events.latest("seq").details["received_on"] == "2026-03-04"
        assert list(verify()) == []


def test_an_acceptance_already_given_is_measured_by_the_corrected_day():
    with on_day("2026-03-20"):
        petition = do(decided(registered(channel="letter", received_on=date(2026, 3, 10))), Act.ACCEPT)
        assert clock(petition, "D02").ended_how == "met"
        petition = correct(petition, received_on=date(2026, 3, 2), ground="signed", reason="邮件签收单为三月二日")
        assert clock(petition, "D02").ended_how == "late" and clock(petition, "D06").starts_on == date(2026, 3, 20)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"received_on": date(2026, 3, 4)}, "须选定依据"),
        ({"received_on": date(2026, 3, 10), "ground": "slip"}, "不能晚于登记日"),
        ({"received_on": date(2026, 2, 27), "ground": "slip"}, "不能早于信访人提出日、邮戳日"),
    ],
)
def test_the_day_of_receipt_moves_only_on_evidence_and_within_reason(told, said):
    with on_day("2026-03-09"):
        petition = registered(channel="letter", facts={"posted_on": date(2026, 3, 1)})
        with pytest.raises(Refused, match=said):
            correct(petition, **told)


def test_what_was_deemed_accepted_keeps_its_day():
    with on_day(DAY):
        petition = registered()
    with on_day("2026-03-18"):
        lapses.deem_acceptances()
        with pytest.raises(Refused, match="视为受理"):
            correct(petition, received_on=date(2026, 2, 27), ground="slip")


def test_petitions_split_from_one_letter_are_received_on_one_day():
    with on_day("2026-03-09"):
        petition = registered(channel="letter")
        plan = [{"claims": [2], "kind": "appeal", "excerpt": "", "accused_organ": None}]
        [sibling] = separation.split(fresh(petition), plan, by=someone("officer1"))
        correct(petition, received_on=date(2026, 3, 5), ground="signed")
        assert {clock(one, "D02").due_on for one in (petition, sibling)} == {date(2026, 3, 20)}
        assert fresh(sibling).events.filter(act=Act.CORRECT).exists()


# 化名、冒名（rules E41）


def not_found(petition, outcome, by="officer1"):
    service = petition.services.waiting().first()
    service.petition = fresh(petition)
    told = {"means": "direct", "on": today(), "outcome": outcome, "reason": "按登记的住址上门"}
    carry_out(service, Act.ATTEMPT_SERVICE, by=someone(by), **told)
    return fresh(petition)


def test_e41_a_letter_that_finds_nobody_sends_the_registration_back_to_be_corrected():
    petition = not_found(accepted(), "wrong")
    told = Outbox.objects.filter(text__contains="更正登记信息").values_list("recipient__username", flat=True)
    assert "clerk1" in told and petition.services.waiting().exists()
    petition = correct(petition, party=lead(petition), changes={"assumed": "alias"}, reason="本人承认系化名")
    assert lead(petition).get_assumed_display() == "化名" and petition.state == State.ACCEPTED


def test_e41_somebody_whose_name_was_borrowed_is_told_no_more():
    told = {"assumed": "borrowed", "notice_exempt": True}
    petition = not_found(accepted(), "denied")
    petition = correct(petition, party=lead(petition), changes=told, reason="被冒名人到场否认")
    assert petition.state == State.ACCEPTED and petition.submission.notice_exempt
    assert clock(petition, "D06").notice_exempt
