"""信访事项：一条法定途径、一个承办机关、一台状态机 受理→办理→督查→办结。"""

from django.db import models
from django_fsm import GET_STATE, FSMField, transition

from petitions import guards, handover, ledger, objections, reviewing
from petitions.acting import act
from petitions.models.keeping import KeptPetition
from petitions.querysets import PetitionQuerySet
from petitions.states import APART, AT_WORK, OPEN, UNDECIDED, Kind, LegalPath, State
from rulebook.acts import Act
from rulebook.timekeeping import local_date, now


class Petition(KeptPetition):
    """The noun of the house. Every act is a method here; each runs through @act."""

    state = FSMField("状态", choices=State.choices, default=State.REGISTERED, protected=True)

    objects = PetitionQuerySet.as_manager()

    class Meta:
        verbose_name = "信访事项"
        constraints = [models.UniqueConstraint(fields=["submission", "ordinal"], name="one_petition_per_ordinal")]
        indexes = [
            models.Index(
                fields=["holder_organ", "next_due_on", "id"],
                name="open_by_holder",
                condition=models.Q(state__in=[str(state) for state in OPEN]),
            ),
            models.Index(
                fields=["next_due_on", "id"],
                name="open_by_due",
                condition=models.Q(state__in=[str(state) for state in OPEN]),
            ),
        ]

    def __str__(self):
        return self.number

    # 受理：acts in the order a petition meets them
    @act(Act.REGISTER)
    @transition(field=state, source=State.REGISTERED, target=State.REGISTERED, conditions=[guards.is_not_registered])
    def register(self, *, by):
        """登记：收到即登记，原话封存（第二十二条、第二十三条）。"""
        self.registered_at = now()
        self.registered_on = local_date(self.registered_at)

    @act(Act.CLASSIFY, refuses=[objections.path_without_record, objections.inquiry_once_accepted])
    @transition(field=state, source=[*UNDECIDED, State.ACCEPTED], target=None, conditions=[guards.is_registered])
    def classify(self, *, by, kind=None, path="", category=None, record=None):
        """定类定途径：三类事项与第三十一条六分支，逐项判定留痕。"""
        self.kind = kind or self.kind
        self.secrecy = max(self.secrecy, 1) if self.kind == Kind.REPORT else self.secrecy
        self.path = path
        self.category = category or self.category
        self.path_record = record or self.path_record

    @act(Act.FORWARD, refuses=[objections.unlawful_receiver])
    @transition(field=state, source=UNDECIDED, target=State.FORWARDED, conditions=guards.TO_HAND_ON)
    def forward(self, *, by, to, reason=""):
        """转送有权处理的机关（第二十二条）。"""
        return handover.hand_over(self, by, to, "forward")

    @act(Act.ASSIGN, refuses=[objections.unlawful_receiver, objections.unlawful_assigned_day])
    @transition(field=state, source=UNDECIDED, target=State.ASSIGNED, conditions=guards.TO_HAND_ON)
    def assign(self, *, by, to, due_on, report_required=True, reason=""):
        """交办：指定办理期限，要求反馈办结报告（第二十二条第一款第三项）。"""
        return handover.hand_over(self, by, to, "assign", due_on=due_on, report_required=report_required)

    @act(Act.ALLOT, refuses=[objections.not_a_colleague])
    @transition(field=state, source=OPEN, target=None, conditions=[guards.is_registered])
    def allot(self, *, by, to, section=None):
        """分派承办人（科室）。"""
        self.handler, self.section = to, section or to.organ
        self.end_involvement("handles", self.organ, keep_organ=True)
        self.involve("handles", self.section, user=to)

    @act(Act.OBJECT)
    @transition(
        field=state,
        source=[State.FORWARDED, State.ASSIGNED],
        target=State.OBJECTED,
        conditions=guards.TO_OBJECT,
    )
    def object(self, *, by, grounds, suggested=None):
        """异议：收到转送之日起 5 个工作日内，详述理由（第二十三条第三款）。"""
        leg = self.current_leg
        leg.objected_at, leg.objection, leg.suggested_organ = now(), grounds, suggested
        leg.save()
        return handover.about(leg)

    @act(Act.UPHOLD)
    @transition(field=state, source=State.OBJECTED, target=State.REGISTERED)
    def uphold(self, *, by, answer):
        """核实同意异议：材料退回，重新转送；原收到单位的告知期限作废，D01 不重置（第二十三条第三款）。"""
        leg = self.current_leg
        leg.answer, leg.answered_at, leg.upheld = answer, now(), True
        leg.finish("returned")
        handover.give_back(self, leg)
        return handover.about(leg)

    @act(Act.OVERRULE)
    @transition(
        field=state,
        source=State.OBJECTED,
        target=GET_STATE(lambda petition, **_: petition.state_of_leg(), states=[State.FORWARDED, State.ASSIGNED]),
    )
    def overrule(self, *, by, answer):
        """不同意异议：告知期限从原收到日继续，不重新起算。"""
        leg = self.current_leg
        leg.answer, leg.answered_at, leg.upheld = answer, now(), False
        leg.save()
        return handover.about(leg)

    @act(Act.ACCEPT)
    @transition(
        field=state,
        source=UNDECIDED,
        target=State.ACCEPTED,
        conditions=[
            guards.is_registered,
            guards.organ_is_competent,
            guards.is_appeal,
            guards.path_is_decided,
            guards.path_is_petition,
            guards.nothing_pending,
        ],
    )
    def accept(self, *, by):
        """受理并书面告知；第三十一条第六项的办理期限自此起算（第二十三条、第三十四条）。"""
        return handover.take_up(self, now())

    @act(Act.DEEM_ACCEPTED)
    @transition(field=state, source=UNDECIDED, target=State.ACCEPTED, conditions=[guards.organ_is_competent])
    def deem_accepted(self, *, by, on):
        """十五日届满未告知，视为该日受理，标“超期未告知”；办理期限从该日起（rules §9.1 守卫①）。"""
        self.path = self.path or LegalPath.PETITION
        return handover.take_up(self, now(), on=on)

    @act(Act.DECLINE, approval=True, refuses=[objections.no_ground])
    @transition(field=state, source=UNDECIDED, target=State.DECLINED, conditions=[guards.is_registered])
    def decline(self, *, by, ground, reason, way, authority, authority_address):
        """不予受理：法定情形、理由、应走途径，经审批（第十九条第三款、第二十八条）。"""
        return handover.conclude(self, "concluded")

    @act(Act.NOT_AGAIN, approval=True, refuses=[objections.new_facts, objections.no_earlier_case])
    @transition(field=state, source=UNDECIDED, target=State.NOT_AGAIN, conditions=[guards.is_registered])
    def not_again(
        self, *, by, earlier, ground, reason, new_facts=False, recheck_organ="", recheck_no="", recheck_on=None
    ):
        """不再受理：同一事实和理由，已复核终结或逾期未申请（第三十六条第三款）。"""
        self.repeat_of = earlier
        return handover.conclude(self, "concluded")

    @act(Act.REDIRECT)
    @transition(
        field=state,
        source=UNDECIDED,
        target=State.REDIRECTED,
        conditions=[*guards.TO_HAND_ON, guards.organ_is_competent],
    )
    def redirect(self, *, by, authority, authority_address, reason):
        """不属本机关职权的直接来件：书面告知向有权机关提出（第二十三条第一款）。"""
        return handover.conclude(self, "concluded")

    @act(Act.LEAD_IN, refuses=[objections.not_a_statutory_path])
    @transition(
        field=state,
        source=[*UNDECIDED, State.ACCEPTED],
        target=State.LED_IN,
        conditions=[guards.is_registered, guards.nothing_pending],
    )
    def lead_in(self, *, by, path, authority, reason, term=""):
        """导入法定途径：第三十一条第一至五项；信访期限就此停止。"""
        self.path = path
        return handover.conclude(self, "concluded")

    @act(Act.REFER, refuses=[objections.unlawful_referral])
    @transition(
        field=state,
        source=[*UNDECIDED, State.ACCEPTED],
        target=State.REPORTED,
        conditions=[guards.is_registered, guards.is_report],
    )
    def refer(self, *, by, to):
        """检举控告移交专岗：登记人就此失去查看权（第三十条、rules §1.16）。"""
        self.secrecy, self.path = max(self.secrecy, 1), LegalPath.REPORT
        facts = handover.conclude(self, "concluded")
        self.end_all_involvements()
        self.organ = to
        self.handler = self.section = None
        self.involve("discipline", to)
        return facts

    @act(Act.STUDY)
    @transition(
        field=state,
        source=[*UNDECIDED, State.ACCEPTED],
        target=State.STUDYING,
        conditions=[guards.is_registered, guards.is_suggestion, guards.organ_is_competent],
    )
    def study(self, *, by):
        """建议意见：研究论证，采纳或部分采纳的应当回复（第二十九条）。"""
        self.path = LegalPath.SUGGESTION
        self.first_handler = self.first_handler or self.organ
        return handover.conclude(self, "accepted")

    @act(Act.FILE, refuses=[objections.may_not_be_filed])
    @transition(field=state, source=UNDECIDED, target=State.FILED, conditions=[guards.is_registered])
    def file(self, *, by, reason):
        """存：匿名无法告知、无实质内容、表达情感的，登记存档并记理由。"""
        return handover.conclude(self, "concluded")

    @act(Act.MERGE, refuses=[objections.cannot_merge_into])
    @transition(field=state, source=UNDECIDED, target=State.MERGED, conditions=[guards.is_registered])
    def merge(self, *, by, into):
        """并案：随主件办理，不新开办理期限；每个信访人仍须告知（rules §1.11）。"""
        self.merged_into, self.repeat_of, self.matter = into, into, into.matter
        self.involve("handles", into.organ)
        return handover.conclude(self, "concluded", notified=True)  # 并案告知书随行为发出

    @act(Act.SPLIT)
    @transition(
        field=state,
        source=UNDECIDED,
        target=None,
        conditions=[guards.is_registered, guards.has_several_claims, guards.nothing_pending],
    )
    def split(self, *, by, siblings):
        """拆分：不同途径的诉求各成一件，同一来件之下并列（rules §1.7.1）。`siblings` is the number made."""

    # 办理

    @act(Act.INQUIRE)
    @transition(field=state, source=AT_WORK, target=None)
    def inquire(self, *, by, form, on=None):
        """记录调查、听取意见；不停任何期限。"""
        return {"happened_on": on}

    @act(Act.NOTE)
    @transition(field=state, source=list(State), target=None)
    def note(self, *, by):
        """内部备注：不对外，不影响期限。"""

    @act(Act.EXTEND, approval=True, refuses=[objections.unlawful_extension])
    @transition(
        field=state,
        source=[State.ACCEPTED, State.SUBMITTED],
        target=None,
        conditions=[guards.is_in_petition_procedure, guards.handling_clock_runs],
    )
    def extend(self, *, by, days, reason):
        """延期：情况复杂，经本机关、单位负责人批准，累计不超过三十日（第三十四条）。"""

    @act(Act.REPORT_BACK)
    @transition(
        field=state, source=[*AT_WORK, State.ISSUED, State.CLOSED], target=None, conditions=[guards.owes_a_report]
    )
    def report_back(self, *, by, report):
        """反馈办结报告或阶段性情况（第二十二条第一款第三项）。"""
        leg = max((leg for leg in self.legs.all() if leg.owes_report), key=lambda leg: leg.number)
        leg.report, leg.reported_at = report, now()
        leg.save()
        return handover.about(leg)

    @act(Act.ASK_ASSIST, refuses=[objections.unlawful_assistant])
    @transition(field=state, source=AT_WORK, target=None)
    def ask_assist(self, *, by, to, request):
        """请求协办：协办不单独计办理期限，主办统一答复。"""
        leg = self.add_leg("assist", by, to)
        self.involve("co", to)
        return handover.about(leg)

    @act(Act.DRAFT, refuses=[objections.incomplete_findings, reviewing.repeats_the_quashed])
    @transition(field=state, source=State.ACCEPTED, target=None)
    def draft(self, *, by, facts, basis, findings, four_ends=None, difference=""):
        """起草处理意见：逐项结论、事实和理由、法律法规依据（第三十二条）；重作的写明与原意见的差异。"""
        opinion = ledger.add_opinion(self, by, facts, basis, findings, four_ends or {}, difference)
        return {"details": {"version": opinion.version}}

    # 督查

    @act(Act.SUBMIT)
    @transition(
        field=state,
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

    @act(Act.RETURN)
    @transition(field=state, source=State.SUBMITTED, target=State.ACCEPTED)
    def return_draft(self, *, by, reason):
        """退回修改：写明理由，办理期限不停。"""
        handover.checked(self, by, reason, passed=False)

    @act(Act.PASS, refuses=[objections.not_the_checker])
    @transition(field=state, source=State.SUBMITTED, target=None, conditions=[guards.draft_not_yet_passed])
    def pass_draft(self, *, by, opinion=""):
        """核查通过：可以签发。"""
        handover.checked(self, by, opinion, passed=True)

    # 办结

    @act(Act.SIGN)
    @transition(
        field=state,
        source=State.SUBMITTED,
        target=State.ISSUED,
        conditions=[
            guards.draft_passed_check,
            guards.draft_is_not_the_quashed_one,
            guards.review_organ_is_known,
            guards.nothing_pending,
        ],
    )
    def sign(self, *, by):
        """签发信访处理意见书（第三十二条）；送达后信访人的复查申请期才起算。"""
        self.issued_at = now()
        self.involve("reviews", self.organ.review_organ)
        ledger.settle_claims(self)

    @act(Act.ANSWER)
    @transition(field=state, source=[*UNDECIDED, *APART], target=State.CLOSED, conditions=[guards.may_be_answered])
    def answer(self, *, by, outcome, reply):
        """答复建议、咨询，或反馈专岗办理结果；无复查复核（第二十九条、第三十条）。"""
        self.closed_at = now()
        return handover.conclude(self, "concluded")

    @act(Act.CLOSE)
    @transition(field=state, source=State.ISSUED, target=State.CLOSED, conditions=[guards.everyone_is_served])
    def close(self, *, by):
        """办结：意见书已逐人送达。"""
        self.closed_at = now()

    @act(Act.SETTLE)
    @transition(field=state, source=State.CLOSED, target=State.SETTLED, conditions=guards.TO_SETTLE)
    def settle(self, *, by):
        """程序终结：复查、复核的申请期届满未申请，或者复核意见已经送达（第三十五条、第三十六条）。"""

    # 复查、复核引起的

    @act(Act.REVIVE)
    @transition(field=state, source=State.SETTLED, target=State.CLOSED)
    def revive(self, *, by):
        """逾期申请有正当理由的，程序终结之后仍由复查（复核）机关决定是否准许（参照民事诉讼法第八十六条）。"""

    @act(Act.REDO)
    @transition(field=state, source=[State.ISSUED, State.CLOSED], target=State.ACCEPTED)
    def redo(self, *, by, due_on):
        """责令重新作出：不得以同一事实和理由作出相同或者基本相同的意见；期限从责令书（rules §1.9.3）。"""
        self.closed_at = None
        self.involve("handles", self.organ)
        return {"details": {"path": self.path, "owed_by_organ": self.organ_id}}

    @act(Act.TERMINATE, approval=True, refuses=[objections.no_cause_to_terminate])
    @transition(field=state, source=OPEN, target=State.TERMINATED, conditions=guards.TO_TERMINATE)
    def terminate(self, *, by, ground, reason):
        """终止：撤回、死亡无承继等；检举控告须专岗批准（rules §9.1 守卫⑦）。"""
        self.closed_at = now()
        return handover.conclude(self, "concluded")

    @act(Act.REOPEN)
    @transition(field=state, source=[State.LED_IN, State.DECLINED, State.REDIRECTED], target=State.REGISTERED)
    def reopen(self, *, by, reason):
        """法定途径不予受理等情形退回：重新分类，新起告知期限（rules §1.7.2 兜底）。"""
        self.path, self.closed_at = "", None
        self.involve("handles", self.organ)
        return {"details": {"owed_by_organ": self.organ_id, **self.log_facts()}}

    @act(Act.ARCHIVE)
    @transition(
        field=state,
        source=[State.SETTLED, State.TERMINATED, State.NOT_AGAIN, State.FILED, State.MERGED],
        target=State.ARCHIVED,
        conditions=[guards.no_order_is_open, guards.main_case_is_over],
    )
    def archive(self, *, by):
        """归档；已并案的随主件，主件终结后才归档。"""
