"""What must not be done with a matter, each with the rule that forbids it. Pure."""

from rulebook.triage.advice import Reason
from rulebook.triage.facts import Facts
from rulebook.triage.ways import Way

REPRESENTATIVES = 5  # 第二十条：多人走访推选代表不超过五人


def of(facts: Facts, way: Way, letter: str) -> tuple[Reason, ...]:
    """Every ban that applies, the ones of the branch first."""
    found = [*_of_branch(way.branch), *_of_letter(letter), *_of_elsewhere(facts, way), *_of_people(facts)]
    if facts.is_office:
        found.append(Reason("第三十二条", "信访部门不得代替有权处理的机关出具处理意见书"))
    if facts.arrival == "assigned":
        found.append(Reason("第三十四条", "交办指定的期限不改变法定的60日和延长30日"))
    if facts.channel == "hotline":
        found.append(Reason("第二十二条、第二十三条", "不继承12345的时限，自转到之日起算"))
    return tuple(found)


def _of_branch(branch: str) -> list[Reason]:
    if branch == "31-6":
        return [
            Reason("V01", "第三十一条第一项至第五项没有逐项排除的，不得受理为信访程序"),
            Reason("第三十五条", "处理意见书不得写行政复议、诉讼救济"),
        ]
    if branch.startswith("31-"):
        return [
            Reason("V02", "不得出具信访处理意见书（F12），不得起算60日（D06）"),
            Reason("第三十五条", "不得告知复查、复核"),
        ]
    if branch == "30":
        return [
            Reason("V03", "不得转给或者透露给被检举控告的人、单位及其下级（第三十条第三款）"),
            Reason("第三十条", "不得按信访程序受理，不得告知复查、复核"),
        ]
    if branch == "29":
        return [Reason("第二十九条", "没有复查、复核，不得告知")]
    return [Reason("第二十二条、第二十三条", "不得因不能办理而不登记")]


def _of_letter(letter: str) -> list[Reason]:
    if letter == "F06":
        return [
            Reason("第二十二条、第二十三条", "不再受理也必须登记，不得拒绝登记"),
            Reason("V10", "复核后（逾期后）不得就同一诉求再受理复查、复核"),
            Reason("第三十六条第三款", "有新事实、新理由、新证据、新诉求的，不得适用不再受理；须经审批并引用前案编号"),
        ]
    if letter == "F04":
        return [Reason("第四十四条第二项", "对属于职权的事项不得不予受理；须有法定情形、理由，并经审批")]
    if letter == "F09":
        return [
            Reason("第二十三条第三款", "异议只能在5个工作日内提出一次，须详述理由；经转出方同意前不得退回材料，D03不停")
        ]
    return []


def _of_elsewhere(facts: Facts, way: Way) -> list[Reason]:
    found = []
    if facts.status in ("in_court", "judged", "in_arbitration", "in_review", "ended"):
        found.append(Reason("V07", "同一诉求不得同时处于法定程序和信访程序；不得由信访代替裁判、裁决"))
    if facts.status == "time_barred":
        found.append(Reason("第三十一条第二项", "不得因仲裁时效已过而由信访代替裁决"))
    if facts.is_office and facts.channel == "visit" and way.branch == "31-1":
        found.append(Reason("第二十二条第二款", "涉诉走访应当释法引导到政法部门，不得转送"))
    if facts.accused_is_target:
        found.append(Reason("V03", "不得转给被反映的单位或者其下级"))
    return found


def _of_people(facts: Facts) -> list[Reason]:
    found = []
    if facts.people > REPRESENTATIVES:
        found.append(Reason("第二十条", "走访代表不得超过五人；不得拆成多件规避集体访统计"))
    if facts.identity == "anonymous":
        found.append(Reason("第二十三条第二款", "不得因匿名不登记、不办理；无法告知的豁免告知，不计满意度"))
    if facts.secret:
        found.append(Reason("第三十条、第四十六条第五项", "对外文书不得出现信访人姓名和可以辨认的情况"))
    if facts.simple and (facts.simple_refused or facts.people >= REPRESENTATIVES or facts.earlier != "none"):
        found.append(Reason("信访事项简易办理办法（试行）", "不属初次、多人或者信访人不同意的，不得简易办理"))
    return found
