"""浏览器里的几件事，从登记到办结；最后由信访人凭查询码看到进度。"""

import re
from collections.abc import Iterator

import pytest

from tests.cast import PASSWORD, load_city
from tests.journeys import roads
from tests.journeys.people import People
from tests.journeys.roads import Story
from tests.journeys.walk import Walk

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def walk(browser, live_server, settings, tmp_path) -> Iterator[Walk]:
    """A petition still to be registered; nothing on the way may answer 5xx or throw in the page."""
    settings.MEDIA_ROOT = tmp_path
    load_city()
    people = People(browser, live_server.url, PASSWORD)
    try:
        yield Walk(people, wanted=("信访处理意见书", "信访事项延期办理告知书", "信访事项不予受理告知书"))
    finally:
        people.close()
    assert people.complaints == []


def titles(walk: Walk) -> set[str]:
    return {paper.title for paper in walk.papers}


def test_from_the_window_to_closure_and_what_the_petitioner_reads(walk):
    walk.wanted = ()
    story = Story("春柳苑3号楼电梯停运三天，老人下不了楼。要求：1. 尽快修好电梯；2. 公示维修资金使用情况。")
    roads.plain(walk, story)
    assert walk.states == ["已登记", "办理中", "待督查核查", "已出具待送达", "已办结"]
    assert titles(walk) >= {"信访事项登记回执", "信访事项受理告知书", "信访处理意见书"}
    told = walk.progress(story.phone[-4:])
    assert "已办结" in told and "申请复查" in told and story.name not in told


def test_an_objection_is_upheld_and_the_case_goes_to_the_department(walk):
    roads.sent_again(walk, Story("春柳苑2号楼外墙保温层开裂脱落，要求查明房屋质量责任并修复。"))
    assert walk.states == ["已登记", "已转送", "异议审核中", "已登记", "已转送"]


def test_an_objection_loops_twice_and_is_designated(walk):
    walk.wanted = ("信访事项协调单（会议纪要）",)
    roads.designated(walk, Story("春柳苑5号楼地下室长年积水，物业和专业部门互相推，要求查明责任并排水。"))
    assert walk.states == [
        *("已登记", "已转送", "异议审核中", "已登记", "已转送"),
        *("异议审核中", "待指定管辖", "已转送", "办理中"),
    ]
    shown = walk.open("officer1")
    ruled = shown.locator("[aria-labelledby=c-disputes]").inner_text()
    assert "云州市云河区人民政府" in ruled and "已指定" in ruled and "多次异议退回" in ruled
    told = [row for row in shown.locator("[aria-labelledby=c-days] tbody tr").all_inner_texts() if "书面告知" in row]
    due = {re.search(r"\d\d-\d\d 周.", row).group() for row in told}
    assert len(due) == 1  # 三个单位先后收到，届满的总是同一天
    assert "信访事项协调单（会议纪要）" in titles(walk.print_letters("officer1"))
    progress = walk.progress("0001")
    assert "上级机关指定了办理单位" in progress and "异议" not in progress


def test_an_extension_waits_for_the_head_and_is_told(walk):
    roads.given_time(walk, Story("小区门口道路塌陷两个月，要求查明原因并修复路面。")).print_letters("officer1")
    assert "信访事项延期办理告知书" in titles(walk)


def test_an_order_is_answered_sent_back_and_closed(walk):
    roads.ordered(walk, Story("槐荫里7号院污水井堵塞，污水漫到门口，要求尽快疏通。"))
    assert not walk.open("officer1").get_by_role("link", name="查看督办单").count()


def test_declining_takes_two_approvals(walk):
    roads.declined(walk, Story("与装修公司的合同纠纷已经起诉到法院，要求街道出面让公司退款。"))
    assert "信访事项不予受理告知书" in titles(walk)


def test_a_report_is_handed_to_the_discipline_post(walk):
    story = Story(
        "反映某社区工作人员值班期间接受商户宴请，要求查处。",
        more={"信访目的": "检举控告", "被检举人": "某社区工作人员"},
    )
    roads.reported(walk, story)
    assert "检举控告专办" in walk.states


def test_an_enquiry_is_answered_across_the_desk(walk):
    roads.asked(walk, Story("咨询老年优待证怎样办理，需要带哪些材料。", more={"信访目的": "咨询"}))
    assert walk.states == ["已登记", "已办结"]


def test_a_review_and_a_recheck_with_a_hearing(walk):
    walk.wanted = ("信访事项复查意见书", "信访事项复核意见书")
    roads.rechecked(walk, Story("春柳苑6号楼电梯停运五天，要求修好并公示维修资金使用情况。"))
    assert titles(walk) >= {"信访事项复查意见书", "信访事项复核意见书"}
    days = walk.open("creview1").locator("[aria-labelledby=c-days]").inner_text()
    assert "出具复核意见" in days and "出具复查意见" in days
    shown = walk.open("officer1").locator("[aria-labelledby=c-reviews]").inner_text()
    assert "云州市人民政府" in shown and "维持" in shown and "三人一致同意维持" in shown


def test_a_simple_case_converted(walk):
    walk.wanted = ()
    story = Story("春柳苑5号楼楼道灯坏了一周，夜里上下楼不安全。要求尽快修好楼道灯。")
    roads.simple(walk, story)
    page = walk.open("officer1")
    assert "简易程序" in page.locator(".hero .tags").inner_text()
    days = page.locator("[aria-labelledby=c-days]").inner_text()
    assert "简易办理出具处理意见" in days and "办结并出具处理意见" in days
    walk.print_letters("officer1")
    assert "信访事项受理告知书" not in titles(walk)  # 电话告知的不出纸

    walk.act("officer1", "申请转为普通程序", 理由="线路老化，涉及两家单位，须查明责任。")
    assert "等待分管副主任批准" in walk.open("officer1").locator("main").inner_text()
    walk.approve("deputy1").print_letters("officer1")
    page = walk.open("officer1")
    assert "信访事项受理告知书" in titles(walk)  # 转换一律书面告知
    assert "简易程序" not in page.locator(".hero .tags").inner_text()
    assert "作废" in page.locator("[aria-labelledby=c-days]").inner_text()
    assert "转为普通程序，办理期限自简易受理之日起计算" in page.locator("main").inner_text()

    roads.concluded(roads.checked(roads.drafted(walk, story)))
    told = walk.progress(story.phone[-4:])
    assert "转为普通程序办理" in told and "已办结" in told


def test_a_simple_case_answered_on_paper(walk):
    story = Story("春柳苑5号楼前堆放装修垃圾三天。要求清运垃圾。")
    roads.simple(walk, story)
    walk.act("officer1", "简易答复", 办理结果="支持", 答复内容="垃圾已清运，物业每日巡查。", 信访人要求纸质=True)
    assert walk.states[-1] == "已办结"
    walk.wanted = ("信访事项简易办理意见书",)
    walk.serve_all("officer1").print_letters("officer1")
    assert titles(walk) >= {"信访事项简易办理意见书"}


def test_a_hearing_then_a_mediation_ends_in_an_agreement(walk):
    roads.agreed(walk, Story("楼上漏水泡坏家具，物业和楼上互相推诿。要求赔偿家具损失。"))
    shown = walk.open("officer1").locator("[aria-labelledby=c-talks]").inner_text()
    for told in ("孙慕贤", "3 人一致", "物业先行修复", "达成协议", "物业赔偿 3200 元", "已向云河区人民法院申请"):
        assert told in shown, told
    papers = walk.open("officer1").locator("[aria-labelledby=c-papers]").inner_text()
    assert all(title in papers for title in ("听证通知书", "听证笔录", "调解（和解）协议书"))


def test_three_demands_of_one_letter_each_come_to_their_own_end(walk):
    walk.wanted = ("信访处理意见书", "信访事项程序性答复书", "建议答复函")
    story = Story(
        "春柳苑3号楼电梯停运三天。要求：1. 尽快修好电梯；2. 查处物业占用消防通道；3. 建议在小区门口设便民服务点。"
    )
    parts = roads.mixed(walk, story)
    assert [part.states[-1] for part in parts] == ["已办结"] * 3
    ends = {"信访处理意见书", "信访事项程序性答复书", "建议答复函"}
    assert [titles(part) & ends for part in parts] == [{"信访处理意见书"}, {"信访事项程序性答复书"}, {"建议答复函"}]
    for part, term, none in (
        (parts[0], "办结并出具处理意见", ""),
        (parts[1], "直接来件书面告知", "办结并出具处理意见"),
    ):
        days = part.open("officer1").locator("[aria-labelledby=c-days]").inner_text()
        assert term in days and (not none or none not in days)
    page = walk.people["officer1"]
    page.goto(f"/cases/{walk.number}/similar/")
    assert "同一来件您可查看的 3 件都已办结" in page.locator("main").inner_text()
    told = walk.progress(story.phone[-4:])
    assert told.count("已办结") >= 3


def test_a_report_inside_a_letter_is_seen_by_its_post_alone(walk):
    accused = "科长尤某某"
    story = Story(f"春柳苑3号楼电梯停运三天。要求：1. 尽快修好电梯；2. 查处物业科{accused}收受好处。")
    report = roads.report_parted(walk, story, "反映电梯停运，要求尽快修好。")
    for name in ("clerk1", "officer1", "chief1", "head1", "super1", "dclerk1"):
        assert walk.people[name].goto(f"/cases/{report.number}/").status == 404, name
    for name in ("clerk1", "officer1", "chief1"):
        page = walk.people[name]
        for tail in ("?tl=all", "similar/"):
            page.goto(f"/cases/{walk.number}/{tail}")
            assert accused not in page.content() and report.number not in page.content(), (name, tail)
    assert "反映电梯停运" in walk.open("clerk1").locator("[aria-labelledby=c-words]").inner_text()
    post = report.open("disc1")
    assert accused in post.locator("[aria-labelledby=c-words]").inner_text()
    report.act("disc1", "答复", 办理结果="经核查不属实", 答复内容="经核查，所反映的问题不属实。")
    assert report.states[-1] == "已办结"
