"""办理、督查：a petition's acts while an organ is at work on it, to the checked draft of its opinion."""

from django_fsm import transition

from petitions.acceptance import transfer
from petitions.acceptance.simple import rules as simple
from petitions.act import guards, objections
from petitions.act.decorator import act
from petitions.act.states import AT_WORK, Procedure, State
from petitions.closing import closing_report
from petitions.handling.opinion.examination import acknowledgement
from petitions.hearing import rules as hearings
from petitions.mediation import rules as mediating
from petitions.record import ledger
from petitions.review import rules as reviewing
from rulebook.acts import Act


class Handling:
    """调查、延期、协办、起草，以及签发前的核查 (第三十一条至第三十四条)."""

    @act(Act.INQUIRE)
    @transition(field="state", source=AT_WORK, target=None)
    def inquire(self, *, by, form, on=None):
        """记录调查、听取意见；不停任何期限。"""
        return {"happened_on": on}

    @act(Act.NOTE)
    @transition(field="state", source=list(State), target=None)
    def note(self, *, by):
        """内部备注：不对外，不影响期限。"""

    @act(Act.CONVERT, approval=True, refuses=[simple.too_late_to_convert])
    @transition(
        field="state",
        source=[State.ACCEPTED, State.CLOSED],
        target=State.ACCEPTED,
        conditions=[guards.is_simple, guards.ends_in_an_opinion],
    )
    def convert(self, *, by, reason):
        """转为普通程序：不宜简易或者没有妥善解决的，经负责人批准并告知；60 日默认从简易受理之日算（rules §3、E61）。"""
        facts = simple.converted(self)
        self.procedure, self.closed_at = Procedure.NORMAL, None
        self.claims.update(finding="", answer="")  # 简易答复的结论留在日志里，由处理意见书重新逐项作出
        self.involve("handles", self.organ)
        return facts

    @act(Act.EXTEND, approval=True, refuses=[objections.unlawful_extension])
    @transition(
        field="state",
        source=[State.ACCEPTED, State.SUBMITTED],
        target=None,
        conditions=[guards.is_in_petition_procedure, guards.is_ordinary, guards.handling_clock_runs],
    )
    def extend(self, *, by, days, reason):
        """延期：情况复杂，经本机关、单位负责人批准，累计不超过三十日（第三十四条）；告知书最迟原届满当日送达。"""
        until = self.reading("D06").due_on
        return {"details": {"due_on": until.isoformat(), "notified": not self.submission.notice_exempt}}

    @act(Act.REPORT_PROGRESS, refuses=[closing_report.progress_untold])
    @transition(field="state", source=AT_WORK, target=None, conditions=[guards.owes_a_report])
    def report_progress(self, *, by, report):
        """不能按指定期限办结的，说明情况；办结报告仍然欠着，指定的期限不因此完成（参照北京2006年条例第四十六条）。"""
        return transfer.about(closing_report.owing(self))

    @act(Act.ASK_ASSIST, refuses=[objections.unlawful_assistant])
    @transition(field="state", source=AT_WORK, target=None)
    def ask_assist(self, *, by, to, request):
        """请求协办：协办不单独计办理期限，主办统一答复。"""
        leg = self.add_leg("assist", by, to)
        self.involve("co", to)
        return transfer.about(leg)

    # 听证、调解：不停任何期限（rules R8）

    @act(Act.HEAR, refuses=[hearings.unlawful_hearing, hearings.somebody_must_step_back])
    @transition(
        field="state",
        source=State.ACCEPTED,
        target=None,
        conditions=[guards.may_be_heard, guards.no_hearing_is_open],
    )
    def hear(
        self,
        *,
        by,
        reason,
        held_on,
        held_at,
        until,
        place,
        host,
        members,
        recorder,
        asked=False,
        interests="",
        is_open=True,
    ):
        """决定听证并通知信访人：重大、复杂、疑难的可以举行；60 日不扣除（第三十一条第六项）。"""
        sits = {"host": host, "members": members, "recorder": recorder, "interests": interests}
        day = {"held_on": held_on, "held_at": held_at, "until": until, "place": place, "is_public": is_open}
        return hearings.call(self, by, organ=self.organ, **sits, **day)

    @act(Act.MEDIATE, refuses=[mediating.not_willing, mediating.wrong_people])
    @transition(
        field="state",
        source=State.ACCEPTED,
        target=None,
        conditions=[guards.may_be_mediated, guards.no_mediation_is_open],
    )
    def mediate(
        self,
        *,
        by,
        mode,
        disputants,
        dispute,
        mediator="",
        by_committee=False,
        consent=False,
        lawful=False,
        asked=False,
        interests="",
    ):
        """组织调解、和解：各方自愿，合法，在裁量权之内（第三十三条）；拖得再久也不停 60 日（rules E24）。"""
        told = {"mode": mode, "mediator": mediator, "disputants": disputants, "dispute": dispute}
        return mediating.open_one(self, **told, interests=interests, by_committee=by_committee)

    @act(Act.DRAFT, refuses=[objections.incomplete_findings, reviewing.repeats_the_quashed])
    @transition(field="state", source=State.ACCEPTED, target=None)
    def draft(self, *, by, facts, basis, findings, four_ends=None, difference=""):
        """起草处理意见：逐项结论、事实和理由、法律法规依据（第三十二条）；重作的写明与原意见的差异。"""
        opinion = ledger.add_opinion(self, by, facts, basis, findings, four_ends or {}, difference)
        return {"details": {"version": opinion.version}}

    # 督查

    @act(Act.SUBMIT)
    @transition(
        field="state",
        source=State.ACCEPTED,
        target=State.SUBMITTED,
        conditions=[
            guards.opinion_is_its_end,
            guards.has_draft,
            guards.draft_is_not_the_quashed_one,
            guards.draft_has_facts_and_basis,
            guards.draft_answers_every_claim,
            guards.petitioner_was_heard,
            guards.review_organ_is_known,
            guards.no_assist_is_open,
            guards.no_hearing_is_open,
            guards.nothing_pending,
        ],
    )
    def submit(self, *, by):
        """送督查核查：签发前由法制或督查岗位核对诉求、事实、法律、救济、程序；办理期限继续。"""
        opinion = self.latest_opinion
        opinion.passed = None
        opinion.save(update_fields=["passed"])
        kind, organ = self.checker()
        self.involve(kind, organ)
        return {"details": {"owed_by_organ": organ.pk}}

    @act(Act.RETURN)
    @transition(field="state", source=State.SUBMITTED, target=State.ACCEPTED)
    def return_draft(self, *, by, reason):
        """退回修改：写明理由，办理期限不停。"""
        transfer.checked(self, by, reason, passed=False)

    @act(Act.PASS, refuses=[objections.not_the_checker, acknowledgement.not_heeded])
    @transition(field="state", source=State.SUBMITTED, target=None, conditions=[guards.draft_not_yet_passed])
    def pass_draft(self, *, by, opinion="", overrides=None):
        """核查通过：可以签发。审核提示“请核对”的，`overrides` 逐条写明保留的理由。"""
        kept = acknowledgement.keep(self, by, overrides)
        transfer.checked(self, by, opinion, passed=True)
        return {"details": {"overrides": kept}} if kept else None
