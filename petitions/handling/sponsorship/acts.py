"""领导包案：a leader takes one petition upon themselves. It moves no day and takes it from nobody's hands."""

from django_fsm import transition

from accounts.models import Relation
from petitions.act import guards
from petitions.act.decorator import act
from petitions.act.states import OPEN, State
from petitions.handling.sponsorship import rules as sponsoring
from rulebook.acts import Act

NOT_FILED_AWAY = [state for state in State if state != State.ARCHIVED]


class Sponsoring:
    """包案与结束包案 (第十八条第二款)：一件一位领导；换人另办一次包案，前一位随之结束。"""

    @act(Act.SPONSOR, refuses=[sponsoring.unlawful])
    @transition(
        field="state",
        source=OPEN,
        target=None,
        conditions=[guards.is_registered, sponsoring.is_not_confidential],
    )
    def sponsor(self, *, by, to, reason, due_on=None):
        """包案：`to` 是包案领导；`due_on` 是化解时限，可以不定，不是法定期限。"""
        before = sponsoring.current(self)
        if before is not None:
            self.end_involvement(Relation.SPONSOR, before.organ)
        self.involve(Relation.SPONSOR, to.organ, user=to)
        return {"details": {"before": before.user_id} if before is not None else {}}

    @act(Act.END_SPONSORING, refuses=[sponsoring.without_reason])
    @transition(field="state", source=NOT_FILED_AWAY, target=None, conditions=[sponsoring.is_sponsored])
    def end_sponsoring(self, *, by, outcome, reason):
        """结束包案：`outcome` 是化解、稳控的结论；办结以后也可以。"""
        row = sponsoring.current(self)
        self.end_involvement(Relation.SPONSOR, row.organ)
        return {"details": {"before": row.user_id}}
