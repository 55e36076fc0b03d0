"""谁起草、谁审核、谁批准：由演示城市的授权和审批矩阵印成 docs/approvals.md。

`python3 run.py manage shell -c "from tests.authority import approval_table; approval_table.write()"` rewrites it; the
diff shows whose part in an act changes.
"""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from rulebook.acts import Act
from tests.accounts.authority_table import rows_of

TABLE = Path(settings.BASE_DIR) / "docs" / "approvals.md"
HEAD = """# 谁起草、谁审核、谁批准

由 `tests/authority/approval_table.py` 从参照包的 `grants.csv`、`approvals.csv` 印出；请勿手改。城市可以改矩阵，
但延期须由本机关、单位负责人批准（第三十四条），报请人不批自己的报请，同一人不在一件报请里既审核又批准，
起草、核查、签发处理意见书是三个人，起草复查（复核）意见的人不签发。代理来的职权也不例外：看的是人，不是岗位。

| 事项 | 单位 | 起草、报请 | 审核、核查 | 批准、签发 | 依据 |
|---|---|---|---|---|---|
"""
# 层级 → 该层机构里的角色以什么开头
LEVELS = {"街道": ("ST_",), "部门": ("DEPT_",), "区": ("DS_",), "市": ("CT_",)}
STEPS_OF = {"街道": "street", "部门": "district", "区": "district", "市": "city"}
ANYWHERE = ("LEGAL",)
# 经报请审批的；起草、核查、签发各是一个行为的；一个岗位直接办的
BY_REQUEST = tuple(dict.fromkeys(Act(row["act"]) for row in rows_of("approvals.csv")))
BY_ACTS = {
    "信访处理意见书": (Act.DRAFT, Act.PASS, Act.SIGN, "第三十二条、审批矩阵（内部规定）"),
    "复查、复核意见书": (Act.PROPOSE_REVIEW, None, Act.DECIDE_REVIEW, "第三十五条、第三十六条"),
}
AT_ONCE = {
    Act.FORWARD: "第二十二条",
    Act.ASSIGN: "第二十二条",
    Act.UPHOLD: "第二十三条第三款",
    Act.OVERRULE: "第二十三条第三款",
    Act.ORDER: "第四十条",
}


@dataclass(frozen=True)
class Row:
    """One matter at one level: role codes of those who draft, who check and who approve."""

    matter: str
    level: str
    drafts: tuple[str, ...]
    checks: tuple[str, ...]
    approves: tuple[str, ...]
    article: str


def rows() -> list[Row]:
    found = []
    for level in LEVELS:
        found += [_by_request(act, level) for act in BY_REQUEST]
        found += [_by_acts(matter, level) for matter in BY_ACTS]
        found += [Row(act.label, level, _granted(act, level), (), (), article) for act, article in AT_ONCE.items()]
    order = [act.label for act in BY_REQUEST] + list(BY_ACTS) + [act.label for act in AT_ONCE]
    return sorted((row for row in found if row.drafts), key=lambda row: order.index(row.matter))


def _granted(act: Act, level: str) -> tuple[str, ...]:
    roles = dict.fromkeys(row["role"] for row in rows_of("grants.csv") if row["act"] == act.value)
    return tuple(role for role in roles if role.startswith(LEVELS[level]) or role in ANYWHERE)


def _by_request(act: Act, level: str) -> Row:
    steps = [
        row for row in rows_of("approvals.csv") if row["act"] == act.value and row["organ_level"] == STEPS_OF[level]
    ]
    *checks, last = sorted(steps, key=lambda row: int(row["step"]))
    roles = [role for row in checks for role in row["role"].split(";")]
    approves = [role for role in last["role"].split(";") if role.startswith(LEVELS[level])]
    drafts = tuple(role for role in _granted(act, level) if role not in ANYWHERE)
    mine = tuple(role for role in roles if role.startswith(LEVELS[level]) or role in ANYWHERE)
    return Row(act.label, level, drafts, mine, tuple(approves), last["article"])


def _by_acts(matter: str, level: str) -> Row:
    draft, check, sign, article = BY_ACTS[matter]
    drafts = tuple(role for role in _granted(draft, level) if role not in ANYWHERE)
    return Row(matter, level, drafts, _granted(check, level) if check else (), _granted(sign, level), article)


def printed() -> str:
    names = {row["code"]: row["name"] for row in rows_of("roles.csv")}
    lines = []
    for row in rows():
        cells = ["、".join(names[role] for role in part) or "—" for part in (row.drafts, row.checks, row.approves)]
        lines.append(f"| {row.matter} | {row.level} | {' | '.join(cells)} | {row.article} |")
    return HEAD + "\n".join(lines) + "\n"


def write() -> None:
    TABLE.write_text(printed(), encoding="utf-8")
