"""支持的诉求要落实：一项一个任务、各有日子；做到凭证在卷，做不到报督办（第三十二条第二款、第四十条）。"""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Organ, Outbox, User
from documents.files import attachment_store
from petitions.act.consequences import carry_out
from petitions.act.decorator import Refused
from petitions.act.states import State
from petitions.clocks import lapses
from petitions.models import Execution, Petition, PetitionAttachment
from petitions.record.timeline import sentence
from rulebook.acts import Act
from rulebook.timekeeping import today
from tests.cast import accepted, closed, do, fresh, issued, on_day, passed, serve_all, someone
from tests.petitions.contested import answered

pytestmark = pytest.mark.usefixtures("city")
DAY = date(2026, 3, 2)


def task(petition, number=1) -> Execution:
    """The task now owed for a claim, as a request would load it."""
    found = petition.executions.exclude(state="replaced").select_related("organ", "claim").get(claim__number=number)
    found.petition = fresh(petition)
    return found


def proof(petition, title="竣工验收单"):
    file = SimpleUploadedFile("验收单.png", b"\x89PNG\r\n\x1a\n" + bytes(16))
    kept = attachment_store.receive(file, by=someone("officer1"))
    return PetitionAttachment.objects.create(petition=petition, attachment=kept, title=title)


def perform(execution, by="officer1", **told):
    facts = {"result": "曳引机已更换，验收合格。", "on": today(), "evidence": proof(execution.petition)}
    return carry_out(execution, Act.PERFORM, by=someone(by), **(facts | told))


def clocks(petition):
    rows = fresh(petition).deadlines.filter(term="I06").order_by("started_by")
    return [(row.due_on, row.ended_how) for row in rows]


def mixed(help_of=None, **signed):
    """One claim supported, one explained; `help_of` an organ that was asked for help and gave it."""
    petition = accepted()
    if help_of:
        petition = do(petition, Act.ASK_ASSIST, to=help_of, request="请提供维保记录")
        leg = petition.legs.get(kind="assist")
        leg.petition = petition
        carry_out(leg, Act.ANSWER_ASSIST, by=_officer_of(help_of), answer="记录附后")
        assert not _sees(_officer_of(help_of), petition)
    petition = do(petition, Act.INQUIRE, form="heard", note="听取意见")
    petition = do(
        petition,
        Act.DRAFT,
        facts="经查，电梯停运属实，维修资金使用已经公示。",
        basis="《特种设备安全法》第三十六条",
        findings=[
            {"number": 1, "finding": "support", "answer": "三十日内修复电梯。"},
            {"number": 2, "finding": "explain", "answer": "已经公示，见公告栏。"},
        ],
    )
    petition = do(do(petition, Act.SUBMIT), Act.PASS, "legal1")
    return do(petition, Act.SIGN, "deputy1", **signed)


def test_every_supported_claim_becomes_a_task_with_its_day_and_no_other_does():
    with on_day(DAY):
        petition = mixed()
    execution = petition.executions.get()
    assert (execution.claim.number, execution.promised) == (1, "三十日内修复电梯。")
    assert (execution.organ.code, execution.period, execution.due_on) == ("YHQL", "30日", date(2026, 4, 1))
    assert clocks(petition) == [(date(2026, 4, 1), "")]
    assert sentence(petition.events.get(act="promise")) == "确定落实任务，限 04-01 前落实"


def test_the_signer_says_how_long_in_natural_or_in_working_days():
    with on_day("2026-04-29"):
        working, natural = mixed(days=3, unit="working_day"), mixed(days=3)
    assert working.executions.get().due_on == date(2026, 5, 7)  # 劳动节五日、节后调休上班都算进去
    assert natural.executions.get().due_on == date(2026, 5, 2)
    with pytest.raises(Refused, match="1 至 365"):
        do(passed(), Act.SIGN, "deputy1", days=0)


def test_execution_moves_no_clock_of_the_petition_and_lights_no_lamp():
    with on_day(DAY):
        petition = closed()
    before = [(row.term, row.due_on, row.ended_how) for row in petition.deadlines.exclude(term="I06")]
    with on_day("2026-03-09"):
        perform(task(petition))
    after = fresh(petition)
    assert [(row.term, row.due_on, row.ended_how) for row in after.deadlines.exclude(term="I06")] == before
    assert (after.state, after.next_due_on) == (State.CLOSED, None)


def test_done_in_time_with_proof():
    with on_day(DAY):
        petition = mixed()
    with on_day("2026-03-20"):
        perform(task(petition), on=date(2026, 3, 18))
    execution = task(petition)
    assert (execution.state, execution.done_on) == ("done", date(2026, 3, 18))
    assert execution.evidence.title == "竣工验收单"
    assert clocks(petition) == [(date(2026, 4, 1), "met")]
    with on_day("2026-03-20"), pytest.raises(Refused, match="已落实"):
        perform(task(petition))


def test_done_late_is_late():
    with on_day(DAY):
        petition = mixed()
    with on_day("2026-04-02"):
        perform(task(petition))
    assert clocks(petition) == [(date(2026, 4, 1), "late")]


@pytest.mark.parametrize(
    ("told", "because"),
    [
        ({"result": " "}, "怎样落实"),
        ({"on": date(2026, 3, 11)}, "不能晚于今天"),
        ({"on": date(2026, 3, 1)}, "不能早于意见书出具日"),
        ({"evidence": None}, "先收存凭证"),
    ],
)
def test_words_alone_are_no_execution(told, because):
    with on_day(DAY):
        petition = mixed()
    with on_day("2026-03-10"), pytest.raises(Refused, match=because):
        perform(task(petition), **told)


def test_the_proof_of_another_petition_proves_nothing():
    petition, other = mixed(), mixed()
    with pytest.raises(Refused, match="不是本件的材料"):
        perform(task(petition), evidence=proof(other))


def test_a_task_is_adjusted_before_its_day_and_the_old_one_stays_on_the_file():
    with on_day(DAY):
        petition = mixed()
    with on_day("2026-03-30"):
        carry_out(
            task(petition),
            Act.REPLAN,
            by=someone("officer1"),
            promised="更换整梯，先行租用临时升降设备。",
            days=10,
            unit="working_day",
        )
    old, new = petition.executions.order_by("pk")
    assert (old.state, new.state, new.replaces_id) == ("replaced", "owed", old.pk)
    assert clocks(petition) == [(date(2026, 4, 1), "void"), (date(2026, 4, 14), "")]  # 清明三日不算


def test_a_day_that_has_passed_is_not_moved():
    with on_day(DAY):
        petition = mixed()
    with on_day("2026-04-02"), pytest.raises(Refused, match="落实期限已经届满"):
        carry_out(task(petition), Act.REPLAN, by=someone("officer1"), promised="再等等", days=30)


def test_an_organ_asked_to_carry_it_out_sees_the_petition_until_it_has():
    housing = Organ.objects.get(code="YHZJ")
    with on_day(DAY):
        petition = mixed()
        with pytest.raises(Refused, match="先请求协办"):
            carry_out(task(petition), Act.REPLAN, by=someone("officer1"), promised="修复电梯", days=20, to=housing)
    with on_day(DAY):
        petition = mixed(help_of=housing)
        carry_out(task(petition), Act.REPLAN, by=someone("officer1"), promised="修复电梯", days=20, to=housing)
    execution, helper = task(petition), _officer_of(housing)
    assert execution.organ == housing
    assert Outbox.objects.filter(dedupe_key=f"execution:{execution.pk}:{helper.pk}").exists()
    assert _sees(helper, petition)
    with on_day("2026-03-09"):
        perform(execution, by=helper.username)
    assert not _sees(helper, petition)


def _sees(user, petition) -> bool:
    return Petition.objects.visible_to(user).filter(pk=petition.pk).exists()


def _officer_of(organ):
    return User.objects.filter(organ__office=organ, appointments__post__role__code="DEPT_OFFICER").first()


def test_the_archive_waits_for_execution_unless_somebody_says_why():
    with on_day("2026-05-18"):
        petition = closed()
    with on_day("2026-06-18"):
        assert lapses.settle_lapsed() == 1
        with pytest.raises(Refused, match="还有 2 项落实任务没有完成"):
            do(petition, Act.ARCHIVE)
        perform(task(petition))
        with pytest.raises(Refused, match="还有 1 项落实任务没有完成"):
            do(petition, Act.ARCHIVE)
        archived = do(petition, Act.ARCHIVE, reason="公示栏随小区改造一并设置，另列台账跟踪")
    assert archived.state == State.ARCHIVED
    with on_day("2026-07-01"):
        perform(task(petition, 2))  # 归档以后落实的，照样登记
    assert task(petition, 2).state == "done"


def test_an_opinion_sent_back_takes_its_tasks_with_it():
    with on_day(DAY):
        petition = serve_all(issued())
        opinion = petition.services.filter(letter__kind="F12").get()
        opinion.petition = fresh(petition)
        above = petition.organ.review_organ
        carry_out(opinion, Act.REQUEST_REVIEW, by=someone("officer1"), to=above, applied_on=today(), grounds="不服")
        proceeding = petition.proceedings.get()
        for step, by, told in _a_redo(proceeding):
            proceeding.petition = fresh(petition)
            carry_out(proceeding, step, by=by, **told)
    assert {how for _, how in clocks(petition)} == {"void"}
    with on_day(DAY), pytest.raises(Refused, match="随之作废"):
        perform(task(petition))


def _a_redo(proceeding):
    def post(role):
        return User.objects.filter(appointments__post__role__code=role).order_by("pk").first()

    proposal = {
        "outcome": "redo",
        "facts": "事实不清",
        "basis": "《信访工作条例》第三十五条",
        "decision": "责令重新作出",
        "redo_due_on": date(2026, 4, 1),
    }
    yield Act.ADMIT_REVIEW, post("DS_REVIEW"), {}
    yield Act.PROPOSE_REVIEW, post("DS_REVIEW"), proposal
    yield Act.DECIDE_REVIEW, post("DS_REVIEW_CHAIR"), {"overrides": answered(proceeding)}
