"""办结：a petition's acts from the signed opinion to the file cabinet, and the ways back."""

from django_fsm import transition

from petitions.acceptance import referral, transfer
from petitions.acceptance.simple import rules as simple
from petitions.act import guards, objections
from petitions.act.decorator import act
from petitions.act.states import APART, ENDED, FINAL, OPEN, UNDECIDED, Kind, Procedure, State
from petitions.closing import archive as filing
from petitions.closing import closing_report
from petitions.closing import rules as closing
from petitions.closing.execution import rules as executing
from petitions.dispute import rules as disputing
from petitions.handling.instruction import rules as instructing
from petitions.letters import amendment
from petitions.parties import representation
from petitions.record import ledger
from petitions.service import rules as serving
from rulebook.acts import Act
from rulebook.terms import OPINION, Unit
from rulebook.timekeeping import now


class Concluding:
    """签发、答复、办结、终结、终止、归档，复查复核引起的恢复与重作 (第三十二条至第三十六条)."""

    @act(Act.SIGN, refuses=[objections.signs_own_work, executing.unlawful_days])
    @transition(
        field="state",
        source=State.SUBMITTED,
        target=State.ISSUED,
        conditions=[
            guards.draft_passed_check,
            guards.draft_is_not_the_quashed_one,
            guards.review_organ_is_known,
            guards.nothing_pending,
        ],
    )
    def sign(self, *, by, days=None, unit=Unit.DAY):
        """签发信访处理意见书（第三十二条）；送达后信访人的复查申请期才起算。

        `days` 个自然日或者工作日（`unit`）内落实所支持的诉求，不写的按城市规则的默认天数。
        """
        self.issued_at = now()
        self.involve("reviews", self.organ.review_organ)
        ledger.settle_claims(self)

    @act(Act.AMEND, refuses=[amendment.unlawful_amendment])
    @transition(
        field="state",
        source=[state for state in State if state != State.ARCHIVED],
        target=None,
        conditions=[amendment.has_issued_letter],
    )
    def amend(self, *, by, letter, mistake, corrected, reason):
        """更正文书：正文发出即固定，文字差错另发更正告知书；不改变结论，不影响任何期限。"""
        return {"details": {"letter": letter.letter.kind, "amends": letter.letter_id}}

    @act(Act.ANSWER, refuses=[objections.remedy_in_a_reply, referral.incomplete_reply])
    @transition(
        field="state",
        source=[*UNDECIDED, *APART],
        target=State.CLOSED,
        conditions=[guards.may_be_answered],
    )
    def answer(self, *, by, outcome, reply, facts="", basis="", reconsider_organ="", court="", reconsider_first=""):
        """答复建议、咨询，反馈专岗办理结果，或者第三十一条第四、五项的程序性答复；无复查复核。"""
        self.closed_at = now()
        return transfer.conclude(self, "concluded")

    @act(Act.ANSWER_SIMPLY, refuses=[simple.not_a_simple_answer, simple.nobody_told])
    @transition(
        field="state",
        source=State.ACCEPTED,
        target=State.CLOSED,
        conditions=[guards.is_simple, guards.nothing_pending],
    )
    def answer_simply(self, *, by, outcome, reply, means="", paper=False):
        """简易答复：简短的处理意见，电话、短信、网络、当面答复；要纸质的出纸质，期限不变（rules E62）。"""
        self.closed_at = now()
        if self.kind == Kind.APPEAL:
            self.claims.update(finding=outcome, answer=reply)
        return transfer.conclude(self, "concluded")

    @act(Act.ALLOW_NOTICE, approval=True, refuses=[serving.unlawful_notice])
    @transition(field="state", source=[state for state in State if state not in FINAL], target=None)
    def allow_notice(self, *, by, service, reason):
        """准予公告送达：其他方式送达不到的最后办法，条例无明文，须经批准（参照民事诉讼法第九十五条）。"""
        service.notice_allowed_at = now()
        service.save(update_fields=["notice_allowed_at"])
        return {"scope": service.log_scope, "details": service.log_facts()}

    @act(Act.RECORD_ENDS, refuses=[closing_report.ends_left_open])
    @transition(field="state", source=ENDED, target=None)
    def record_ends(self, *, by, ends):
        """记录四个到位：逐项写明，不涉及的留空（第二十七条）；重新作出意见的重新记录。"""
        closing_report.record(self, by, ends)

    @act(Act.REPORT_BACK, refuses=[closing_report.report_left_open])
    @transition(field="state", source=ENDED, target=None, conditions=[guards.owes_a_report, guards.ends_are_recorded])
    def report_back(self, *, by, facts, handling, execution):
        """反馈办结报告：调查、处理、四个到位、落实（第二十二条第一款第三项、第二十七条）。"""
        leg = closing_report.owing(self)
        leg.report, leg.reported_at = "\n".join((facts, handling, execution)), now()
        leg.save()
        return transfer.about(leg)

    @act(Act.CLOSE)
    @transition(
        field="state",
        source=State.ISSUED,
        target=State.CLOSED,
        conditions=[closing.everyone_is_served, closing.ends_do_not_hold_it_up],
    )
    def close(self, *, by):
        """办结：意见书已逐人送达。"""
        self.closed_at = now()

    @act(Act.CLOSE_AGREED)
    @transition(
        field="state",
        source=State.ACCEPTED,
        target=State.CLOSED,
        conditions=[
            guards.has_an_agreement,
            guards.no_mediation_is_open,
            guards.no_hearing_is_open,
            guards.nothing_pending,
        ],
    )
    def close_agreed(self, *, by):
        """依协议办结：调解、和解达成协议并制作协议书的，不再出具处理意见书（第三十三条、rules E24）。"""
        self.closed_at = now()
        self.claims.update(
            answer=f"已达成协议，按协议履行（{self.mediations.filter(state='agreed').latest('pk').agreed_on:%Y-%m-%d}）"
        )
        return transfer.conclude(self, "concluded")

    @act(Act.SETTLE)
    @transition(field="state", source=State.CLOSED, target=State.SETTLED, conditions=closing.TO_SETTLE)
    def settle(self, *, by):
        """程序终结：复查、复核申请期满未申请，复核意见已经送达，或者已经答复、依协议办结而再没有可以申请的。

        简易答复的要等可以转为普通程序的 60 日过去，人民调解协议要等共同申请司法确认的 30 日过去（rules §3、§1.8）。
        """
        return {"details": {"ground": closing.settled_because(self)}}

    # 复查、复核引起的

    @act(Act.REVIVE)
    @transition(field="state", source=State.SETTLED, target=State.CLOSED)
    def revive(self, *, by):
        """逾期申请有正当理由的，程序终结之后仍由复查（复核）机关决定是否准许（参照民事诉讼法第八十六条）。"""

    @act(Act.REDO)
    @transition(field="state", source=[State.ISSUED, State.CLOSED], target=State.ACCEPTED)
    def redo(self, *, by, due_on):
        """责令重新作出：不得以同一事实和理由作出相同或者基本相同的意见；期限从责令书（rules §1.9.3）。"""
        self.closed_at = None
        # 还没有送出去的原意见书不再送达
        self.services.waiting().filter(letter__kind=OPINION).update(recalled=True, required=False)
        self.involve("handles", self.organ)
        return {"details": {"path": self.path, "owed_by_organ": self.organ_id}}

    @act(Act.DROP_REDO)
    @transition(field="state", source=[State.ACCEPTED, State.SUBMITTED], target=State.CLOSED)
    def drop_redo(self, *, by):
        """复核撤销、变更了责令重作的复查意见：复核意见为终局，不再重新作出处理意见（第三十六条）。"""
        self.closed_at = now()
        self.end_involvement(*self.checker())
        return transfer.conclude(self, "concluded")

    @act(Act.TERMINATE, approval=True, refuses=[representation.no_cause_to_terminate])
    @transition(field="state", source=OPEN, target=State.TERMINATED, conditions=closing.TO_TERMINATE)
    def terminate(self, *, by, ground, reason, on=None, again=""):
        """终止：撤回（`on` 申请日、`again` 今后是否再提）、死亡无承继等；检举控告须专岗批准（rules §9.1 守卫⑦）。"""
        self.closed_at = now()
        disputing.end_with(self, by)
        if ground == "withdrawn":
            representation.keep_last_withdrawal(self, on=on, reason=reason, again=again)
        return transfer.conclude(self, "concluded")

    @act(Act.REOPEN)
    @transition(
        field="state",
        source=[State.LED_IN, State.IN_PROCEDURE, State.DECLINED, State.REDIRECTED],
        target=State.REGISTERED,
    )
    def reopen(self, *, by, reason):
        """法定途径不予受理等情形退回：重新分类，新起告知期限（rules §1.7.2 兜底）。"""
        self.path, self.closed_at, self.procedure = "", None, Procedure.NORMAL
        self.involve("handles", self.organ)
        return {"details": {"owed_by_organ": self.organ_id, **self.log_facts()}}

    @act(Act.ARCHIVE, refuses=[executing.undone_before_archiving, filing.unlawful_filing])
    @transition(
        field="state",
        source=[State.SETTLED, State.TERMINATED, State.NOT_AGAIN, State.FILED, State.MERGED],
        target=State.ARCHIVED,
        conditions=[closing.no_order_is_open, instructing.no_instruction_is_open, closing.main_case_is_over],
    )
    def archive(self, *, by, reason="", retention="", pages=None, papers=filing.PAPERS):
        """归档：编档号、出目录；已并案的随主件，主件终结后才归档；落实任务没有完成的，写明先归档的理由。

        `retention` 保管期限，空的照城市规则；`pages` 数不出页数的材料各几页（附件键 → 页）；`papers` 纸件。
        """
