"""信访人的进出：代理监护、死亡承继、几人中一人撤回。Called by Petition's acts (models/representing.py).

A party stays a party for ever; `standing` says whether letters still go to them. One letter may have become several
petitions: the people are those of the submission, the line stands on the petition at which it was recorded.
"""

from documents.letters.fields import TERMINATIONS
from petitions.act.guards import guard
from petitions.act.states import Kind
from petitions.parties.models import Party, Withdrawal
from petitions.parties.persons import new_party, renew_code, settle_people
from petitions.service.models import Service
from rulebook.timekeeping import today

# 补发查询码怎样核对了身份
IDENTITIES = {
    "card": "核对了本人身份证件",
    "proxy": "代办人持授权委托书和双方身份证件",
    "known": "回执、来信与本人陈述相互印证",
}
AGENTS_MAX = 2  # 参照民事诉讼法第六十一条：可以委托一至二人


def present(petition) -> list[Party]:
    """Those to whom letters go, in order."""
    return [party for party in petition.submission.parties.all() if party.is_present]


def still_petitioning(petition) -> list[Party]:
    """Those present who petition in their own name."""
    return [party for party in present(petition) if party.petitions_too]


def _not_here(petition, party):
    if party.submission_id != petition.submission_id:
        return "所选的人不是本件的信访人"
    return None if party.is_present else f"{party.shown_name}{party.get_standing_display()}，不能再办"


def no_authority(petition, *, party, kind, name, authority, until=None, **_):
    """委托代理须有授权委托书，监护须有监护关系证明（北京市信访条例第二十七条、第二十八条，参照）。"""
    if said := _not_here(petition, party):
        return said
    if not party.petitions_too:
        return "代理、监护是替信访人的，请选择信访人本人"
    if kind not in (Party.Role.AGENT, Party.Role.GUARDIAN):
        return "请选择代理人或者监护人"
    if not name.strip():
        return "请填写代理人（监护人）姓名"
    if not authority.strip():
        return "代理须写明授权委托书，监护须写明监护关系证明；没有文书的不能登记"
    if until is not None and until < today():
        return "授权期限已经届满，不能登记"
    theirs = [one for one in present(petition) if one.acts_for_id == party.pk and one.role == kind]
    if len(theirs) >= AGENTS_MAX:
        return f"每名信访人的代理人（监护人）不超过 {AGENTS_MAX} 人，请先解除一人"
    return None


def cannot_have_died(petition, *, party, on, evidence, **_):
    if said := _not_here(petition, party):
        return said
    if party.person.kind != party.person.Kind.NATURAL:
        return "法人、其他组织终止的，请登记承继其权利义务的单位"
    if on > today():
        return "死亡日期不能晚于今天"
    return None if evidence.strip() else "须写明死亡证明等依据"


@guard("没有需要承继的信访人：信访人死亡的，请先“记录信访人死亡”", article="内部管理要求")
def somebody_may_be_succeeded(petition) -> bool:
    """Who has died and has no successor yet, or an organisation: 法人、其他组织终止没有“死亡”一步。"""
    parties = petition.submission.parties.all()
    followed = {party.succeeds_id for party in parties}
    gone = [one for one in parties if one.standing == "deceased" or one.id_type == one.ORGANISATION_CODE]
    return any(one.pk not in followed for one in gone)


def cannot_succeed(petition, *, party, name, evidence, **_):
    """承继的前提是原信访人死亡（终止），且承继人自己确认继续提出。"""
    if party.submission_id != petition.submission_id:
        return "所选的人不是本件的信访人"
    natural = party.person.kind == party.person.Kind.NATURAL
    if natural and party.standing != Party.Standing.DECEASED:
        return f"{party.shown_name}没有记录死亡，请先记录信访人死亡，再登记承继人"
    if party.successors.exists():
        return f"{party.shown_name}已有承继人，不能重复登记；另有近亲属共同提出的，请登记新件后并案"
    if not name.strip():
        return "请填写承继人姓名（名称）"
    return None if evidence.strip() else "须写明承继关系的证明和承继人继续提出的表示"


def cannot_leave(petition, *, party, on, reason, scope="all", claims=(), **_):
    """撤回须书面、只对本人有效；最后一名信访人撤回是终止，须经审批（rules E56）。"""
    if said := _not_here(petition, party):
        return said
    if not petition.received_on <= on <= today():
        return "申请日不能早于收到日，也不能晚于今天"
    if not reason.strip():
        return "须写明原因"
    if not party.petitions_too:
        return None
    known = {claim.number for claim in petition.claims.all()}
    if scope == Withdrawal.Scope.PART:
        if not claims or not set(claims) < known:
            return "撤回部分诉求的，须选定撤回哪几项，且至少保留一项"
        return None
    if petition.kind == Kind.REPORT:
        return "检举控告不因撤回而停止办理，信访人仍是检举控告人；撤回申请请作为材料收存（第三十条）"
    if len(still_petitioning(petition)) == 1:
        return "只有这一名信访人：其书面撤回的，请报请终止办理（信访人书面撤回），经批准后书面告知"
    return None


def no_ground_for_a_new_code(petition, *, party, identity, **_):
    """补发只凭当面核对的身份：查询码丢了、又没有手机的，到窗口办（rules §1.15）。"""
    if said := _not_here(petition, party):
        return said
    if petition.submission.anonymous:
        return "匿名的来件没有登记回执，不发查询码"
    return None if identity in IDENTITIES else "请选择怎样核对了身份；没有核对身份的不能补发"


def new_code(party) -> dict:
    """Another code and PIN for the party; the old ones open nothing from now on. The log facts of the line."""
    renew_code(party)
    party.save(update_fields=["query_code", "query_hash", "pin"])
    return {"details": {"party": party.pk}}


def no_cause_to_terminate(petition, *, ground, reason, on=None, again="", **_):
    """撤回、死亡、和解等；撤回须记明哪一天书面申请、今后是否再提，且每名信访人都已撤回（rules E56、E57）。"""
    if ground not in TERMINATIONS or not reason.strip():
        return "终止办理须选定情形并写明理由"
    if ground != "withdrawn":
        return None
    if petition.kind == Kind.REPORT:
        return "检举控告不因信访人撤回而停止办理（第三十条）"
    left = still_petitioning(petition)
    if len(left) > 1:
        return f"还有 {len(left)} 名信访人在册，撤回只对本人有效；请先逐人记录撤回，最后一人撤回的再报请终止"
    if others := petition.merged.count():
        return f"并入本件的 {others} 件信访人没有撤回，请先把它们拆出，再报请终止"
    if left and (on is None or again not in Withdrawal.Again.values):
        return "信访人书面撤回的，须记明申请日期和今后是否再提（撤回申请书）"
    if on is not None and not petition.received_on <= on <= today():
        return "撤回申请日不能早于收到日，也不能晚于今天"
    return None


def keep_last_withdrawal(petition, *, on, reason, again) -> None:
    """The paper of the one petitioner whose withdrawal ends the matter; an unknown petitioner has none."""
    for party in still_petitioning(petition):
        Withdrawal.objects.create(
            petition=petition, party=party, seq=petition.seq + 1, on=on, reason=reason, scope="all", again=again
        )


def enter(petition, beside, *, role, **columns) -> dict:
    """A new person on the letter, with a query code of their own; the line names the row, never the person."""
    last = petition.submission.parties.order_by("position").last()
    party = new_party(petition.submission, last.position + 1, role=role, **columns)
    settle_people([(party, beside.person.kind if columns.get("succeeds") else beside.person.Kind.NATURAL)])
    party.save()
    return {"details": {"party": beside.pk, "entered": party.pk, "role": str(role)}}


def take_over(petition, party, **columns) -> dict:
    """The successor in the place of who died: the same role, and what still waited to be served on the dead."""
    facts = enter(petition, party, role=party.role, succeeds=party, **columns)
    heir = Party.objects.get(pk=facts["details"]["entered"])
    waiting = Service.objects.waiting().filter(party=party, petition__submission=petition.submission_id)
    waiting.update(party=heir)
    if party.is_present:  # 组织终止，没有“死亡”一步
        depart(petition, party, Party.Standing.RELEASED, today())
    return facts


def depart(petition, party, standing, on) -> dict:
    """Letters go to this party no more; where the first of several leaves, the next comes first."""
    was_lead = party.role == Party.Role.LEAD
    Party.objects.filter(pk=party.pk).update(standing=standing, left_on=on)
    party.standing, party.left_on = standing, on
    _forget(petition)
    left = still_petitioning(petition)
    if was_lead and left and all(one.role != Party.Role.LEAD for one in left):
        Party.objects.filter(pk=left[0].pk).update(role=Party.Role.LEAD)
        _forget(petition)
    return {"details": {"party": party.pk, "standing": str(standing)}}


def withdraw(petition, party, *, on, reason, scope, claims, again) -> dict:
    """Keep what was said in writing; who withdrew everything leaves, an agent is released."""
    seq = petition.seq + 1  # 本行还没有写
    if not party.petitions_too:
        return depart(petition, party, Party.Standing.RELEASED, on)
    Withdrawal.objects.create(
        petition=petition, party=party, seq=seq, on=on, reason=reason, scope=scope, claims=sorted(claims), again=again
    )
    facts = {"party": party.pk, "withdrew": str(scope), "again": str(again)}
    if scope == Withdrawal.Scope.PART:
        return {"details": facts | {"claims": sorted(claims)}}
    return {"details": depart(petition, party, Party.Standing.WITHDRAWN, on)["details"] | facts}


def _forget(petition) -> None:
    """Parties read before are read again."""
    petition.submission.__dict__.get("_prefetched_objects_cache", {}).pop("parties", None)
