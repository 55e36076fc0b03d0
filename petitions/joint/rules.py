"""并案与拆并、关联与标注：几件之间的事怎么记、什么时候不能办。Called by Petition's acts (models/joining.py).

The line 并案 keeps what the merging changed, so that 拆并 can put back exactly that: merging and parting again leaves
the petition as if it had never been merged, but for the two lines and the papers they sent.
"""

from accounts.authority import may
from petitions.acceptance import transfer
from petitions.act.states import AT_WORK, UNDECIDED, State
from petitions.service.models import Service
from rulebook.acts import Act
from rulebook.terms import OPINION
from rulebook.timekeeping import now

# 并案


def cannot_merge_into(petition, *, into, by, **_):
    if into.pk == petition.pk:
        return "不能并入自身"
    if into.merged_into_id:
        return "所选主件已并入他案，请并入最终主件"
    if by.user is not None and not may(by.user, Act.VIEW, into):
        return "您无权查看所选主件，不能并入；请核对编号"
    if into.state in (*UNDECIDED, State.OBJECTED, State.DISPUTED):
        return "主件尚未受理告知，请先办主件的受理告知再并案：每名信访人都须得到告知（第二十三条）"
    if bool(into.secrecy) != bool(petition.secrecy):
        return "检举控告件不能与其他件并案"
    if into.state not in AT_WORK:
        return "所选主件已经办结，不能并入；请按复查、不再受理或新件处理（第三十五条、第三十六条）"
    if petition.pk and (others := petition.merged.count()):  # 登记前预看后果的，还没有编入
        return f"已有 {others} 件并入本件，请先把它们拆出，再分别并入所选主件"
    return None


def join(petition, into) -> dict:
    """Point the petition at its main case; the log's facts say what stood before."""
    seen = any(
        row.kind == "handles" and row.organ_id == into.organ_id and row.post_id is None and row.user_id is None
        for row in petition.current_involvements()
    )
    shown_to = None if seen else into.organ_id
    was = {"repeat_of": petition.repeat_of_id, "matter": petition.matter_id, "shown_to": shown_to}
    petition.merged_into, petition.repeat_of, petition.matter = into, into, into.matter
    petition.involve("handles", into.organ)
    return transfer.conclude(petition, "concluded", notified=True, was=was)  # 并案告知书随行为发出


# 拆并


def merging_line(petition):
    """The line of the merging now in force."""
    return petition.events.filter(act=Act.MERGE).order_by("-seq").first()


def state_before_merging(petition) -> str:
    return merging_line(petition).came_from


def cannot_part(petition, *, reason, **_):
    """The petitioners' right of review against the main case's opinion is nobody's to take back (第三十五条)."""
    if not reason.strip():
        return "拆并须写明理由，例如：两件诉求不同、信访人不同意并案办理"
    opinions = Service.objects.filter(
        petition=petition.merged_into_id, letter__kind=OPINION, party__submission=petition.submission_id
    )
    if opinions.exists():
        return (
            "主件的处理意见书已经对本件信访人出具，其申请复查的权利以它为准，不能再拆并；"
            "对意见不服的请引导申请复查，另有诉求的请登记为新件（第三十五条）"
        )
    return None


def part(petition) -> dict:
    """Put back what the merging changed, read off its line."""
    line = merging_line(petition)
    was = line.details["was"]
    petition.merged_into, petition.repeat_of_id, petition.matter_id = None, was["repeat_of"], was["matter"]
    if leg := line.scope.get("leg"):
        petition.legs.filter(pk=leg).update(ended_at=None, ended_how="")
    if was["shown_to"]:
        petition.__dict__.pop("_involved", None)
        petition.involvements.filter(kind="handles", organ=was["shown_to"], post=None, user=None, until=None).update(
            until=now()
        )
    return {"details": {"undoes": line.seq, "into": line.details["into"]}}


# 关联与标注


def already_in(petition, *, matter, **_):
    return "本件已在这个事项组里" if petition.matter_id == matter.pk else None


def not_a_repeat(petition, *, by, earlier=None, **_):
    """重复件指向在先的那一件：同一信访人、同一事项由人确认，系统只核对先后（rules §1.11）。"""
    if earlier is None:
        return None if petition.repeat_of_id else "本件没有标注为重复件，无须取消"
    if earlier.pk == petition.pk:
        return "不能把本件标注为自身的重复件"
    if petition.repeat_of_id == earlier.pk:
        return f"本件已标注为 {earlier.number} 的重复件"
    if earlier.registered_at is None or earlier.registered_at > petition.registered_at:
        return f"{earlier.number} 登记在本件之后，请到该件上标注"
    if bool(earlier.secrecy) != bool(petition.secrecy):
        return "检举控告件与其他件分开管理，不互相标注"
    if by.user is not None and not may(by.user, Act.VIEW, earlier):
        return "您无权查看所选的在先件，不能标注；请核对编号"
    return None


def already_so_marked(petition, *, key, reason, **_):
    if petition.key_case == key:
        return "本件已经列为重点件" if key else "本件没有列为重点件"
    return None if reason.strip() else "列为或者不再列为重点件，须写明理由"
