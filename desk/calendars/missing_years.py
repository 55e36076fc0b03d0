"""放假安排用到头了：对规则管理员直说缺哪一年、从哪天起是暂算的；期限照算，标“暂定”。"""

from datetime import date, timedelta

from rulebook.books import calendar_in_force

AHEAD = timedelta(days=90)  # 自然日：办理六十日、延长三十日，今天登记的件数得到的最远一天


def sentence(day: date) -> str:
    """What the rule-keeper must know on this day; empty where every day that is counted with now is settled."""
    calendar = calendar_in_force()
    years = calendar.unsettled_years(day, day + AHEAD)
    if not years:
        return ""
    first = max(day, date(years[0], 1, 1))
    named = "、".join(f"{year} 年" for year in years)
    return (
        f"{named}的放假安排还没有正式发布：{first:%Y-%m-%d} 起的日子按周一至周五上班、固定日期的节日放假暂算，"
        "落在其中的期限标“暂定”，照常提醒。国务院办公厅公布以后请上传，系统重算。"
    )
