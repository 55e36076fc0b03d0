"""二十条走法中各不相同的路：每条是一件事从登记到办结，谁在哪一步做什么。

Each road takes a Walk and a Story and leaves the petition closed; what must be seen on the way is asserted.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.journeys.people import Stuck, press, put
from tests.journeys.walk import Walk

STREET = "云州市云河区青柳街道办事处"
OWN = {"unit": STREET, "why": "属地管理事项，由街道牵头办理"}
REPRESENTATIVES = (("魏小虎", "13800102001"), ("蓝采薇", "13800102002"))
DISCIPLINE = "中共云州市云河区纪律检查委员会云州市云河区监察委员会"


@dataclass(frozen=True)
class Story:
    """An invented matter: what was said, by whom, and what came of it."""

    text: str
    name: str = "陈玉兰"
    phone: str = "13800100001"
    address: str = "云河区青柳街道春柳苑3号楼102室"
    facts: str = "经现场核查并听取信访人意见，反映情况属实，已责成责任单位整改。"
    basis: str = "《云州市物业管理办法》第十二条"
    answers: tuple[str, ...] = ("反映属实，已经整改完毕，并将结果公示。",)
    channel: str = "来访"
    more: dict = field(default_factory=dict)

    def at_desk(self) -> dict:
        """The fields of the registration desk by label."""
        who = {"姓名": self.name, "住址": self.address, "手机": self.phone} if self.name else {}
        return {"信访形式": self.channel, **who, **self.more}


def registered(walk: Walk, story: Story, by: str = "clerk1", **asked) -> Walk:
    return walk.register(by, story.text, **(asked or OWN), **story.at_desk())


def at_district(walk: Walk, story: Story) -> Walk:
    """区信访办登记：属地要选，去向待甄别。"""
    return registered(walk, story, "dclerk1", unit="待甄别", 问题属地="青柳街道")


def accepted(walk: Walk, story: Story) -> Walk:
    return registered(walk, story).classify("officer1").act("officer1", "受理")


def drafted(walk: Walk, story: Story, by: str = "officer1") -> Walk:
    walk.inquire(by, "电话听取信访人陈述，并到现场核实。")
    return walk.draft(by, story.facts, story.basis, story.answers)


def checked(walk: Walk, by: str = "officer1", checker: str = "legal1") -> Walk:
    return walk.act(by, "送督查核查").act(checker, "核查通过", 核查意见="诉求、事实、法律、救济、程序五项核对无误。")


def concluded(walk: Walk, by: str = "officer1", signer: str = "deputy1", **served) -> Walk:
    """Signed, served on everyone, printed, closed."""
    walk.act(signer, "签发处理意见书").serve_all(by, **served).print_letters(by)
    return ends(walk.act(by, "办结"), "已办结")


def ends(walk: Walk, state: str) -> Walk:
    if walk.states[-1] != state:
        raise AssertionError(f"{walk.number} 应当{state}，却是{walk.states}")
    return walk


def plain(walk: Walk, story: Story) -> Walk:
    """登记、查到、定途径、受理、调查、起草、核查、签发、送达、办结。"""
    registered(walk, story).find("officer1").classify("officer1").act("officer1", "受理")
    return concluded(checked(drafted(walk, story)))


def reviewed(walk: Walk, story: Story) -> Walk:
    """办结以后申请复查，区里受理、起草、签发、送达。"""
    plain(walk, story)
    walk.act("officer1", "申请复查", 复查机关="云州市云河区人民政府", 申请理由="维修资金的使用情况没有查清。")
    walk.act("review1", "受理复查（复核）申请")
    return _decided(walk, "review1", "chair1", "维持")


def rechecked(walk: Walk, story: Story) -> Walk:
    """不服复查再申请复核，市里听证后签发，终局。"""
    reviewed(walk, story)
    walk.act("officer1", "申请复核", 复核机关="云州市人民政府", 申请理由="复查没有听取信访人意见。")
    walk.act("creview1", "受理复查（复核）申请")
    day = f"{datetime.now(ZoneInfo('Asia/Shanghai')):%Y-%m-%d}"
    sits = {
        "时间": "9:30 至 11:30",
        "地点": "市信访办听证室",
        "主持人": "巫启明",
        "听证员": "甲、乙、丙",
        "记录人": "丁",
    }
    sits["已逐人询问，主持人、听证员、记录人与本事项、当事人没有直接利害关系"] = True
    walk.act("creview1", "决定听证", 举行日=day, 拟作出结论之日=day, **sits)
    said = {
        "笔录摘要": "各方到场陈述。",
        "举证、质证": "出示照片六张。",
        "评议情况": "3 人一致",
        "听证结论": "三人一致同意维持。",
    }
    walk.act("creview1", "作出听证结论", **said)
    return _decided(walk, "creview1", "cchair1", "维持")


def _decided(walk: Walk, drafter: str, signer: str, outcome: str) -> Walk:
    facts = "经调阅案卷、听取信访人意见，维修资金的使用情况已经查清，原意见认定的事实属实。"
    words = {"认定的事实": facts, "依据": "《信访工作条例》第三十五条", "意见": f"{outcome}原意见。"}
    walk.act(drafter, "起草复查（复核）意见", 结论=outcome, **words)
    walk.act(signer, "签发复查（复核）意见书").serve_all(drafter).print_letters(drafter)
    return ends(walk, "已办结")


def on_the_spot(walk: Walk, story: Story) -> Walk:
    """窗口当场受理，分派给承办人，由主任签发，留置送达。"""
    registered(walk, story).accept_on_the_spot("clerk1")
    walk.act("officer1", "分派承办人", 承办人="张立群", 办理要求="三日内到场")
    drafted(walk, story, "handler1")
    checked(walk, "handler1")
    return concluded(walk, signer="head1", means="留置送达", 见证人="社区工作者田翠屏", 拒收理由="不收")


def sent_again(walk: Walk, story: Story) -> Walk:
    """区信访办转送街道，街道异议，区里同意，改转部门。"""
    at_district(walk, story).forward("dclerk1", "青柳街道", "属地街道先行核实")
    walk.act("officer1", "提出异议", 异议理由="房屋质量监管属住建部门职责，街道无此职权。", 建议转送单位="云河区住建委")
    walk.act("dchief1", "同意异议", 核实意见="理由成立，改转区住建委。")
    return walk.forward("dclerk1", "云河区住建委", "房屋质量监管职责")


def objected(walk: Walk, story: Story) -> Walk:
    """异议获同意以后，由部门受理办理，邮寄送达。"""
    sent_again(walk, story)
    walk.classify("officer.yhzj").act("officer.yhzj", "受理")
    checked(drafted(walk, story, "officer.yhzj"), "officer.yhzj")
    return concluded(walk, "officer.yhzj", "head.yhzj", means="邮寄送达", 邮寄单号="EY110199001CN")


def designated(walk: Walk, story: Story) -> Walk:
    """街道、住建委先后异议退回，系统报请区政府；区领导照起草的裁定指定街道，街道受理，不能再异议。"""
    sent_again(walk, story)
    walk.act("officer.yhzj", "提出异议", 异议理由="属街道属地管理和物业监管职责。")
    walk.act("dchief1", "同意异议", 核实意见="各执一词，退回。")
    page = walk.people["leader1"]
    page.goto("/")
    page.locator("#menu").get_by_role("link", name="待指定管辖").click()
    page.locator(f"main a[href='/cases/{walk.number}/']").first.click()
    page = walk.begin("leader1", "指定管辖")
    form = page.locator("main form")
    for said in ("提出异议", "同意退回"):
        if said not in form.get_by_label("各方意见").input_value():
            raise Stuck(f"裁定稿里没有“{said}”", page)
    put(form, "指定受理单位", "青柳街道")
    put(form, "议定事项", f"指定{STREET}受理办理，不得再提出异议。\n区住建委提供专业意见。")
    walk.confirm("leader1")
    if walk.open("officer1").locator("[aria-labelledby=c-acts] a.act", has_text="提出异议").count():
        raise Stuck("指定以后还能提出异议", walk.people["officer1"])
    return walk.classify("officer1").act("officer1", "受理")


def overruled(walk: Walk, story: Story) -> Walk:
    """街道异议未获同意，照旧受理办理。"""
    at_district(walk, story).forward("dclerk1", "青柳街道", "属地事项")
    walk.act("officer1", "提出异议", 异议理由="涉及部门较多，建议由部门牵头。")
    walk.act("dchief1", "不同意异议", 核实意见="属地街道统筹，仍由青柳街道办理。")
    walk.classify("officer1").act("officer1", "受理")
    return concluded(checked(drafted(walk, story)))


def given_time(walk: Walk, story: Story) -> Walk:
    """情况复杂，报请延期，主任批准，期限表上写明。"""
    accepted(walk, story)
    walk.act("officer1", "申请延长办理期限", 延长天数="30", 理由="须委托检测机构鉴定，鉴定周期较长。").approve("head1")
    if "延长 30 日" not in walk.open("officer1").locator("[aria-labelledby=c-days]").inner_text():
        raise AssertionError(f"{walk.number} 的期限表里看不到延期")
    return walk


def extended(walk: Walk, story: Story) -> Walk:
    """延期之后照常办结。"""
    given_time(walk, story)
    return concluded(checked(drafted(walk, story)))


def ordered(walk: Walk, story: Story) -> Walk:
    """督查专员下督办单，街道反馈，退回一次再反馈，核销。"""
    accepted(walk, story).order("super1", "群众反映多次仍未见整改。", "请于期限内到场整改并反馈照片。")
    walk.on_order("officer1", "反馈督办", 反馈内容="已到场，正在整改。")
    walk.on_order("super1", "退回督办反馈", 退回理由="请补充整改完成情况。")
    walk.on_order("officer1", "反馈督办", 反馈内容="整改完成，已公示。")
    return walk.on_order("super1", "办结督办单", 核查结论="问题已整改，予以核销。")


def supervised(walk: Walk, story: Story) -> Walk:
    """督办核销之后办结。"""
    ordered(walk, story)
    return concluded(checked(drafted(walk, story)))


def assigned(walk: Walk, story: Story) -> Walk:
    """区信访办交办，街道办理，督查专员核查，反馈办结报告。"""
    due = (date.today() + timedelta(days=30)).isoformat()
    at_district(walk, story).forward("dclerk1", "青柳街道", "请查明并反馈", act="交办", 反馈期限=due)
    walk.classify("officer1").act("officer1", "受理")
    checked(drafted(walk, story), checker="super1")
    walk.act("deputy1", "签发处理意见书").serve_all("officer1").print_letters("officer1")
    four = (
        "诉求合理的，解决问题到位",
        "诉求无理的，思想教育到位",
        "生活困难的，帮扶救助到位",
        "行为违法的，依法处理到位",
    )
    walk.act("officer1", "记录四个到位", **dict.fromkeys(four, "已查明并办到位，群众认可。"))
    walk.act("officer1", "反馈办结报告")
    return ends(walk.act("officer1", "办结"), "已办结")


def returned(walk: Walk, story: Story) -> Walk:
    """核查退回一稿，补正后通过。"""
    drafted(accepted(walk, story), story).act("officer1", "送督查核查")
    walk.act("legal1", "退回修改", 退回理由="法律依据未写到条，请补正。")
    walk.draft("officer1", story.facts, f"{story.basis}第一款", story.answers, finding="部分支持")
    return concluded(checked(walk))


def assisted(walk: Walk, story: Story) -> Walk:
    """请部门协办，协办反馈后统一答复。"""
    accepted(walk, story).act(
        "officer1", "请求协办", 协办单位="云河区住建委", 请求协办的事项="请认定承重结构是否受损。"
    )
    walk.act("officer.yhzj", "反馈协办", 协办意见="经现场查验，承重结构未受损。")
    return concluded(checked(drafted(walk, story)))


def declined(walk: Walk, story: Story) -> Walk:
    """报请不予受理，法制审核、分管副主任逐级批准。"""
    registered(walk, story)
    walk.act(
        "officer1",
        "申请不予受理",
        法定情形="该事项依法应当通过诉讼、仲裁、行政复议等法定途径解决，或者已经进入、经过该途径（第二十八条第二款）",
        理由="买卖合同纠纷已由人民法院立案审理。",
        依据材料="受理案件通知书（2026）云民初18号",
        应走的途径="在人民法院已经受理的民事诉讼中提出",
        受理机关="云州市云河区人民法院",
        机关地址="云州市云河区政通街9号",
    )
    walk.approve("legal1").approve("deputy1")
    walk.states.append(walk.state("officer1"))
    return ends(walk.serve_all("officer1").print_letters("officer1"), "不予受理")


def reported(walk: Walk, story: Story) -> Walk:
    """检举控告：登记人移交专岗后再看不到，专岗办理答复。"""
    registered(walk, story, unit="待甄别").refer_from_desk("clerk1", DISCIPLINE)
    page = walk.people["clerk1"]
    if page.goto(f"/cases/{walk.number}/").status != 404:
        raise Stuck("检举控告移交之后，登记人还看得到", page)
    walk.states.append(walk.state("disc1"))
    walk.inquire("disc1", "约谈有关人员，调取值班记录。")
    walk.act("disc1", "答复", 办理结果="经核查不属实", 答复内容="经核查，所反映的问题不属实。").print_letters("disc1")
    return ends(walk, "已办结")


def suggested(walk: Walk, story: Story) -> Walk:
    """建议意见：研究后采纳并答复。"""
    registered(walk, story).classify("officer1", "建议意见").act("officer1", "转建议研究")
    walk.act("officer1", "答复", 办理结果="予以采纳", 答复内容="建议已经采纳，列入下季度便民工程。")
    return ends(walk.serve_all("officer1").print_letters("officer1"), "已办结")


def asked(walk: Walk, story: Story) -> Walk:
    """咨询：当场答复。"""
    registered(walk, story).act("officer1", "答复", 办理结果="已当面或电话解答", 答复内容="办理条件和材料已当面说明。")
    return ends(walk.print_letters("officer1"), "已办结")


def simple(walk: Walk, story: Story) -> Walk:
    """简易受理：电话告知，不出告知书；期限表上两口钟并行。"""
    registered(walk, story).classify("officer1")
    plainly = "事实清楚、责任明确、争议不大、易于解决"
    return walk.act("officer1", "简易受理", 适用情形=plainly, 告知方式="电话")


def converted(walk: Walk, story: Story) -> Walk:
    """简易受理以后发现复杂，报请转为普通程序，分管副主任批准，按普通程序出具处理意见书。"""
    simple(walk, story)
    walk.act("officer1", "申请转为普通程序", 理由="涉及维修资金历史账目，须逐笔核对。").approve("deputy1")
    return concluded(checked(drafted(walk, story)))


def agreed(walk: Walk, story: Story) -> Walk:
    """先听证，再由人民调解委员会调解，达成协议，依协议办结，各方共同申请司法确认。"""
    accepted(walk, story).inquire("officer1", "听取信访人陈述。")
    day = f"{datetime.now(ZoneInfo('Asia/Shanghai')):%Y-%m-%d}"
    sits = {"时间": "9:30 至 11:30", "地点": "街道听证室", "主持人": "孙慕贤", "听证员": "甲、乙、丙", "记录人": "丁"}
    sits |= {
        "听证的理由": "涉及整栋楼，争议大。",
        "已逐人询问，主持人、听证员、记录人与本事项、当事人没有直接利害关系": True,
    }
    walk.act("officer1", "决定听证（办理）", 举行日=day, 拟作出结论之日=day, **sits)
    said = {
        "笔录摘要": "各方到场陈述。",
        "举证、质证": "出示照片六张。",
        "评议情况": "3 人一致",
        "听证结论": "物业先行修复。",
    }
    walk.act("officer1", "作出听证结论", **said)
    sides = {"各方当事人": "业主\n物业服务公司", "纠纷事实和争议": "对赔偿数额有争议。", "调解组织、调解员": "田翠屏"}
    ticks = ("由人民调解委员会主持（协议可以申请司法确认）", "已询问，调解员与本事项、当事人没有直接利害关系")
    ticks += ("各方自愿", "不违反强制性规定，属于裁量权范围")
    walk.act("officer1", "组织调解、和解", 方式="调解", **sides, **dict.fromkeys(ticks, True))
    court = {"可以司法确认的法院": "云河区人民法院"}
    walk.act("officer1", "达成协议", 协议内容="物业赔偿 3200 元。", 履行="十日内付清。", **court)
    walk.act("officer1", "依协议办结")
    return ends(walk.act("officer1", "记录司法确认"), "已办结")


def group(walk: Walk, story: Story) -> Walk:
    """集体访：三名代表，意见书逐人送达。"""
    walk.register("clerk1", story.text, reps=REPRESENTATIVES, **OWN, **story.at_desk())
    walk.classify("officer1").act("officer1", "受理")
    return concluded(checked(drafted(walk, story)))


MIXED = {2: ("申诉求决", ""), 3: ("建议意见", "")}
DUTY = "请求查处违法行为、履行保护人身权财产权的法定职责"


def mixed(walk: Walk, story: Story) -> list[Walk]:
    """一信三诉：一项走信访程序，一项转入街道自己的履职程序，一项是建议；各有各的结果。"""
    registered(walk, story)
    duty, idea = walk.split("officer1", MIXED)
    walk.classify("officer1").act("officer1", "受理")
    concluded(checked(drafted(walk, story)))
    duty.classify("officer1", advised="第三十一条第五项", 争的是什么=DUTY)
    duty.act("officer1", "导入法定途径", 理由="属本街道查处职责，转为履职案件办理。")
    reply = {"事实和理由": "经现场检查，消防通道被占用，情况属实。", "答复内容": "已责令限期清理，到期复验。"}
    remedy = {"行政复议机关": "云州市云河区人民政府", "有管辖权的法院": "云州市云河区人民法院"}
    duty.act(
        "officer1",
        "答复",
        办理结果="已依法履行职责或者作出决定",
        法律法规依据="《消防法》第二十八条",
        **reply,
        **remedy,
    )
    ends(duty.print_letters("officer1"), "已办结")
    idea.classify("officer1", "建议意见").act("officer1", "转建议研究")
    idea.act("officer1", "答复", 办理结果="予以采纳", 答复内容="建议已经采纳，列入下季度便民工程。")
    ends(idea.print_letters("officer1"), "已办结")
    return [walk, duty, idea]


def report_parted(walk: Walk, story: Story, excerpt: str) -> Walk:
    """来信里夹着检举控告：拆开，原话随检举控告件移交专岗，别的件只有摘录。"""
    registered(walk, story)
    (report,) = walk.split("officer1", {2: ("检举控告", "")}, excerpt)
    page = report.begin("officer1", "移交检举控告专岗")
    put(page.locator("main form"), "专岗所在机关", DISCIPLINE)
    press(page, page.locator("main form button.p[data-key=F9]"))
    return report
