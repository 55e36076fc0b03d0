"""事项组：把两件关联为同一事项。两件各留一行日志，各办各的。"""

from django.db import transaction

from accounts.authority import require
from petitions.act.consequences import carry_out
from petitions.act.decorator import Actor, Refused
from petitions.act.states import ActorKind, State
from petitions.joint.letters import lock_both
from petitions.models import Matter, Petition
from rulebook.acts import Act
from rulebook.timekeeping import now


def cannot_relate(petition: Petition, other: Petition) -> str | None:
    """Why the two cannot be one matter; may be asked of a petition that is yet to be registered."""
    if other.pk == petition.pk:
        return "不能与自身关联"
    if bool(other.secrecy) != bool(petition.secrecy):
        return "检举控告件与其他件分开管理，不归入同一事项组"
    if other.state == State.MERGED and other.matter_id is None:
        return f"{other.number} 已并入他案，请与它的主件关联"
    return None


@transaction.atomic
def relate(petition: Petition, other: Petition, *, by, note: str = "") -> Petition:
    """关联为同一事项 with `other`: in its matter, or in a new one that both join; other members stay as they are.

    Raises Refused with a sentence, PermissionDenied where `by` may not do it to the petition.
    """
    if said := cannot_relate(petition, other):
        raise Refused(said)
    other = lock_both(petition, other)
    if petition.matter_id and other.matter_id:
        apart = petition.matter_id != other.matter_id
        raise Refused(
            f"本件和 {other.number} 已在不同的事项组里，请先解除其中一件的关联"
            if apart
            else f"本件和 {other.number} 已在同一事项组里"
        )
    require(by, Act.RELATE, petition)
    matter = other.matter or petition.matter or _opened(other, by)
    if other.matter_id is None:
        # 同一个人的同一件事在另一件上也留一行；职权看的是他办的这一件
        hand = Actor(ActorKind.USER, user=by, approved=True)
        other.relate(by=hand, note=f"与 {petition.number} 关联", matter=matter)
    if petition.matter_id is None:
        carry_out(petition, Act.RELATE, by=by, note=note, matter=matter)
    return petition


def _opened(petition: Petition, by) -> Matter:
    return Matter.objects.create(title=petition.title, created_at=now(), created_by=by)
