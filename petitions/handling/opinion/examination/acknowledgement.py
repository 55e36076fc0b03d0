"""核查时怎么对待审核提示：必须改的拦住，请核对的逐条写明理由才放行，理由留在案里。"""

from collections.abc import Mapping

from petitions.handling.opinion.examination.case_file import remarks_on, remarks_on_review
from petitions.handling.opinion.examination.examination_sheet import Severity
from petitions.handling.opinion.models import Override
from rulebook.timekeeping import now

LISTED = 3  # 条：拒绝的话里列几条
LONGEST = 300  # 字


def not_heeded(petition, *, overrides: Mapping[str, str] | None = None, **_) -> str | None:
    """Against 核查通过: what must be changed, and what the checker has not answered. `overrides` key → reason."""
    return _open_in(remarks_on(petition), overrides)


def review_not_heeded(proceeding, *, overrides: Mapping[str, str] | None = None, **_) -> str | None:
    """The same against 签发复查（复核）意见书: by whoever signs, who did not draft it."""
    return _open_in(remarks_on_review(proceeding), overrides, mend="请由起草人重新起草")


def _open_in(found, overrides: Mapping[str, str] | None, mend: str = "请退回修改") -> str | None:
    musts = [remark for remark in found if remark.severity == Severity.MUST]
    if musts:
        said = "；".join(f"{remark.place}：{remark.sentence}" for remark in musts[:LISTED])
        return f"审核有 {len(musts)} 处必须改，{mend}：{said}"
    reasons = overrides or {}
    open_ = [remark for remark in found if not reasons.get(remark.key, "").strip()]
    if open_:
        said = "；".join(f"{remark.place}：{remark.sentence}" for remark in open_[:LISTED])
        return f"还有 {len(open_)} 处审核提示没有核对，请逐条勾选并写明理由，或者{mend.removeprefix('请')}：{said}"
    return None


def keep(petition, by, overrides: Mapping[str, str] | None, proceeding=None) -> list[str]:
    """Write down each remark the checker let stand, with the reason; returns their codes for the log.

    Of the petition's last draft, or of the opinion drafted in a `proceeding`.
    """
    if not overrides:
        return []
    found = remarks_on_review(proceeding) if proceeding else remarks_on(petition)
    kept = [
        Override(
            petition=petition,
            opinion=proceeding.opinion if proceeding else petition.latest_opinion,
            proceeding=proceeding,
            code=remark.code,
            place=remark.place,
            sentence=remark.sentence[:LONGEST],
            reason=overrides[remark.key].strip(),
            by=by.user,
            at=now(),
        )
        for remark in found
        if remark.key in overrides
    ]
    Override.objects.bulk_create(kept)
    return [row.code for row in kept]
