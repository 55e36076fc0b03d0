"""把填好的表办成：去向类行为同时了结分流建议，拆分成几件，其余经同一道门（须审批的即成报请）。"""

from django.db import transaction

from desk.casework.act import subjects
from desk.casework.act.rehearsal import rehearse
from petitions.acceptance import separation
from petitions.act.decorator import Refused
from petitions.act.states import UNDECIDED
from petitions.approval import rules as approvals
from petitions.joint import matter_group
from petitions.models import PendingAct, Petition
from routing.destination import acts as routing
from routing.suggestions import receipt
from rulebook.acts import Act


@transaction.atomic
def carry(act: Act, noun, *, by, note: str, details: dict):
    """Do the act to the noun. Returns the noun, the PendingAct that now waits, or the siblings of a split.

    Raises Refused and PermissionDenied, each with a sentence for the screen.
    """
    if act is Act.SPLIT:
        return separation.split(noun, details["plan"], by=by, note=note, excerpt=details["excerpt"])
    if act is Act.RELATE:
        return matter_group.relate(noun, details["other"], by=by, note=note)
    if act is Act.FORWARD:
        return routing.forward(noun, by=by, note=note, **details)
    if act is Act.ASSIGN:
        return routing.assign(noun, by=by, note=note, **details)
    if act is Act.TO_SUGGESTION:
        return receipt.turn(noun, by=by, note=note, **details)
    done = approvals.request(noun, act, by=by, note=note, **details)
    if act is Act.CLASSIFY and noun.state in UNDECIDED:
        routing.propose_for(noun)  # 类别、分类变了，去向建议随之重算
    return done


def attempt(act: Act, petition: Petition, form, *, by, key: int | None = None):
    """Do what a valid form says to a petition just loaded by `fresh`. `key` names the letter to be served.

    Returns and raises as `carry` does.
    """
    noun = subjects.of(act, petition, by, key)
    if noun is None:
        raise Refused("要办的事刚被他人办完，请返回详情页查看")
    if noun is petition and getattr(Petition, str(act)).needs_approval:
        # 先当作已经批准办一遍再撤销：文书要素不全的，报请时就说，不等到最后一级批准
        rehearse(petition, act, by=by, note=form.words(), details=form.details())
        noun = fresh(petition.pk)
    return carry(act, noun, by=by, note=form.words(), details=form.details())


def words_of(act: Act, petition: Petition, done) -> str:
    """What `carry` did, as a sentence for whoever asked."""
    if isinstance(done, PendingAct):
        return f"{petition.number} 已报请{act.label}，等待{done.step_label}"
    if act is Act.TO_SUGGESTION:
        return f"{petition.number} 已转人民建议征集，编号 {done.number}"
    if isinstance(done, list):
        return f"{petition.number} 已拆分，新事项：{'、'.join(sibling.number for sibling in done)}"
    return f"{petition.number} 已办：{act.label}"


def fresh(pk: int) -> Petition:
    """The petition as it stands now, to act on."""
    return Petition.objects.select_related("submission", "organ__office", "rule_set", "category").get(pk=pk)


def clash(petition: Petition, seen_seq: int) -> str:
    """Who acted since the page was drawn, in a sentence; empty where nobody did."""
    if petition.seq == seen_seq:
        return ""
    line = petition.events.select_related("by").order_by("-seq").first()
    who = line.by.name if line.by else "系统"
    word, state = line.get_act_display(), petition.get_state_display()
    return f"{who}刚对本件“{word}”，现为“{state}”；您填写的内容还在，请核对后再提交"
