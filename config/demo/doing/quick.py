"""简易办理与调解怎样办：由承办单位的人一步一步走，与页面走的是同一扇门。"""

from config.demo import people
from config.demo.doing.usual_steps import confirm_own
from petitions.approval import rules as approvals
from rulebook.acts import Act

ANSWER = "已当天到现场处理完毕，处理结果已告知你；今后每周巡查一次。"
WILLING = {"consent": True, "lawful": True, "asked": True}


def accept_simply(walk, tale):
    petition = walk.petition(tale)
    if petition.current_leg is None:
        confirm_own(walk, petition, walk.cast.of(petition.organ, people.OFFICER))
    _do(walk, tale, Act.ACCEPT_SIMPLY, ground="daily", means="phone")


def answer_simply(walk, tale):
    _do(walk, tale, Act.ANSWER_SIMPLY, outcome="support", reply=ANSWER, means="phone")


def mediate(walk, tale):
    """The neighbours' committee between the petitioner and whoever they complain of."""
    sides = f"{tale.name or '信访人'}\n物业服务单位"
    _do(
        walk,
        tale,
        Act.MEDIATE,
        mode="mediated",
        by_committee=True,
        mediator="社区人民调解委员会",
        disputants=sides,
        dispute="双方对处理方案和费用分担有争议。",
        **WILLING,
    )


def _do(walk, tale, act, **details):
    petition = walk.petition(tale)
    return approvals.request(petition, act, by=walk.cast.of(petition.organ, people.OFFICER), **details)
