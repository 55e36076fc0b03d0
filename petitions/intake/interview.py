"""接访笔录：一问一答记下来，读给信访人听或者请其看过，签名（第十九条、第三十一条第六项；rules §8.2 第 4 步、F11）。

The record is a paper of the petition: frozen when it is taken down, printed as the sheet that is read back and signed;
the signed sheet comes back as a scan beside it. What was said at registration is not rewritten by it.
"""

from petitions.letters import letter_content
from rulebook.acts import Act

LONGEST = 6000  # 字
ASKED, ANSWERED = "问：", "答："
# 登记时的三问（rules §8.2 第 4 步）
QUESTIONS = (
    "反映什么事？",
    "要求谁解决什么？",
    "之前找过哪些单位，有没有判决、裁决、复议决定或者意见书？",
)


def blank(original: str) -> str:
    """The record to start from: the three questions, the first answered with what was said at the desk."""
    answers = [original, *[""] * (len(QUESTIONS) - 1)]
    return "\n".join(f"{ASKED}{asked}\n{ANSWERED}{said}" for asked, said in zip(QUESTIONS, answers, strict=True))


def incomplete(petition, *, held_at, place, spoke_with, asked_by, recorder, dialogue, **_):
    """A sentence against the record, or None."""
    told = {"时间": held_at, "地点": place, "谈话对象": spoke_with, "接访人": asked_by, "记录人": recorder}
    if missing := [label for label, words in told.items() if not words.strip()]:
        return f"接访笔录须写明{'、'.join(missing)}"
    lines = [line.strip() for line in dialogue.splitlines() if line.strip()]
    if not lines or not lines[0].startswith(ASKED):
        return f"笔录从“{ASKED}”写起，一问一答各占一段"
    asked = [line for line in lines if line.startswith(ASKED)]
    answered = [line for line in lines if line.startswith(ANSWERED)]
    if len(asked) != len(answered):
        return f"笔录有 {len(asked)} 问、{len(answered)} 答，请补齐；不愿回答的写“{ANSWERED}（不回答）”"
    if empty := [n for n, line in enumerate(answered, 1) if line == ANSWERED]:
        return f"第 {empty[0]} 个回答是空的；不愿回答的写“{ANSWERED}（不回答）”"
    return f"笔录不超过 {LONGEST} 字，其余请另作一份" if len(dialogue) > LONGEST else None


def recorded(petition, *, by, details):
    """F11, by the office of whoever took it down."""
    fields = {
        "subject": petition.title,
        **{name: details[name].strip() for name in ("held_at", "place", "spoke_with", "asked_by", "recorder")},
        "dialogue": details["dialogue"].strip(),
    }
    if present := [name.strip() for name in details.get("present", ()) if name.strip()]:
        fields["present"] = present
    organ = by.user.organ if by.user else petition.organ
    return letter_content.issue_to(
        petition, "F11", fields, by, organ=organ, addressee=details["spoke_with"].strip()[:120]
    )


MAKERS = {Act.TAKE_DOWN: recorded}
