"""制作证据材料：快照、散列、PDF 一并留下；以后再取，逐字节还是它。"""

import hashlib
import json
from datetime import date

from django.core.files.base import ContentFile
from django.db import transaction

from accounts.authority import require
from documents.letters import issuance as documents
from petitions.act.decorator import Refused
from rulebook.acts import Act
from supervision.models import EvidencePack
from supervision.orders.evidence import sections
from supervision.orders.evidence import snapshot as gathering


@transaction.atomic
def make(order, *, by) -> EvidencePack:
    """Freeze what is known of the order now. Raises PermissionDenied where the user may not order about the petition,
    Refused where somebody acts on it at this moment."""
    require(by, Act.ORDER, order.petition)
    order.petition.lock()
    snapshot = canonical(gathering.snapshot(order, by=by))
    made = printed(snapshot)
    pack = EvidencePack(
        order=order,
        number=order.evidence.count() + 1,
        snapshot=snapshot,
        snapshot_hash=_hash(snapshot.encode()),
        pdf_hash=_hash(made),
        made_by=by,
    )
    pack.pdf.save("evidence", ContentFile(made), save=False)
    pack.save()
    return pack


def canonical(told) -> str:
    """The one way to write the snapshot down: sorted keys, no blanks, characters as they are."""
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def printed(snapshot: str) -> bytes:
    """The PDF of a snapshot: the same bytes every time, whatever day it is and whatever happened since."""
    told = json.loads(snapshot)
    return documents.compilation(
        sections.parts(told),
        title="督办证据材料",
        organ=told["organ"],
        on=date.fromisoformat(told["made_at"][:10]),
        about=f"{told['order'][0][1]}；{told['made_by']}于 {told['made_at']} 制作",
        mark=f"快照 sha256 {_hash(snapshot.encode())}",
    )


def pdf_of(pack: EvidencePack) -> bytes:
    """The kept bytes; where the file is gone, made again from the snapshot.

    Raises Refused where neither is what was made then.
    """
    if _hash(pack.snapshot.encode()) != pack.snapshot_hash:
        raise Refused("快照与制作时不一致，已停止提供，请管理员核查")
    try:
        with pack.pdf.storage.open(pack.pdf.name) as kept:
            content = kept.read()
    except FileNotFoundError:
        content = printed(pack.snapshot)
    if _hash(content) != pack.pdf_hash:
        raise Refused("证据材料与制作时不一致，已停止提供，请管理员核查")
    return content


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
