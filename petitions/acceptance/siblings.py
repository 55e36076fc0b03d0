"""并列事项：同一来件拆成的几件，各走各的途径；全部办结，来件才算办结（rules §1.7.1、E60）。

A confidential sibling is never spoken of in the papers of the others (第三十条).
"""

from collections.abc import Sequence

from petitions.act.states import OPEN


def others(petition) -> list:
    """The other parts of the same letter that may be spoken of, in their order."""
    rows = petition.submission.petitions.filter(secrecy=0).exclude(pk=petition.pk)
    return list(rows.select_related("organ").order_by("ordinal"))


def elsewhere(petition) -> str:
    """Where the rest of the letter went, as a sentence for this part's own paper; empty where it was not split."""
    rest = [f"“{one.title}”（编号{one.number}，由{one.organ.office.name}办理）" for one in others(petition)]
    return f"你一并提出的其他诉求另行办理、分别答复：{'；'.join(rest)}。" if rest else ""


def is_closed(submission) -> bool:
    """Whether every part of the letter has come to its end."""
    return not submission.petitions.filter(state__in=OPEN).exists()


def standing(parts: Sequence) -> str:
    """How far the parts of one letter have come, among those that the reader may see."""
    if len(parts) < 2:
        return ""
    left = sum(one.state in OPEN for one in parts)
    return f"同一来件您可查看的 {len(parts)} 件" + (f"，还有 {left} 件没有办结" if left else "都已办结")
