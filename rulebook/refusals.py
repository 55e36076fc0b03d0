"""Why a period may not be extended or an objection not raised on a day: sentences, or None. Pure."""

from datetime import date

from rulebook.clock import LAPSED, VOID, Deadline

MAX_EXTENSIONS = 1  # 条例未写次数；默认一次，城市规则可放宽，累计仍不得超过30日


def extension_refusal(deadline: Deadline, days: int, on: date, *, max_extensions: int = MAX_EXTENSIONS) -> str | None:
    """Why a period may not be extended by that many 自然日 on that day, or None (第三十四条).

    Allowed on the last day itself, refused after it; never cut down to what would still be lawful.
    """
    term = deadline.term
    if not term.extension:
        return f"“{term.label}”没有延期的规定；只有依照第三十一条第六项办理的事项可以延期（第三十四条）"
    if not deadline.is_running:
        return f"“{term.label}”的期限已经结束，不能再延期"
    if days < 1:
        return "延长天数应为1日以上"
    if on > deadline.due_on:
        return f"办理期限已于{deadline.due_on:%Y-%m-%d}届满，最迟应在届满当日批准延期并告知信访人（第三十四条）"
    if deadline.extensions >= max_extensions:
        return f"本件已延期{deadline.extensions}次，最多可延期{max_extensions}次"
    if deadline.extended + days > term.extension:
        left = term.extension - deadline.extended
        rest = f"已延{deadline.extended}日，至多还可延{left}日" if deadline.extended else f"请填写{left}日以内的天数"
        return f"延长期限累计不得超过{term.extension}日（第三十四条），{rest}"
    return None


def objection_refusal(deadline: Deadline | None, on: date) -> str | None:
    """Why an organ may not object to its competence on that day, or None (第二十三条第三款). Takes the leg's D04."""
    if deadline is None:
        return "本单位没有收到转送、交办，不存在职权异议（第二十三条第三款）"
    if deadline.met_on:
        return "同一单位对同一件只能提出一次异议；仍有争议的，请报共同的上一级裁定（第二十四条）"
    if deadline.ended_how == VOID:
        return "本单位已对该件作出处理，不能再提出异议；需要改派的，请与转出机关协商或报上一级决定（第二十四条）"
    if on > deadline.due_on or deadline.ended_how == LAPSED:
        return (
            f"异议应当自收到之日起{deadline.term.period}内提出，期限已于{deadline.due_on:%Y-%m-%d}届满"
            "（第二十三条第三款）；请与转出机关协商"
        )
    return None
