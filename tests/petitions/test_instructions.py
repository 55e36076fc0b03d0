"""批示（rules E63、SV08）：另设一个报告的日子，法定期限不变；谁报告、告知谁、逾期了怎样。"""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Outbox
from accounts.models.grant import Relation
from petitions.act.decorator import Refused, why_not
from petitions.models import Deadline
from rulebook.acts import Act
from supervision.ladder import climb
from supervision.models import Reminder, SuggestedStep
from tests.cast import accepted, do, on_day, registered, someone
from tests.desk.case.hands import at, post, signed_in, text
from tests.petitions.places import approve_all, ask, at_office, clock, forwarded, organ

pytestmark = pytest.mark.usefixtures("city")
DAY = date(2026, 3, 2)
SAID = "请三日内约谈维保单位，把电梯修好。"
WORDS = {"instruction": SAID, "note": SAID, "due_on": DAY + timedelta(days=7)}


def told(name):
    return list(Outbox.objects.filter(recipient=someone(name)).order_by("pk").values_list("text", flat=True))


def test_an_instruction_has_a_day_of_its_own_and_moves_no_day_of_the_law():
    with on_day(DAY):
        petition = accepted()
        before = list(petition.deadlines.order_by("pk").values_list("term", "due_on", "ended_how"))
        petition = do(petition, Act.INSTRUCT, "dhead1", **WORDS)
    after = petition.deadlines.exclude(term="I07").order_by("pk").values_list("term", "due_on", "ended_how")
    assert list(after) == before
    owed = clock(petition, "I07")
    assert (owed.kind, owed.due_on, owed.owed_by_organ.code) == ("internal", WORDS["due_on"], "YHQL")
    line = petition.events.latest("seq")
    assert line.text.body == SAID and SAID not in str(line.details)


def test_who_is_to_report_is_told_and_the_leader_is_told_when_the_report_comes():
    with on_day(DAY):
        petition = do(accepted(), Act.INSTRUCT, "dhead1", **WORDS)
        due = f"{petition.number} 领导批示：请于 03-09 前报告落实情况"
        assert due in told("officer1") and due not in told("dhead1")
        with pytest.raises(Refused, match="请先请有关单位报告"):
            do(petition, Act.INSTRUCT, "head1", **WORDS)
    with on_day(DAY + timedelta(days=3)):
        with pytest.raises(Refused, match="请写明怎样落实的"):
            do(petition, Act.REPORT_INSTRUCTED, report=" ")
        petition = do(petition, Act.REPORT_INSTRUCTED, report="已约谈，明日更换部件。")
        assert f"{petition.number} 批示的落实情况已报告，请查看" in told("dhead1")
        assert clock(petition, "I07").ended_how == "met"
        with pytest.raises(Refused, match="没有等待报告"):
            do(petition, Act.REPORT_INSTRUCTED, report="再报一次")
        do(petition, Act.INSTRUCT, "head1", **WORDS)  # 报告以后，才作新的批示


@pytest.mark.parametrize(
    ("change", "because"),
    [
        ({"instruction": "  "}, "请写明批示内容"),
        ({"due_on": DAY}, "报告日应当晚于今天"),
        ({"due_on": DAY + timedelta(days=400)}, "365 日以内"),
        ({"to": "YHRS"}, "现在没有经手本件"),
    ],
)
def test_an_instruction_that_cannot_be_carried_out_is_refused_with_what_to_do(change, because):
    if "to" in change:
        change = {"to": organ(change["to"])}
    with on_day(DAY):
        petition = accepted()
        with pytest.raises(Refused, match=because):
            do(petition, Act.INSTRUCT, "head1", **(WORDS | change))
    assert not Deadline.objects.filter(petition=petition, term="I07").exists()


def test_the_office_that_passed_it_on_may_be_asked_and_then_it_is_the_one_that_reports():
    with on_day(DAY):
        petition = do(forwarded(), Act.INSTRUCT, "dhead1", to=organ("YHXF"), **WORDS)
        assert clock(petition, "I07").owed_by_organ.code == "YHXF"
        assert not any("领导批示" in words for words in told("officer1"))
        petition = do(petition, Act.REPORT_INSTRUCTED, "dclerk1", report="已督促街道受理。")
    assert clock(petition, "I07").ended_how == "met"


def test_termination_voids_it_and_one_not_reported_on_keeps_the_file_open():
    with on_day(DAY):
        petition = registered(parties=[], facts={"anonymous": True})
        petition = do(petition, Act.INSTRUCT, "head1", **WORDS)
        petition = do(petition, Act.FILE, "officer1", reason="无实质内容")
        assert why_not(petition, petition.archive) == ["领导批示还没有报告落实情况，不能归档；请先报告"]
        with pytest.raises(Refused, match="时不能批示"):
            do(petition, Act.INSTRUCT, "head1", **WORDS)
        petition = do(petition, Act.REPORT_INSTRUCTED, report="已核实，没有可办的事。")
        assert why_not(petition, petition.archive) == []
        other = do(accepted(), Act.INSTRUCT, "head1", **WORDS)
        pending = ask(other, Act.TERMINATE, ground="withdrawn", reason="书面撤回申请书附后", on=DAY, again="no")
        other = approve_all(pending, "legal1", "deputy1")
    assert clock(other, "I07").ended_how == "void"


def test_a_leader_in_charge_of_a_case_instructs_on_that_case_and_on_no_other():
    with on_day(DAY):
        petition, other = accepted(), accepted()
        leader = someone("leader1")
        petition.involve(Relation.SPONSOR, leader.organ, user=leader)
        assert clock(do(petition, Act.INSTRUCT, "leader1", **WORDS), "I07").is_running
        with pytest.raises(PermissionDenied):
            do(other, Act.INSTRUCT, "leader1", **WORDS)


def test_who_may_not_see_the_petition_neither_instructs_nor_is_told():
    with on_day(DAY):
        report = at_office(kind="report", accused_organ=organ("YHXF"))
        with pytest.raises(PermissionDenied):
            do(report, Act.INSTRUCT, "dhead1", **WORDS)
        assert signed_in("dhead1").get(at(report, "do/instruct/")).status_code in (403, 404)
        with pytest.raises(PermissionDenied):
            do(accepted(), Act.INSTRUCT, "officer1", **WORDS)


def test_a_late_one_is_reminded_of_and_offered_to_the_supervisor_as_an_order():
    with on_day(DAY):
        petition = do(accepted(), Act.INSTRUCT, "dhead1", **WORDS)
        assert "落实批示" in text(signed_in("officer1").get("/owed/"))
    with on_day(DAY + timedelta(days=9)):
        climb.sweep()
        climbed = Reminder.objects.filter(deadline__petition=petition, deadline__term="I07")
        assert set(climbed.values_list("rung", flat=True)) == {"L1", "L2", "L4"}
        browser = signed_in("super1")
        step = SuggestedStep.objects.waiting().get(petition=petition, opens="order")
        offered = text(browser.get(f"/supervision/orders/new/?case={petition.number}&step={step.pk}"))
        assert '<option value="SV08" selected>' in offered and "落实批示应于 2026-03-09 前完成" in offered
        order = f"/supervision/orders/new/?case={petition.number}&amp;ground=SV08"
        assert order in text(browser.get(at(petition)))
        form = text(browser.get(order.replace("&amp;", "&")))
        assert '<option value="SV08" selected>' in form and "2026-03-09 前报告落实情况（青柳街道" in form
        assert SAID not in form  # 领导的原话留在日志里
        assert order not in text(signed_in("officer1").get(at(petition)))


def test_the_form_is_one_text_and_one_day_and_the_words_stand_on_the_case_page():
    with on_day(DAY):
        petition = accepted()
        page = text(signed_in("head1").get(at(petition, "do/instruct/")))
        assert 'value="2026-03-09"' in page and page.count("<textarea") == 1
        _, wrong = post(petition, "instruct", "head1", status=422, instruction="请速办。", due_on="2026-03-02", to="")
        assert "报告日应当晚于今天" in text(wrong) and "请速办。" in text(wrong)
        petition, _ = post(petition, "instruct", "head1", instruction="请速办。", due_on="2026-03-09", to="")
        seen = text(signed_in("officer1").get(at(petition)))
    assert "批示：</b>请速办。" in seen and "批示，限 03-09 前报告落实情况" in seen
