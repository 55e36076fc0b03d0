"""沿用上次登记的姓名、性别、电话、住址：证件号对上了才给，只填空着的，算一次查看，记入查看记录。"""

from accounts.authority import may
from accounts.privacy import keyed_hash
from desk.casework.reveal import open_to
from insight.duplicates.exact_keys import Earlier, History
from petitions.act.decorator import Refused
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
    petition = Petition.objects.visible_to(user).filter(number=number).first()
    party = _same(user, petition, data.get("idno", "").strip().upper())
    if party is None:
        raise Refused(NOT_KNOWN)
    Reveal.objects.create(party=party, petition=petition, by=user, field=FIELD, reason=REASON, at=now())
    for name, value in {"nm": party.name, "sex": party.sex, "tel": party.phone, "addr": party.address}.items():
        if value and not (data.get(name) or "").strip():
            data[name] = value


def _same(user, petition: Petition | None, idno: str) -> Party | None:
    if petition is None or not idno or not may(user, Act.REVEAL, petition):
        return None
    shown, _ = open_to(user, petition)
    return next((party for party in shown if party.id_hash == keyed_hash(idno)), None)
