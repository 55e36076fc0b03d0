"""督查、签发、送达、办结（第三十二条、第三十五条）。"""

from datetime import date

import pytest

from accounts.models import Organ
from petitions.act.consequences import carry_out
from petitions.act.decorator import Refused
from petitions.act.states import State
from petitions.clocks import lapses
from rulebook.acts import Act
from rulebook.timekeeping import today
from tests.cast import (
    accepted,
    closed,
    do,
    drafted,
    fresh,
    issued,
    on_day,
    registered,
    serve_all,
    someone,
    submitted,
)

pytestmark = pytest.mark.usefixtures("city")
DAY = date(2026, 3, 2)


def organ(code):
    return Organ.objects.get(code=code)


def at_office(**told):
    return registered(by="dclerk1", organ=organ("YHXF"), **told)


def forwarded(**told):
    return do(at_office(**told), Act.FORWARD, "dclerk1", to=organ("YHQL"))


# 督查、签发、送达、办结（第三十二条、第三十五条）


def test_a_draft_must_answer_every_claim_before_it_is_checked():
    petition = do(accepted(), Act.INQUIRE, form="heard", note="电话听取")
    petition = do(
        petition,
        Act.DRAFT,
        facts="经查属实",
        basis="《物业管理条例》",
        findings=[{"number": 1, "finding": "support", "answer": "属实"}],
    )
    with pytest.raises(Refused, match="每一项诉求"):
        do(petition, Act.SUBMIT)


def test_the_petitioner_must_have_been_heard():
    petition = accepted()
    findings = [{"number": n, "finding": "support", "answer": "属实"} for n in (1, 2)]
    petition = do(petition, Act.DRAFT, facts="经查属实", basis="《物业管理条例》", findings=findings)
    with pytest.raises(Refused, match="听取"):
        do(petition, Act.SUBMIT)


def test_a_returned_draft_goes_back_to_work_and_the_clock_runs_on():
    with on_day(DAY):
        petition = submitted()
    assert petition.holder_organ.code == "YHQL" and petition.waiting_for == "督查核查"
    with on_day(DAY):
        petition = do(petition, Act.RETURN, "legal1", reason="第二项未写明依据")
    assert petition.state == State.ACCEPTED
    assert petition.deadlines.get(term="D06").ended_how == ""
    assert petition.deadlines.get(term="I01").ended_how == "met"
    with on_day(DAY):
        again = do(drafted(petition), Act.SUBMIT)
    assert again.opinions.count() == 2 and again.state == State.SUBMITTED


def test_nothing_is_signed_unchecked():
    petition = submitted()
    with pytest.raises(Refused, match="未经督查核查"):
        do(petition, Act.SIGN, "deputy1")


def test_signing_meets_d06_and_the_remedy_names_the_reviewing_organ():
    with on_day(DAY):
        petition = issued()
    assert petition.deadlines.get(term="D06").ended_how == "met"
    letter = petition.petition_letters.get(letter__kind="F12").letter
    assert "云州市云河区人民政府" in str(letter.text) and "行政复议" not in str(letter.text)
    assert not petition.deadlines.filter(term="D08").exists()


def test_closing_waits_for_service_and_d08_runs_from_it_alone():
    with on_day("2026-05-18"):
        petition = issued()
        with pytest.raises(Refused, match="逐人记录送达"):
            do(petition, Act.CLOSE)
    with on_day("2026-05-20"):
        petition = serve_all(petition)
    clock = petition.deadlines.get(term="D08")
    assert (clock.starts_on, clock.due_on) == (date(2026, 5, 20), date(2026, 6, 22))
    with on_day("2026-05-20"):
        assert do(petition, Act.CLOSE).state == State.CLOSED


def test_two_petitioners_remedies_run_apart():
    from petitions.intake.registration import PartyFacts

    people = [
        PartyFacts(name=n, role="representative", phone=f"1380000222{i}", address="春柳苑")
        for i, n in enumerate(["陈玉兰", "马玉敏"])
    ]
    with on_day("2026-04-01"):
        petition = issued(parties=people)
    opinion = petition.services.filter(letter__kind="F12").order_by("party__position")
    for service, day in zip(opinion, ("2026-04-02", "2026-04-20"), strict=True):
        with on_day(day):
            service.petition = fresh(petition)
            carry_out(service, Act.SERVE, by=someone("officer1"), means="direct", on=today())
    clocks = list(fresh(petition).deadlines.filter(term="D08").order_by("starts_on"))
    assert [c.starts_on for c in clocks] == [date(2026, 4, 2), date(2026, 4, 20)]
    assert len({c.scope_id for c in clocks}) == 2


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"means": "witness"}, "见证人"),
        ({"means": "post"}, "邮寄单号"),
        ({"means": "electronic"}, "未同意电子送达"),
        ({"means": "notice"}, "公告送达"),
    ],
)
def test_service_without_proof_is_refused(told, sentence):
    petition = issued()
    service = petition.services.filter(letter__kind="F12").get()
    service.petition = petition
    with pytest.raises(Refused, match=sentence):
        carry_out(service, Act.SERVE, by=someone("officer1"), on=today(), **told)


def test_an_unused_remedy_settles_the_petition():
    with on_day("2026-05-18"):
        petition = closed()
    with on_day("2026-06-17"):
        assert lapses.settle_lapsed() == 0
    with on_day("2026-06-18"):
        assert lapses.settle_lapsed() == 1
    petition = fresh(petition)
    assert petition.state == State.SETTLED
    assert petition.deadlines.get(term="D08").ended_how == "lapsed"
    with pytest.raises(Refused, match="落实任务没有完成，不能归档"):
        do(petition, Act.ARCHIVE)
    assert do(petition, Act.ARCHIVE, reason="落实另行督办").state == State.ARCHIVED


def test_what_was_merged_goes_to_the_archive_with_its_main_case():
    with on_day(DAY):
        main = accepted()
        repeat = do(registered(), Act.MERGE, into=main)
        with pytest.raises(Refused, match="随主件归档"):
            do(repeat, Act.ARCHIVE)
        main = do(do(do(drafted(main), Act.SUBMIT), Act.PASS, "legal1"), Act.SIGN, "deputy1")
        do(serve_all(main), Act.CLOSE)
    with on_day("2026-04-02"):
        assert lapses.settle_lapsed() == 1
        assert do(repeat, Act.ARCHIVE).state == State.ARCHIVED
