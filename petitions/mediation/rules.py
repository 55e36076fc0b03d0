"""调解、和解的规矩：自愿、合法、谁来调解、协议写什么、司法确认的最后一天（第三十三条，《人民调解法》第三十三条）。"""

from petitions.hearing import recusal
from rulebook.books import calendar_in_force
from rulebook.clock import span
from rulebook.terms import BY_CODE
from rulebook.timekeeping import today

COMMITTEE = "mediated"
CONFIRMATION = BY_CODE["P15"]  # 共同申请司法确认的期间


def not_willing(petition, *, consent=False, lawful=False, **_):
    """第三十三条：裁量权范围内、各方自愿、不违反法律法规的强制性规定。"""
    if not consent:
        return "调解、和解须各方自愿，请逐方征得同意后勾选（第三十三条）"
    return None if lawful else "请确认本事项可以调解：不违反法律法规的强制性规定，不超出本机关的裁量权（第三十三条）"


def wrong_people(petition, *, mode, mediator, disputants, interests="", asked=False, by_committee=False, **_):
    """At least two sides; somebody who mediates and has no stake in it."""
    sides = [line for line in disputants.splitlines() if line.strip()]
    if len(sides) < 2:
        return f"调解、和解须写明各方当事人，一行一方，现为 {len(sides)} 方"
    if mode != COMMITTEE:
        return "和解由各方自行达成，不写人民调解委员会" if by_committee else None
    if not mediator.strip():
        return "调解须写明调解组织或者调解员"
    names = recusal.names_of(mediator)
    if doubled := {recusal.bare(side) for side in sides} & {recusal.bare(name) for name in names} - {""}:
        return f"{doubled.pop()}是一方当事人，不能担任调解员"
    return recusal.refusal(petition, {"调解员": names}, interests=interests, asked=asked, by_handlers=True)


def open_one(petition, *, mode, mediator, disputants, dispute, interests, by_committee):
    """The mediation row and the log facts of it."""
    row = petition.mediations.create(
        mode=mode,
        mediator=mediator,
        disputants=disputants,
        dispute=dispute,
        interests=interests,
        by_committee=by_committee,
        opened_on=today(),
    )
    return {"scope": {"mediation": row.pk}}


def incomplete_agreement(mediation, *, agreement, performance, on, **_):
    if not (agreement.strip() and performance.strip()):
        return "协议书须写明协议内容和履行的方式、期限（第三十三条）"
    if on > today() or on < mediation.opened_on:
        return f"协议生效日应在{mediation.opened_on:%Y-%m-%d}至今天之间"
    return None


def last_day_to_confirm(mediation):
    """The thirtieth day, moved past rest days as a right's is (民事诉讼法第八十五条，参照); only of 人民调解."""
    if mediation.agreed_on is None or not mediation.by_committee:
        return None
    return span(CONFIRMATION, mediation.agreed_on, calendar_in_force()).rolled_on


def may_still_be_confirmed(mediation) -> bool:
    """Whether the parties may still go to the court together: its day has not passed and they have not been."""
    last = last_day_to_confirm(mediation)
    return last is not None and mediation.confirmation_on is None and today() <= last


def cannot_be_confirmed(mediation, *, on, court, **_):
    last = last_day_to_confirm(mediation)
    if last is None:
        return "只有人民调解委员会主持达成的协议，才可以共同申请司法确认（《人民调解法》第三十三条）"
    if mediation.confirmation_on:
        return f"已于{mediation.confirmation_on:%Y-%m-%d}记录申请司法确认"
    if on > today() or on < mediation.agreed_on:
        return "申请日不能早于协议生效日，也不能晚于今天"
    if on > last:
        return f"共同申请司法确认应在协议生效之日起 30 日内，已于{last:%Y-%m-%d}届满；请督促履行，不履行的告知依法起诉"
    return None if court.strip() else "请写明受理司法确认的人民法院"
