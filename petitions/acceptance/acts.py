"""受理：a petition's acts from the desk where it is registered to the organ that takes it up or turns it away."""

from django_fsm import GET_STATE, transition

from petitions.acceptance import referral, transfer
from petitions.acceptance.simple import rules as simple
from petitions.act import guards, objections
from petitions.act.decorator import act
from petitions.act.states import OPEN, UNDECIDED, Kind, LegalPath, Procedure, State
from petitions.closing import rules as closing
from petitions.closing import solicitation
from petitions.dispute import rules as disputing
from petitions.record.ledger import page_of
from rulebook.acts import Act
from rulebook.timekeeping import local_date, now

# 不予受理、不再受理的情形由人选定；另外两种“不办”只有一种情形，日志里同样记下条款（rules §1.6）
REDIRECTED, RETURNED = "23-1", "23-3"


class Receiving:
    """登记、定类、转送交办、异议、受理与各种不进入信访程序的去向 (第二十二条至第三十一条)."""

    @act(Act.REGISTER)
    @transition(field="state", source=State.REGISTERED, target=State.REGISTERED, conditions=[guards.is_not_registered])
    def register(self, *, by):
        """登记：收到即登记，原话封存（第二十二条、第二十三条）。"""
        self.registered_at = now()
        self.registered_on = local_date(self.registered_at)

    @act(Act.CLASSIFY, refuses=[objections.path_without_record, objections.inquiry_once_accepted])
    @transition(field="state", source=[*UNDECIDED, State.ACCEPTED], target=None, conditions=[guards.is_registered])
    def classify(self, *, by, kind=None, path="", category=None, record=None):
        """定类定途径：三类事项与第三十一条六分支，逐项判定留痕。"""
        self.kind = kind or self.kind
        self.secrecy = max(self.secrecy, 1) if self.kind == Kind.REPORT else self.secrecy
        self.path = path
        self.path_record = record or self.path_record
        if category is None or category.pk == self.category_id:
            return None
        was, self.category = self.category_id, category
        if not page_of(self):  # 阶梯可以按类别写：改了类别，下一次巡查重看
            self.deadlines.wake()
        return {"details": {"category_before": was}}

    @act(Act.FORWARD, refuses=[objections.unlawful_receiver])
    @transition(field="state", source=UNDECIDED, target=State.FORWARDED, conditions=guards.TO_HAND_ON)
    def forward(self, *, by, to, reason=""):
        """转送有权处理的机关（第二十二条）。"""
        return transfer.hand_over(self, by, to, "forward")

    @act(Act.ASSIGN, refuses=[objections.unlawful_receiver, objections.unlawful_assigned_day])
    @transition(field="state", source=UNDECIDED, target=State.ASSIGNED, conditions=guards.TO_HAND_ON)
    def assign(self, *, by, to, due_on, report_required=True, reason=""):
        """交办：指定办理期限，要求反馈办结报告（第二十二条第一款第三项）。"""
        return transfer.hand_over(self, by, to, "assign", due_on=due_on, report_required=report_required)

    @act(Act.ALLOT, refuses=[objections.not_a_colleague])
    @transition(field="state", source=OPEN, target=None, conditions=[guards.is_registered])
    def allot(self, *, by, to, section=None):
        """分派承办人（科室）。"""
        self.handler, self.section = to, section or to.organ
        self.end_involvement("handles", self.organ, keep_organ=True)
        self.involve("handles", self.section, user=to)

    @act(Act.OBJECT)
    @transition(
        field="state",
        source=[State.FORWARDED, State.ASSIGNED],
        target=State.OBJECTED,
        conditions=guards.TO_OBJECT,
    )
    def object(self, *, by, grounds, suggested=None, basis=""):
        """异议：收到转送之日起 5 个工作日内，详述理由（第二十三条第三款）。"""
        leg = self.current_leg
        leg.objected_at, leg.objection, leg.suggested_organ = now(), grounds, suggested
        leg.save()
        return transfer.back_to_sender(leg)

    @act(Act.UPHOLD)
    @transition(field="state", source=State.OBJECTED, target=State.REGISTERED)
    def uphold(self, *, by, answer):
        """核实同意异议：材料退回，重新转送；原收到单位的告知期限作废，D01 不重置（第二十三条第三款）。"""
        leg = self.current_leg
        leg.answer, leg.answered_at, leg.upheld = answer, now(), True
        leg.finish("returned")
        transfer.give_back(self, leg)
        facts = transfer.back_to_sender(leg)
        return facts | {"details": facts["details"] | {"ground": RETURNED}}

    @act(Act.OVERRULE)
    @transition(
        field="state",
        source=State.OBJECTED,
        target=GET_STATE(lambda petition, **_: petition.state_of_leg(), states=[State.FORWARDED, State.ASSIGNED]),
    )
    def overrule(self, *, by, answer):
        """不同意异议：告知期限从原收到日继续，不重新起算。"""
        leg = self.current_leg
        leg.answer, leg.answered_at, leg.upheld = answer, now(), False
        leg.save()
        return transfer.about(leg)

    @act(Act.REQUEST_DESIGNATION, refuses=[disputing.cannot_be_raised])
    @transition(
        field="state",
        source=[*UNDECIDED, State.OBJECTED, State.ACCEPTED],
        target=State.DISPUTED,
        conditions=guards.TO_REQUEST_DESIGNATION,
    )
    def request_designation(self, *, by, grounds, suggested=None, cause="requested"):
        """报请指定管辖：受理有争议的，由共同的上一级决定；没有的由联席会议协调（第二十四条）。期限不停。

        受理以后才发现不属本单位职权的，不能再异议，先与 `suggested` 协商，再报共同的上一级决定（rules E14）。
        """
        cause = disputing.TAKEN_UP if self.state == State.ACCEPTED else cause
        return disputing.raise_dispute(self, by, grounds=grounds, suggested=suggested, cause=cause)

    @act(Act.DESIGNATE, refuses=[disputing.unlawful_ruling])
    @transition(
        field="state",
        source=State.DISPUTED,
        target=GET_STATE(disputing.state_ruled, states=[State.FORWARDED, State.ACCEPTED]),
    )
    def designate(self, *, by, to, positions, decisions, host, held_at="", place=""):
        """指定管辖：被指定的机关不得再提出异议；信访人的告知期限不重新起算（第二十四条）。

        已经受理的，由被指定的机关承接，受理仍然有效，办理期限从原受理之日接着计算。
        """
        words = {"positions": positions, "decisions": decisions, "host": host, "held_at": held_at, "place": place}
        return disputing.rule(self, by, to, **words)

    @act(Act.WITHDRAW_DESIGNATION, refuses=[disputing.not_the_requester])
    @transition(
        field="state",
        source=State.DISPUTED,
        target=GET_STATE(
            disputing.state_before,
            states=[State.REGISTERED, State.FORWARDED, State.ASSIGNED, State.OBJECTED, State.ACCEPTED],
        ),
    )
    def withdraw_designation(self, *, by, reason):
        """撤回报请：各方协商一致的，回到原来的一步（第二十四条：协商受理）。"""
        return disputing.withdraw(self, by)

    @act(Act.ACCEPT)
    @transition(
        field="state",
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
        self.procedure = Procedure.NORMAL
        return transfer.take_up(self, now())

    @act(Act.SUGGEST_SIMPLE, refuses=[simple.unfit])
    @transition(
        field="state",
        source=UNDECIDED,
        target=None,
        conditions=[guards.is_at_petition_office, *guards.TO_BE_SIMPLE, guards.is_not_yet_suggested],
    )
    def suggest_simple(self, *, by, ground, bars=()):
        """建议简易办理：随转送、交办标明；转送、对方告知各有 3 个工作日的内控，从收到之日算。"""
        return simple.suggested(self)

    @act(Act.ACCEPT_SIMPLY, refuses=[simple.unfit, simple.nobody_told])
    @transition(
        field="state",
        source=UNDECIDED,
        target=State.ACCEPTED,
        conditions=[
            guards.organ_is_competent,
            *guards.TO_BE_SIMPLE,
            guards.path_is_decided,
            guards.path_is_petition_or_suggestion,
        ],
    )
    def accept_simply(self, *, by, ground, bars=(), means="", paper=False):
        """简易受理：初次、简单的件，电话、短信、网络、当面告知；要纸质的出纸质。10 个工作日内答复，60 日仍是底线。"""
        self.procedure, self.path = Procedure.SIMPLE, simple.path_of(self)
        return transfer.take_up(self, now())

    @act(Act.DEEM_ACCEPTED)
    @transition(field="state", source=UNDECIDED, target=State.ACCEPTED, conditions=[guards.organ_is_competent])
    def deem_accepted(self, *, by, on):
        """十五日届满未告知，视为该日受理，标“超期未告知”；办理期限从该日起（rules §9.1 守卫①）。"""
        self.path, self.procedure = self.path or LegalPath.PETITION, Procedure.NORMAL
        return transfer.take_up(self, now(), on=on)

    @act(Act.DECLINE, approval=True, refuses=[objections.no_ground])
    @transition(field="state", source=UNDECIDED, target=State.DECLINED, conditions=[guards.is_registered])
    def decline(self, *, by, ground, reason, way, authority, authority_address, evidence=""):
        """不予受理：法定情形、理由、依据材料、应走途径，经审批（第十九条第三款、第二十八条）。"""
        return transfer.conclude(self, "concluded")

    @act(Act.NOT_AGAIN, approval=True, refuses=[objections.new_facts, objections.no_earlier_case])
    @transition(field="state", source=UNDECIDED, target=State.NOT_AGAIN, conditions=[guards.is_registered])
    def not_again(
        self,
        *,
        by,
        ground,
        reason,
        earlier=None,
        new_facts=False,
        recheck_organ="",
        recheck_no="",
        recheck_on=None,
        final_organ="",
        final_no="",
        final_on=None,
    ):
        """不再受理：同一事实和理由，已复核终结或逾期未申请（第三十六条第三款），或者涉法涉诉已依法终结（第三十七条第三款）。

        `earlier` 前案，涉法涉诉的可以没有；`recheck_…` 复核意见书、`final_…` 终结文书的机关、文号、日期。
        """
        self.repeat_of = earlier or self.repeat_of
        return transfer.conclude(self, "concluded")

    @act(Act.REDIRECT)
    @transition(
        field="state",
        source=UNDECIDED,
        target=State.REDIRECTED,
        conditions=[*guards.TO_HAND_ON, guards.organ_is_competent],
    )
    def redirect(self, *, by, authority, authority_address, reason):
        """不属本机关职权的直接来件：书面告知向有权机关提出（第二十三条第一款）。"""
        return transfer.conclude(self, "concluded", ground=REDIRECTED)

    @act(Act.LEAD_IN, refuses=[objections.not_a_statutory_path, referral.unlawful_authority, referral.unlawful_day])
    @transition(
        field="state",
        source=[*UNDECIDED, State.ACCEPTED],
        target=GET_STATE(referral.state_led_into, states=[State.LED_IN, State.IN_PROCEDURE]),
        conditions=[guards.is_registered, guards.nothing_pending, closing.no_recheck_goes_on],
    )
    def lead_in(self, *, by, path, authority, reason, term="", due_on=None):
        """导入法定途径：第三十一条第一至五项；信访期限就此停止。

        本机关自己的程序由本机关接着办，以程序性答复了结；其中履行法定职责的，自接到申请之日起两个月（D19），`due_on` 是
        法律、法规另外规定的届满日。
        """
        self.path = path
        return transfer.conclude(
            self, "concluded", **(referral.own_procedure(self) if referral.is_own(self, authority) else {})
        )

    @act(Act.REFER, refuses=[objections.unlawful_referral])
    @transition(
        field="state",
        source=[*UNDECIDED, State.ACCEPTED],
        target=State.REPORTED,
        conditions=[guards.is_registered, guards.is_report, closing.no_recheck_goes_on],
    )
    def refer(self, *, by, to, authority_ground="", secrecy_mark=referral.SECRECY):
        """检举控告移交专岗，随出转送函：登记人就此失去查看权（第三十条、rules §1.16）。

        `authority_ground` 管理权限判断，不写的用通常的一句；`secrecy_mark` 转送函上标的密级。
        """
        self.secrecy, self.path = max(self.secrecy, 1), LegalPath.REPORT
        self.procedure = Procedure.NORMAL
        facts = transfer.conclude(self, "concluded")
        self.end_all_involvements()
        self.organ = to
        self.handler = self.section = None
        self.involve("discipline", to)
        return facts

    @act(Act.STUDY)
    @transition(
        field="state",
        source=[*UNDECIDED, State.ACCEPTED],
        target=State.STUDYING,
        conditions=[
            guards.is_registered,
            guards.is_suggestion,
            guards.organ_is_competent,
            closing.no_recheck_goes_on,
        ],
    )
    def study(self, *, by):
        """建议意见：研究论证，采纳或部分采纳的应当回复（第二十九条）。"""
        self.path, self.procedure = LegalPath.SUGGESTION, Procedure.NORMAL
        self.first_handler = self.first_handler or self.organ
        return transfer.conclude(self, "accepted")

    @act(Act.TO_SUGGESTION)
    @transition(
        field="state",
        source=[State.STUDYING, State.CLOSED],
        target=None,
        conditions=[guards.is_suggestion, solicitation.may_be_read_by_others, solicitation.not_turned_yet],
    )
    def to_suggestion(self, *, by, number):
        """转人民建议征集（第二十九条）：本件的研究、答复照常，期限一天不变；`number` 是人民建议的编号。"""
        return {"details": {"suggestion": number}}

    @act(Act.FILE, refuses=[objections.may_not_be_filed])
    @transition(field="state", source=UNDECIDED, target=State.FILED, conditions=[guards.is_registered])
    def file(self, *, by, reason):
        """存：匿名无法告知、无实质内容、表达情感的，登记存档并记理由。"""
        return transfer.conclude(self, "concluded")

    @act(Act.SPLIT)
    @transition(
        field="state",
        source=[*UNDECIDED, State.ACCEPTED],
        target=None,
        conditions=guards.TO_SPLIT,
    )
    def split(self, *, by, siblings):
        """拆分：不同途径的诉求各成一件，同一来件之下并列（rules §1.7.1）。`siblings` is the number made."""
