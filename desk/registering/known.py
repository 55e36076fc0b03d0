"""沿用上次登记的姓名、性别、电话、住址：证件号对上了才给，只填空着的，算一次查看，记入查看记录。"""

from accounts.authority import may, reaches_as
from accounts.models import Relation
from accounts.privacy import keyed_hash
from insight.keys import Earlier, History
from petitions.acting import Refused
from petitions.models import Party, Petition, Reveal
from rulebook.acts import Act
from rulebook.timekeeping import now

BY_NUMBER = "证件号"
FIELD, REASON = "姓名性别电话住址", "登记时沿用上次登记的联系信息"
NOT_KNOWN = "没有可以沿用的登记：证件号须与上次登记的相同，且在您的查看范围内；请照常录入"


def latest(user, history: History) -> Earlier | None:
    """The newest earlier petition given under the same identity number whose details the user may see in full."""
    rows = (row for row in history.seen if BY_NUMBER in row.matched)
    return next((row for row in rows if may(user, Act.REVEAL, row.petition)), None)


def carry_over(user, number: str, data) -> None:
    """Fill what is still empty in the posted form from the party of petition `number` with the same identity number.

    Every use leaves a line among the reveals. Raises Refused where no such party may be shown to the user.
    """
    party = _party(user, number, data.get("idno", ""))
    if party is None:
        raise Refused(NOT_KNOWN)
    petition = Petition.objects.get(number=number)
    Reveal.objects.create(party=party, petition=petition, by=user, field=FIELD, reason=REASON, at=now())
    for name, value in {"nm": party.name, "sex": party.sex, "tel": party.phone, "addr": party.address}.items():
        if value and not (data.get(name) or "").strip():
            data[name] = value


def _party(user, number: str, idno: str) -> Party | None:
    """A withheld name is for those who took it down, and for the discipline post (rules §1.16)."""
    petition = Petition.objects.visible_to(user).filter(number=number).first()
    if petition is None or not idno.strip() or not may(user, Act.REVEAL, petition):
        return None
    same = petition.submission.parties.filter(id_hash=keyed_hash(idno.strip().upper()))
    if not reaches_as(user, Act.REVEAL, petition, Relation.REGISTERED, Relation.DISCIPLINE):
        same = same.filter(name_withheld=False)
    return same.order_by("position").first()
