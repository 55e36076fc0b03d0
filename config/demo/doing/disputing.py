"""受理争议怎样办：改转另一单位、它也异议、系统报请、区领导照裁定稿指定，与工作人员按钮走的是同一条路。"""

from config.demo import people
from petitions.act.consequences import carry_out
from petitions.dispute import rules as disputing
from routing.destination import acts as routing
from rulebook.acts import Act
from supervision.bounce import rules as bouncing

RULERS = ("DS_LEADER", "CT_LEADER", "DS_HEAD", "CT_HEAD")
ELSEWHERE = "前一单位异议成立，改转职责相近的部门"


def forward_elsewhere(walk, tale):
    """To another bureau of the district that has not had it yet."""
    petition = walk.petition(tale)
    had = {leg.receiver_id for leg in petition.legs.all()}
    by = walk.cast.of(petition.organ, people.OFFICER)
    routing.forward(petition, to=walk.helper_of(petition, besides=had), by=by, reason=ELSEWHERE)


def order_bounced(walk, tale):
    """What the sweep does within the minute: a 督办单 for each organ that sent it back."""
    bouncing.sweep()
    walk.forget(walk.petition(tale))


def designate(walk, tale):
    """The ruling as it was drafted from the file, for the organ it was sent to first."""
    petition = walk.petition(tale)
    dispute, to = petition.open_dispute, walk.cast.organ(tale.handler)
    by = walk.cast.of(dispute.organ, RULERS)
    carry_out(
        petition,
        Act.DESIGNATE,
        by=by,
        to=to,
        host=by.name,
        positions="\n".join(disputing.course(petition)),
        decisions=disputing.drafted_decisions(petition, to),
    )
