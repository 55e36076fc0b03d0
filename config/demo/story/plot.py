"""每种走向怎么走：一件一串“什么时候、做什么”。只排时间，不碰数据库；做法在 steps.py。"""

from datetime import date, datetime, timedelta

from config.demo.story.reader import Tale
from config.demo.story.script import FOREVER_AGO, Beat, Script
from rulebook.calendar import Calendar

TERM, AMBER = 60, 15  # 办理期限、黄灯（自然日）：演示件要停在约好的灯上
UNDECIDED_FOR = 14  # 未作决定的件须在告知期限之内


def _accepted(script: Script, first: date = FOREVER_AGO, last: date | None = None) -> None:
    script.begin()
    script.hand_on()
    script.accept(first=first, last=last)
    script.look_into()


def accepted(script):
    _accepted(script, first=script.ago(TERM - AMBER - 1))
    if _is_simple(script.tale):
        script.then("mediate", 1)


def accepted_amber(script):
    _accepted(script, first=script.ago(TERM - 1), last=script.ago(TERM - AMBER + 1))


def accepted_red(script):
    _accepted(script, last=script.ago(TERM + 2))


def extended(script):
    script.begin()
    script.hand_on()
    script.accept(first=script.ago(TERM + 28))
    script.look_into(until=script.accepted + timedelta(days=45))
    script.on("extend", script.accepted + timedelta(days=script.dice.randint(46, 51)))
    script.then("approve", 1)
    script.then("serve_told", 1)


def supervised(script):
    """Overdue, then ordered; the four of the file stand at four places of an order."""
    _accepted(script, last=script.ago(TERM + 7))
    script.on("order", script.accepted + timedelta(days=TERM + 2))
    ends = ("", "answer", "answer return", "answer close")
    for step in ends[int(script.tale.id[1:]) % 4].split():
        script.then(f"{step}_order", 1)


def carried(script):
    """One order goes all the way: signed for, reported on, yellow, red, 约谈, 通报, answered at last, closed; then the
    proposals that come of it, to improve and to hold somebody responsible."""
    _accepted(script, last=script.ago(TERM + 39))
    script.on("plain_order", script.accepted + timedelta(days=TERM + 1))
    script.then("sign_order", 1)
    for n in range(2):
        script.then("report_order", 3, n=n)
    script.then("raise_order", 3, card="yellow")
    script.then("raise_order", 6, card="red")
    script.then("call_in", 4)
    script.then("circulate", 2)
    script.then("answer_order", 3)
    script.then("keep_commitment")
    script.then("close_order", 1)
    script.then("gather_evidence")
    script.then("propose_improving", 1)
    script.then("propose_blame")
    script.then("answer_improving", 3)


def _checked(script, days_ago: int) -> None:
    script.begin()
    script.hand_on()
    script.accept(first=script.ago(TERM - 2))
    script.look_into(until=script.ago(days_ago + 2))
    script.submit(script.ago(days_ago))


def submitted(script):
    _checked(script, script.dice.randint(0, 3))


def returned(script):
    _checked(script, script.dice.randint(5, 8))
    script.then("return_draft", script.dice.randint(1, 2))


def passed(script):
    _checked(script, script.dice.randint(3, 6))
    script.then("pass_draft", script.dice.randint(1, 2))


def issued(script):
    _checked(script, script.dice.randint(5, 8))
    script.sign()


def _is_simple(tale: Tale) -> bool:
    """Some first petitions of one person, about nothing grave: 简易办理 will do."""
    alone = tale.people_count == 1 and not (tale.flags or tale.repeat_of or tale.group_of or tale.accused)
    return alone and tale.kind == "appeal" and int(tale.id[1:]) % 7 == 4


def _simply(script) -> None:
    """Taken up by telephone and answered within the ten working days."""
    script.begin()
    script.hand_on()
    script.on("classify", max(script.due(script.tale.accept_after), script.pace.day))
    script.then("accept_simply")
    script.then("answer_simply", script.dice.randint(2, 6))


def _to_the_end(script, sign_by: date) -> None:
    script.begin()
    script.hand_on()
    script.accept()
    latest = script.accepted + timedelta(days=TERM - 9)
    day = max(min(sign_by - timedelta(days=7), latest), script.pace.day)
    script.look_into(until=day)
    script.submit(day)
    if script.dice.random() < 0.12:
        script.then("return_draft", 1)
        script.then("draft", 1)
        script.then("submit")
    script.sign()
    script.then("serve_opinion", 1)


def published(script):
    """Moved away and not to be found: the opinion is served by notice, whose thirty days still run."""
    _checked(script, 14)
    script.sign()
    script.then("not_found", 1)
    script.then("ask_for_notice")
    script.then("approve", 1)
    script.then("approve", 1)
    script.then("publish_notice", 1)


def posted(script):
    """Posted in a batch, brought back, and posted once more: the second batch is on its way."""
    _checked(script, 16)
    script.sign()
    script.then("post_batch", 1)
    script.then("brought_back", 4)
    script.then("post_batch", 1)


def disturbed(script):
    """An incident in the hall is kept apart; the petition is handled as any other."""
    _accepted(script, first=script.ago(TERM - AMBER - 1))
    script.then("keep_order", 1)


def served(script):
    _to_the_end(script, script.due(script.tale.done_after))


def closed(script):
    if script.tale.kind == "suggestion":
        studying(script)
        script.on("answer", script.due(script.tale.done_after))
        script.then("serve_told", 1)
    elif script.tale.kind == "inquiry":
        script.begin()
        script.hand_on()
        script.on("answer", script.due(script.tale.done_after))
    elif _is_simple(script.tale):
        _simply(script)
    else:
        done = script.due(script.tale.done_after)
        _to_the_end(script, done)
        script.on("close", done)
        put_away = script.dice.random() < 0.6
        contested, turn = _contest(script), int(script.tale.id[1:]) % 4
        if turn != 1 and script.pace.day < script.ago(6):
            script.then("rate", 3)
        if turn and script.pace.day < script.ago(26):
            script.then("perform", 20 + turn)
        if not contested and put_away and not turn % 2 and script.pace.day < script.ago(50):
            script.then("archive", 45)


# 一步和它前面等的天数：走到今天为止，所以演示里各步都有人正欠着
REVIEW = (("request_review", 8), ("admit_review", 2), ("propose_review", 9), ("decide_review", 2), ("serve_review", 2))
HEARD = (("request_recheck", 12), ("admit_review", 2), ("call_hearing", 3), ("conclude_hearing", 6))
RECHECK = (*HEARD, ("propose_review", 4), ("decide_review", 2), ("serve_review", 2))


def _contest(script) -> bool:
    """Some petitioners ask for a review, fewer for a recheck with a hearing, where the reviewers are staffed."""
    turn = int(script.tale.id[1:]) % 11
    if turn not in (3, 7) or not script.tale.handler.startswith("YH") or script.tale.handler == "YHSW":
        return False
    for step, days in REVIEW if turn == 3 else REVIEW + RECHECK:
        if not script.reaches(days):
            break
        script.then(step, days)
    return True


def rechecked(script):
    """The earlier case of a 不再受理: what followed on paper is noted on it before its own clocks run out."""
    done = script.due(script.tale.done_after)
    _to_the_end(script, done)
    script.on("close", done)
    script.then("note_recheck", 20)


def deemed_accepted(script):
    script.begin()
    script.on("allot", script.due(18))
    script.then("inquire", 2, heard=True)


def registered(script):
    script.begin(first=script.ago(UNDECIDED_FOR))


def forwarded(script):
    script.begin(first=script.ago(UNDECIDED_FOR))
    script.hand_on(assign=False, sign=False)


def assigned(script):
    script.begin(first=script.ago(UNDECIDED_FOR))
    script.hand_on(assign=True, sign=False)


def arrived(script):
    script.begin(first=script.ago(UNDECIDED_FOR))
    script.hand_on()


def objected(script):
    script.begin(first=script.ago(UNDECIDED_FOR))
    script.hand_on(assign=False)
    script.then("object", 1)


def objection_upheld(script):
    objected(script)
    script.on("uphold", script.due(script.tale.done_after))


def disputed(script):
    """Two organs in turn say it is not theirs; the common superior has still to rule."""
    objected(script)
    script.then("uphold", 1)
    script.then("forward_elsewhere")
    script.then("serve_forwarded")
    script.then("object", 1)
    script.then("uphold", 1)
    script.then("order_bounced")


def designated(script):
    disputed(script)
    script.then("designate", 1)
    script.then("classify", 1)
    script.then("accept")
    script.then("serve_told", 1)


def studying(script):
    script.begin()
    script.hand_on()
    script.then("study", 2)
    script.then("allot")


def declined(script):
    script.begin()
    script.hand_on()
    script.on("decline", script.in_time(script.due(script.tale.done_after - 5), steps=3))
    script.then_in_time("approve", 1)
    script.then_in_time("approve", 1)
    script.then_in_time("serve_told", 1)


def not_again(script):
    script.begin()
    script.hand_on()
    script.on("not_again", script.in_time(script.due(script.tale.done_after - 4), steps=3))
    script.then_in_time("approve", 1)
    script.then_in_time("approve", 1)
    script.then_in_time("serve_told", 1)


def _decided(step):
    def story(script):
        script.begin()
        script.hand_on()
        script.on(step, script.due(script.tale.done_after))
        script.then("serve_told", 1)

    return story


def led_in(script):
    """What the organ led into a procedure of its own it answers within the two months."""
    _decided("lead_in")(script)
    if script.pace.day < script.ago(30):
        script.then("answer_procedure", 25)
        script.then("serve_answer", 1)


def split(script):
    script.begin()
    script.on("split", script.due(script.tale.done_after))
    script.then("refer_part")
    script.accept()
    script.look_into()


def referred(script):
    script.begin()
    script.then("refer")


STORIES = {
    "accepted": accepted,
    "accepted_amber": accepted_amber,
    "accepted_red": accepted_red,
    "extended": extended,
    "supervised": supervised,
    "carried": carried,
    "submitted": submitted,
    "returned": returned,
    "passed": passed,
    "issued": issued,
    "published": published,
    "posted": posted,
    "disturbed": disturbed,
    "served": served,
    "closed": closed,
    "rechecked": rechecked,
    "deemed_accepted": deemed_accepted,
    "registered": registered,
    "forwarded": forwarded,
    "assigned": assigned,
    "arrived": arrived,
    "objected": objected,
    "objection_upheld": objection_upheld,
    "disputed": disputed,
    "designated": designated,
    "studying": studying,
    "declined": declined,
    "not_again": not_again,
    "redirected": _decided("redirect"),
    "led_in": led_in,
    "filed": _decided("file"),
    "merged": _decided("merge"),
    "split": split,
    "referred": referred,
}


def beats_of(tale: Tale, calendar: Calendar, now: datetime) -> list[Beat]:
    """Everything that happens in the tale up to now, in order."""
    script = Script(tale, calendar, now)
    STORIES[tale.story](script)
    return script.beats
