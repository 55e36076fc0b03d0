"""件已了结或者走了别的路，还开着的听证、调解随之了结：同一事务，各留一行，写明因为什么。"""

from petitions.act.decorator import SYSTEM
from rulebook.acts import Act

# 行为 → 听证、调解为什么到此为止；签发、答复以后没有要听证的了，有守卫拦在前面，只剩调解
WHY = {
    Act.TERMINATE: "本件终止办理",
    Act.LEAD_IN: "本件已导入法定途径，不再按信访程序办理",
    Act.REFER: "本件是检举控告，已移交专岗",
    Act.STUDY: "本件是建议意见，已转建议研究",
    Act.DROP_REDO: "复核意见为终局，不再重新作出处理意见",
    Act.SIGN: "处理意见书已经签发，至今没有达成协议",
    Act.ANSWER_SIMPLY: "已经答复，至今没有达成协议",
}


def break_off(petition, act: Act) -> None:
    """End the hearing and the mediation that the act left without a case to be held in; asks nobody."""
    if act not in WHY:
        return
    told = {"reason": WHY[act], "note": WHY[act], "after": str(act)}
    if hearing := petition.open_hearing():
        hearing.petition = petition
        hearing.cancel_hearing(by=SYSTEM, **told)
    if mediation := petition.open_mediation():
        mediation.petition = petition
        mediation.give_up(by=SYSTEM, **told)
