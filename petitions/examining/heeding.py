"""核查时怎么对待审核提示：必须改的拦住，请核对的逐条写明理由才放行，理由留在案里。"""

from collections.abc import Mapping

from django.apps import apps

from petitions.examining.gathering import remarks_on
from petitions.examining.sheet import Severity
from rulebook.timekeeping import now

LISTED = 3  # 条：拒绝的话里列几条
LONGEST = 300  # 字


def not_heeded(petition, *, overrides: Mapping[str, str] | None = None, **_) -> str | None:
    """Against 核查通过: what must be changed, and what the checker has not answered. `overrides` key → reason."""
    found = remarks_on(petition)
    musts = [remark for remark in found if remark.severity == Severity.MUST]
    if musts:
        said = "；".join(f"{remark.place}：{remark.sentence}" for remark in musts[:LISTED])
        return f"审核有 {len(musts)} 处必须改，请退回修改：{said}"
    reasons = overrides or {}
    open_ = [remark for remark in found if not reasons.get(remark.key, "").strip()]
    if open_:
        said = "；".join(f"{remark.place}：{remark.sentence}" for remark in open_[:LISTED])
        return f"还有 {len(open_)} 处审核提示没有核对，请逐条勾选并写明理由，或者退回修改：{said}"
    return None


def keep(petition, by, overrides: Mapping[str, str] | None) -> list[str]:
    """Write down each remark the checker let stand, with the reason; returns their codes for the log."""
    if not overrides:
        return []
    rows = apps.get_model("petitions", "Override")
    kept = [
        rows(
            petition=petition,
            opinion=petition.latest_opinion,
            code=remark.code,
            place=remark.place,
            sentence=remark.sentence[:LONGEST],
            reason=overrides[remark.key].strip(),
            by=by.user,
            at=now(),
        )
        for remark in remarks_on(petition)
        if remark.key in overrides
    ]
    rows.objects.bulk_create(kept)
    return [row.code for row in kept]
