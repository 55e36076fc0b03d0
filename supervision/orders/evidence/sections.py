"""快照 → 汇编的各节。纯函数：只看快照，不看今天。"""

from collections.abc import Mapping
from typing import Any

from supervision.custody.intervals import Kind

# 快照里的键 → 标题、没有时的话、列宽、表头（空：第一列是名目）
TABLES: dict[str, tuple[str, str, tuple[int, ...], tuple[str, ...]]] = {
    "order": ("督办单", "", (2, 11), ()),
    "timeline": ("办理经过", "没有记录", (4, 5, 9), ("时间", "谁", "做了什么")),
    "custody": ("责任持有时长", "没有人承办过", (4, 4, 2, 6, 3, 4), ("从", "到", "时长", "谁", "在做什么", "等待")),
    "late": ("逾期在哪里产生", "没有逾期", (4, 3, 2, 8), ("期限", "届满", "逾期", "各单位")),
    "messages": ("提醒、催办和督办消息", "没有发过", (4, 8, 5, 4, 4), ("时间", "内容", "收件人", "发出", "读过")),
    "reports": ("进展报告", "没有要求报告进展", (3, 3, 2, 9), ("应报", "已报", "是否按时", "说了什么")),
    "excuses": ("理由", "没有提出过理由", (4, 3, 3, 8, 5), ("时间", "谁", "哪一种", "怎样说", "结果")),
    "commitments": ("承诺", "没有承诺", (3, 5, 8, 4), ("期限", "在哪里承诺", "承诺什么", "履行")),
    "measures": ("黄牌、红牌、约谈、通报", "没有", (4, 2, 5, 8), ("时间", "措施", "文号", "为什么")),
    "letters": ("文书", "没有文书", (4, 4, 3, 5, 5), ("文号", "名称", "签发", "文字 sha256", "PDF sha256")),
}


def parts(told: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The sections of the compilation in order, as documents.letters.printing.compilation takes them."""
    custody = told["custody"]
    rows = {**told, "custody": custody["rows"], "late": custody["late"]}
    found = []
    for key, (title, empty, widths, head) in TABLES.items():
        part = {"title": title, "head": head, "widths": widths, "rows": rows[key], "empty": empty, "bar": []}
        found.append(part | ({"bar": custody["bar"], "legend": _legend(custody["bar"])} if key == "custody" else {}))
    return found


def _legend(bar) -> list[list[str]]:
    present = {kind for _, kind in bar}
    return [[kind.value, kind.label] for kind in Kind if kind.value in present]
