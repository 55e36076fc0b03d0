"""并案、关联：a petition's acts that tie it to others on the same matter and loose it again. None destroys anything."""

from django_fsm import GET_STATE, transition

from petitions.act import guards
from petitions.act.decorator import act
from petitions.act.states import OPEN, UNDECIDED, State
from petitions.joint import rules as joints
from rulebook.acts import Act

# 已并案的随主件；前后几年的同一争议也是一个事项组，归了档的照样关联
NOT_MERGED = [state for state in State if state != State.MERGED]
NOT_FILED_AWAY = [state for state in NOT_MERGED if state != State.ARCHIVED]


class Joining:
    """并案与拆并、事项组、重复件、重点件 (rules §1.11、§5.2；并案不免除告知，第二十三条)."""

    @act(Act.MERGE, refuses=[joints.cannot_merge_into])
    @transition(field="state", source=UNDECIDED, target=State.MERGED, conditions=[guards.is_registered])
    def merge(self, *, by, into):
        """并案：随主件办理，不新开办理期限；每个信访人仍须告知（rules §1.11）。"""
        return joints.join(self, into)

    @act(Act.UNMERGE, refuses=[joints.cannot_part])
    @transition(
        field="state",
        source=State.MERGED,
        target=GET_STATE(lambda petition, **_: joints.state_before_merging(petition), states=list(UNDECIDED)),
    )
    def unmerge(self, *, by, reason):
        """拆并：回到并案前的样子；并案停下的期限从各自原来的起算日接着走，如同没有并过。"""
        return joints.part(self)

    @act(Act.RELATE, refuses=[joints.already_in])
    @transition(field="state", source=NOT_MERGED, target=None, conditions=[guards.is_registered])
    def relate(self, *, by, matter):
        """关联为同一事项：归入一个事项组，各办各的，期限互不影响。"""
        self.matter = matter

    @act(Act.UNRELATE)
    @transition(field="state", source=NOT_MERGED, target=None, conditions=[guards.is_in_a_matter])
    def unrelate(self, *, by, reason):
        """解除关联：本件离开事项组，组里其他件不变。"""
        left, self.matter = self.matter_id, None
        return {"details": {"matter": left}}

    @act(Act.MARK_REPEAT, refuses=[joints.not_a_repeat])
    @transition(field="state", source=NOT_FILED_AWAY, target=None, conditions=[guards.is_registered])
    def mark_repeat(self, *, by, earlier=None):
        """标注重复件：`earlier` 是在先的那一件；不给则取消标注。只作标志，不影响办理和期限（rules §1.11）。"""
        self.repeat_of = earlier

    @act(Act.MARK_KEY, refuses=[joints.already_so_marked])
    @transition(field="state", source=OPEN, target=None, conditions=[guards.is_registered])
    def mark_key(self, *, by, key, reason):
        """列为（不再列为）重点件：签发前改由交办的信访部门核查；不影响期限。"""
        self.key_case = key
        if self.state == State.SUBMITTED and not self.latest_opinion.passed:
            kind, organ = self.checker()
            self.involve(kind, organ)
