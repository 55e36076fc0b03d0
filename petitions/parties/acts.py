"""信访人：a petition's acts about who petitions, who stands for them, and what was taken down of them."""

from django_fsm import transition

from petitions.act import guards
from petitions.act.decorator import act
from petitions.act.states import AT_WORK, FINAL, UNDECIDED, State
from petitions.intake import correction, interview
from petitions.parties import representation
from rulebook.acts import Act

BEFORE_THE_OPINION = [*UNDECIDED, State.OBJECTED, *AT_WORK, State.MERGED]
NOT_OVER = [state for state in State if state not in FINAL]


class Representing:
    """更正登记、代理监护、承继、死亡、撤回 (第十九条、第二十条；rules §1.15、§5.2). 都不停止、不重起任何期限."""

    @act(Act.CORRECT, refuses=[correction.unlawful_correction])
    @transition(field="state", source=NOT_OVER, target=None, conditions=[guards.is_registered])
    def correct(self, *, by, changes, reason, party=None, received_on=None, ground=""):
        """更正登记信息：`changes` 是栏目 → 新值；原话不改；收到日有凭证才改，期限随之重读。"""
        return {"details": correction.apply(self, party=party, changes=changes, received_on=received_on, ground=ground)}

    @act(Act.AUTHORISE, refuses=[representation.no_authority])
    @transition(field="state", source=NOT_OVER, target=None, conditions=[guards.is_registered])
    def authorise(self, *, by, party, kind, name, authority, phone="", address="", special_powers=False, until=None):
        """登记代理人、监护人：凭授权委托书、监护关系证明，替 `party` 提出和收受文书。"""
        powers = {"authority": authority, "special_powers": special_powers, "authority_until": until}
        who = {"name": name, "phone": phone, "address": address}
        return representation.enter(self, party, role=kind, acts_for=party, **who, **powers)

    @act(Act.DECEASE, refuses=[representation.cannot_have_died])
    @transition(field="state", source=NOT_OVER, target=None, conditions=[guards.is_registered])
    def decease(self, *, by, party, on, evidence):
        """信访人死亡：其余信访人的照常办；有承继人的登记承继人，没有的报请终止。期限不停（rules E57）。"""
        return representation.depart(self, party, party.Standing.DECEASED, on)

    @act(Act.SUCCEED, refuses=[representation.cannot_succeed])
    @transition(
        field="state",
        source=NOT_OVER,
        target=None,
        conditions=[guards.is_registered, representation.somebody_may_be_succeeded],
    )
    def succeed(self, *, by, party, name, evidence, id_number="", phone="", address=""):
        """承继：近亲属（承继单位）确认继续提出，接替死亡的信访人；期限、已出文书都不重来（rules E57）。"""
        return representation.take_over(self, party, name=name, id_number=id_number, phone=phone, address=address)

    @act(Act.LEAVE, refuses=[representation.cannot_leave])
    @transition(field="state", source=BEFORE_THE_OPINION, target=None, conditions=[guards.is_registered])
    def leave(self, *, by, party, on, reason, scope="all", claims=(), again="unsaid"):
        """几名信访人中一人书面撤回，或者代理、监护解除：只对本人有效，其余的照常办（F16）。"""
        return representation.withdraw(self, party, on=on, reason=reason, scope=scope, claims=claims, again=again)

    @act(Act.REISSUE_CODE, refuses=[representation.no_ground_for_a_new_code])
    @transition(field="state", source=NOT_OVER, target=None, conditions=[guards.is_registered])
    def reissue_code(self, *, by, party, identity):
        """补发查询码：当面核对身份以后另发查询码、口令和登记回执，旧的作废；联名的各补各的。"""
        facts = representation.new_code(party)
        return {"details": facts["details"] | {"identity": identity}}

    @act(Act.TAKE_DOWN, refuses=[interview.incomplete])
    @transition(field="state", source=NOT_OVER, target=None, conditions=[guards.is_registered])
    def take_down(self, *, by, held_at, place, spoke_with, asked_by, recorder, dialogue, present=()):
        """接访笔录：一问一答，宣读或者过目后签名（第十九条）；原话不因此改动，不影响任何期限。"""
