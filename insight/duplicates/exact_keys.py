"""判重：按证件号、手机号、住址、姓名的精确键找以前的件。只提示，由人确认（rules §1.11）。"""

from dataclasses import dataclass, field

from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from accounts.privacy import keyed_hash
from petitions.act.states import OPEN, State
from petitions.models import Listed, Party, Person, Petition
from petitions.parties.address_keys import address_key
from rulebook.timekeeping import today

SHOWN = 20
NAME = "姓名"
RULED, LISTED = "认定的人", "名单上的证件号"  # 页面上接着写“相同”
# 同一人再提出时怎么办（rules §1.11）；不在表中的，人工判断
ADVICE = {
    State.CLOSED: "已送达处理意见：在复查申请期内的，引导申请复查",
    State.SETTLED: "已终结：无新事实、新理由的，可不再受理",
    State.NOT_AGAIN: "曾告知不再受理：审核有无新事实、新理由",
}


@dataclass(frozen=True)
class Earlier:
    """One earlier petition and why it is shown. `matched`: 证件号 · 手机号 · 住址 · 姓名."""

    petition: Petition
    matched: tuple[str, ...]
    days_ago: int  # 自然日，自收到日

    @property
    def same_person(self) -> bool:
        """证件号相同、已认定为同一人，或姓名与手机号都相同；只有姓名或住址相同不算。"""
        return bool({"证件号", RULED} & set(self.matched)) or {NAME, "手机号"} <= set(self.matched)

    @property
    def is_running(self) -> bool:
        return self.petition.state in OPEN

    @property
    def is_answered_by_hotline(self) -> bool:
        """12345 办结的同一人的件：可以再登记信访，注明历史（rules E45）。"""
        return self.petition.submission.is_of_hotline and not self.is_running

    @property
    def advice(self) -> str:
        if self.is_answered_by_hotline:
            return "12345 已办结：仍可登记信访，本次登记会注明这段历史"
        if self.is_running:
            return "原件在办：可并入原件办理，不新开期限，并向信访人说明进展"
        return ADVICE.get(self.petition.state, "")


@dataclass(frozen=True)
class History:
    """Earlier petitions the user may see, and how many ordinary ones lie outside what they may see."""

    seen: list[Earlier] = field(default_factory=list)
    unseen: int = 0

    @property
    def running(self) -> list[Earlier]:
        """The same person with a matter still in hand: the banner of the desk."""
        return [row for row in self.seen if row.same_person and row.is_running]

    @property
    def unseen_sentence(self) -> str:
        return f"另有 {self.unseen} 件不在您的查看范围" if self.unseen else ""


def earlier(
    user, *, id_number: str = "", phone: str = "", address: str = "", name: str = "", except_for: Petition | None = None
) -> History:
    """Earlier petitions by exact keys, newest first, at most 20; a name alone is a weak key and shown last.

    `unseen` counts only by identity number and phone, and never what is confidential, accuses someone, or was brought
    by a petitioner who asked for secrecy: that such a petition exists is itself a secret (第三十条).
    """
    keys = {
        "手机号": Q(phone_hash=keyed_hash(phone.strip())) if phone.strip() else None,
        "住址": Q(address_hash=address_key(address)) if address.strip() else None,
        NAME: Q(name=name.strip(), name_withheld=False) if name.strip() else None,
    }
    matched: dict[int, list[str]] = {}
    if id_number.strip():
        for submission_id, label in _by_identity(keyed_hash(id_number.strip().upper())):
            matched.setdefault(submission_id, []).append(label)
    for label, key in keys.items():
        if key is None:
            continue
        newest = Party.objects.filter(key).order_by("-submission_id")
        for submission_id in newest.values_list("submission_id", flat=True)[:200]:
            labels = matched.setdefault(submission_id, [])
            if label not in labels:
                labels.append(label)
    if not matched:
        return History()
    petitions = Petition.objects.filter(submission_id__in=matched)
    if except_for is not None:
        petitions = petitions.exclude(submission_id=except_for.submission_id)
    visible = list(petitions.visible_to(user).for_lists().order_by("-received_on", "-pk")[: SHOWN * 2])
    day = today()
    rows = [Earlier(row, tuple(matched[row.submission_id]), (day - row.received_on).days) for row in visible]
    rows.sort(key=lambda row: (not row.same_person, len(row.matched) == 1 and row.matched[0] == NAME))
    strong = [pk for pk, labels in matched.items() if {"证件号", "手机号"} & set(labels)]
    return History(rows[:SHOWN], _unseen(petitions.filter(submission_id__in=strong), user))


def _by_identity(id_hash: str) -> list[tuple[int, str]]:
    """(submission, why) of an identity number: given with it, brought by the same person under another number by a
    ruling, or standing on a list; one query."""
    person = Person.objects.filter(id_hash=id_hash).annotate(known=Coalesce("joined_into", "pk")).values("known")
    own = Party.objects.filter(id_hash=id_hash)
    ruled = Party.objects.filter(person__in=person).exclude(id_hash=id_hash)
    listed = Listed.objects.filter(id_hash=id_hash)
    told = [
        rows.annotate(why=Value(why)).values_list("submission_id", "why")
        for rows, why in ((own, "证件号"), (ruled, RULED), (listed, LISTED))
    ]
    return list(told[0].union(*told[1:]).order_by("-submission_id")[:200])


def _unseen(petitions, user) -> int:
    ordinary = petitions.filter(secrecy=0, accused_organ=None).exclude(submission__parties__name_withheld=True)
    ordinary = ordinary.exclude(submission__petitions__secrecy__gt=0)
    return ordinary.exclude(pk__in=petitions.visible_to(user).values("pk")).distinct().count()
