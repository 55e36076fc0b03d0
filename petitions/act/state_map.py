"""状态图：由代码印出，不手改（`python3 run.py states`）。"""

from petitions.act.decorator import acts_of
from petitions.act.states import FINAL, OWES, STAGE, State
from petitions.models import Execution, Hearing, Leg, Mediation, Petition, Proceeding, Service

HEAD = """# 状态图

由 `python3 run.py states` 印出；请勿手改。

## 信访事项：状态、环节、谁欠下一步

| 状态 | 名称 | 环节 | 谁欠下一步 | 等待 |
|---|---|---|---|---|
"""


def state_map() -> str:
    """The map as Markdown: states with their owners, then every act with its sources, target, guards and articles."""
    rows = [
        f"| `{state.value}` | {state.label}{'（终）' if state in FINAL else ''} | {STAGE[state].label} "
        f"| {OWES[state].owner.label} | {OWES[state].waiting_for or '—'} |"
        for state in State
    ]
    parts = [HEAD + "\n".join(rows)]
    for model in (Petition, Leg, Service, Proceeding, Hearing, Mediation, Execution):
        parts.append(f"\n## {model._meta.verbose_name}：行为\n\n| 行为 | 从 | 到 | 不可办时说 |\n|---|---|---|---|")
        parts.append("\n".join(_acts(model)))
    return "\n".join(parts) + "\n"


def _acts(model):
    for move in acts_of(model):
        roads = move._django_fsm.transitions
        sources = "、".join(dict.fromkeys(str(source) for source in roads))
        first = next(iter(roads.values()))
        needs = [f"{test.because}（{test.article}）" for test in first.conditions or []]
        if move.needs_approval:
            needs.insert(0, "须经审批")
        yield f"| {move.act.label} `{move.act.value}` | {sources} | {_target(first)} | {'；'.join(needs) or '—'} |"


def _target(road) -> str:
    if road.target is None:
        return "（不变）"
    allowed = getattr(road.target, "allowed_states", None)
    return "、".join(str(state) for state in allowed) if allowed else str(road.target)
