"""群众看到的话：每个状态一句，每个公开的步骤一句；内部的转办理由、合并和人名不在其中。"""

from django.utils.translation import gettext_lazy as _

from accounts.session.languages import as_written, fill
from routing.models import Step, Suggestion

State = Suggestion.State

SENTENCES = {
    State.RECEIVED: _("{organ}已经收到您的建议，正在安排研究。"),
    State.STUDYING: _("{organ}正在研究您的建议。"),
    State.DECIDED: _("{organ}已经研究出结果，正在准备回复您。"),
    State.REPLIED: _("{organ}已经回复您。"),
}
TOGETHER = _("有人提过相同的建议，您的和它合在一起研究，一字不少，结果也会告诉您。")
STEPS = {
    Step.RECEIVED: _("收到您的建议"),
    Step.TAKEN_UP: _("开始研究"),
    Step.PASSED_UP: _("报上一级研究：{to}"),
    Step.PASSED_DOWN: _("转下一级研究：{to}"),
    Step.HANDED: _("转{to}研究"),
    Step.DECIDED: _("研究出结果"),
    Step.REPLIED: _("回复您"),
    Step.BECAME: _("形成政策、项目"),
    Step.PROGRESSED: _("有了进展"),
}
THROTTLED = _("这个网络地址提交得太快了，请 15 分钟后再提交；您填的内容还在下面。")
SAME_WORDS = _("查询码或者口令不对。请对照回执核对后再试。")
TOO_OFTEN = _("输错次数过多，请 15 分钟后再试。")
CLOSED = _("这次征集已经结束。还有别的征集活动可以参加。")


def sentence(suggestion: Suggestion) -> str:
    """Where it stands, in one sentence."""
    return fill(SENTENCES[State(suggestion.state)], organ=as_written(suggestion.organ.name))


def step(line) -> str:
    """The line of one step; empty where the step is internal."""
    words = STEPS.get(Step(line.step))
    return fill(words, to=as_written(line.to.name) if line.to else "") if words else ""
