"""更正登记信息：哪几项能改、什么时候不能改、改前改后记在哪里（第十九条、第二十二条；原话封存，谁也不改）。

Called by Petition.correct. The log keeps which columns were corrected and, where the day of receipt moved, the new
day; what stood before and after stands encrypted in Correction.
"""

from datetime import date

from petitions.act.decorator import Actor
from petitions.act.states import APART, UNDECIDED, ActorKind, State
from petitions.handling.opinion.models import Claim
from petitions.intake.models import Submission
from petitions.parties.models import Correction, Party
from petitions.parties.persons import settle_people
from petitions.petition.petition_fields import PetitionRecord
from rulebook.acts import Act
from rulebook.books import RulesMissing, rule_set_on
from rulebook.timekeeping import today

# 当事人的各项；证件、电话、住址加密存放
OF_PARTY = (
    *("name", "sex", "birth_year", "id_status", "id_type", "id_number", "origin", "nationality", "phone", "address"),
    *("delivery_address", "e_delivery", "name_withheld", "assumed", "interest"),
)
OF_SUBMISSION = ("petition_date", "posted_on", "addressee", "people_count", "notice_exempt")
OF_PETITION = ("title", "place", "about_text")
CLAIM = "claim"  # claim1、claim2 …：诉求的提炼文字，不是原话
# 收到日改动须有的依据（rules §1.3“收到之日”认定）
DAY_GROUNDS = {
    "signed": "邮件签收凭证、收发登记记载的日期",
    "arrival": "系统到达记录、通话记录记载的日期",
    "visit": "接待登记记载的日期",
    "slip": "登记时录错，原始材料写明另一日期",
}
CLAIMS_OPEN = (*UNDECIDED, State.OBJECTED, State.ACCEPTED, *APART)


def label_of(column: str) -> str:
    """What the screen calls a corrected item."""
    if column.startswith(CLAIM):
        return f"第 {column.removeprefix(CLAIM)} 项诉求"
    if column == "received_on":
        return "收到日"
    owner = Party if column in OF_PARTY else PetitionRecord if column in OF_PETITION else Submission
    return str(owner._meta.get_field(column).verbose_name)


def unlawful_correction(petition, *, by, changes, reason, party=None, received_on=None, ground="", **_):
    """A sentence against the correction, or None."""
    if by.kind == ActorKind.PETITIONER and (set(changes) != {"phone"} or party is None or party.pk != by.party_id):
        return "信访人自己只能更换本人的手机号；其余的请带身份证到登记窗口更正"
    if not reason.strip():
        return "更正登记信息须写明理由和依据"
    if party is not None and party.submission_id != petition.submission_id:
        return "所选的人不是本件的信访人"
    if party is None and any(column in OF_PARTY for column in changes):
        return "请选择更正哪一位信访人的信息"
    if not _differences(petition, party, changes) and received_on in (None, petition.received_on):
        return "没有改动任何一项，无须更正"
    return _wrong_value(petition, party, changes) or _wrong_day(petition, received_on, ground)


def _wrong_value(petition, party, changes):
    if any(column.startswith(CLAIM) for column in changes):
        if petition.state not in CLAIMS_OPEN:
            return "处理意见已经送核查或者签发，诉求的文字不能再改；确有错误的，退回修改后再更正"
        if not all(words.strip() for column, words in changes.items() if column.startswith(CLAIM)):
            return "诉求不能改为空白；信访人撤回一项诉求的，请记录撤回"
    if party is not None and not changes.get("name", party.name).strip():
        return "姓名（名称）不能改为空白；不知真名的标注为化名"
    if changes.get("origin") == Party.Origin.FOREIGN and not changes.get("nationality", "").strip():
        return "外国人须写明国籍（第四十八条）"
    petitioners = sum(one.petitions_too for one in petition.submission.parties.all())
    if changes.get("people_count", petitioners) < petitioners:
        return f"信访人数不能少于已登记的 {petitioners} 人"
    return None


def _wrong_day(petition, received_on, ground):
    """第二十二条、第二十三条的期限自收到之日起算：改动要有凭证，不能改到登记以后，也不能借此换一版规则。"""
    if received_on is None or received_on == petition.received_on:
        return None
    if ground not in DAY_GROUNDS:
        return "更正收到日须选定依据：期限自收到之日起算，没有凭证的不能改"
    if received_on > min(today(), petition.registered_on):
        return "收到日不能晚于登记日：有信必录、收到即登记（第二十二条、第二十三条）"
    written = max(filter(None, (petition.submission.petition_date, petition.submission.posted_on)), default=None)
    if written and received_on < written:
        return f"收到日不能早于信访人提出日、邮戳日（{written:%Y-%m-%d}）"
    if petition.state == State.MERGED:
        return "本件已并案，期限随主件；确需更正收到日的，请先拆并"
    if petition.events.filter(act=Act.DEEM_ACCEPTED).exists():
        return "本件已按十五日届满视为受理，办理期限自该日起算，收到日不能再改；请在内部备注中说明"
    try:
        if rule_set_on(received_on) != petition.rule_set:
            return "改后的收到日适用另一版规则，不能直接更正，请联系规则管理员"
    except RulesMissing as missing:
        return str(missing)
    return None


def apply(petition, *, party, changes, received_on, ground) -> dict:
    """Write the corrections and what stood before; returns the facts of the log's line."""
    told = _differences(petition, party, changes)
    seq = petition.seq + 1  # 本行还没有写
    for column, (_, after) in told.items():
        if column in OF_PARTY:
            setattr(party, column, after)
        elif column in OF_SUBMISSION:
            setattr(petition.submission, column, after)
        elif column.startswith(CLAIM):
            Claim.objects.filter(petition=petition, number=int(column.removeprefix(CLAIM))).update(text=after.strip())
        else:
            setattr(petition, column, after)
    facts = {"fields": sorted(told)}
    if received_on not in (None, petition.received_on):
        told["received_on"] = (petition.received_on, received_on)
        facts = {"fields": sorted(told), "received_on": received_on.isoformat(), "ground": ground}
        petition.received_on = petition.submission.received_on = received_on
        petition.submission.backfilled = True
    Correction.objects.bulk_create(
        Correction(
            petition=petition,
            party=party if column in OF_PARTY else None,
            seq=seq,
            field=column,
            before=_written(before),
            after=_written(after),
        )
        for column, (before, after) in told.items()
    )
    if any(column in OF_PARTY for column in told):
        facts["party"] = party.pk
        _keep_party(party, is_somebody_else=any(column in told for column in ("name", "id_number", "phone")))
    petition.submission.save()
    return facts


def carry_to_siblings(petition, *, by, note, reason, received_on=None, ground="", **_) -> None:
    """One letter was received on one day: where its day is corrected, so it is for every petition split from it."""
    for sibling in petition.submission.petitions.exclude(pk=petition.pk).order_by("pk"):
        if received_on in (None, sibling.received_on):
            continue
        hand = Actor(by.kind, user=by.user, approved=True)  # 职权看的是他更正的这一件
        sibling.correct(by=hand, note=note, changes={}, reason=reason, received_on=received_on, ground=ground)


def _keep_party(party, *, is_somebody_else: bool) -> None:
    """The party as corrected; with another identity it is another person's history it belongs to."""
    party.hash_keys()
    if is_somebody_else:
        settle_people([(party, party.person.kind)])
    party.save()


def _differences(petition, party, changes) -> dict[str, tuple]:
    """Column → (before, after) of what really changes."""
    claims = {f"{CLAIM}{claim.number}": claim.text for claim in petition.claims.all()}
    told = {}
    for column, after in changes.items():
        if column in OF_PARTY:
            before = getattr(party, column) if party is not None else None
        elif column in OF_SUBMISSION:
            before = getattr(petition.submission, column)
        else:
            before = claims[column] if column in claims else getattr(petition, column)
        if before != after:
            told[column] = (before, after)
    return told


def _written(value) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return value.isoformat() if isinstance(value, date) else str(value if value is not None else "")
