"""批示：a leader's instruction on a petition, and the report of what came of it. Neither moves a day of the law."""

from django_fsm import transition

from petitions.act import guards
from petitions.act.decorator import act
from petitions.act.states import OPEN, State
from petitions.handling.instruction import rules as instructing
from rulebook.acts import Act

# 并案、终止的，批示随之作废；归档以前须已报告
REPORTABLE = [state for state in State if state not in (State.MERGED, State.TERMINATED, State.ARCHIVED)]


class Instructing:
    """批示与报告批示落实（内部管理要求，rules E63）：一次一件，报告以后才作新的批示。"""

    @act(Act.INSTRUCT, refuses=[instructing.unlawful])
    @transition(field="state", source=OPEN, target=None, conditions=[guards.is_registered, instructing.none_waits])
    def instruct(self, *, by, instruction, due_on, to=None):
        """批示：`instruction` 的文字只进日志说明；`due_on` 以前报告；`to` 是报告的单位，不写的由承办单位报告。"""
        asked = to.office if to is not None else self.organ.office
        return {"details": {"owed_by_organ": asked.pk}}

    @act(Act.REPORT_INSTRUCTED, refuses=[instructing.not_the_one_asked])
    @transition(field="state", source=REPORTABLE, target=None, conditions=[instructing.one_waits])
    def report_instructed(self, *, by, report):
        """报告批示落实：办结以后也可以报告。"""
