"""一套编写的字段：每种文书各一份，人名、地名、单位都是虚构的。"""

from datetime import date

QUERY = {"query_url": "https://xf.yunzhou.example/q", "query_code": "K7WM4RX29HTN"}
CONTACT = {"contact": "物业管理科陈立", "contact_phone": "0199-5550115"}
SUBJECT = "翠苑小区3号楼地下室渗水、电表箱受潮，要求启动维修资金应急使用"
CASE = {"received_on": date(2026, 2, 25), "subject": SUBJECT}
CLAIMS = [
    "查明翠苑小区3号楼地下室渗水原因，督促物业服务人限期修复",
    "启动住宅专项维修资金应急使用程序，更换受潮电表箱",
    "公开2023年以来小区公共收益的收支情况",
]

SAMPLES = {
    "F01": {
        **CASE,
        **QUERY,
        "channel": "走访",
        "claims": CLAIMS,
        "petitioner": "刘桂兰",
        "pin": "482913",
        "attachments": ["渗水照片（6张，复印件1份）", "物业服务合同（复印件1份）"],
        "contact_phone": "0199-5550115",
    },
    "F02": {
        **CASE,
        **QUERY,
        **CONTACT,
        "accepted_on": date(2026, 2, 27),
        "handling_organ": "云河区青柳街道办事处物业管理科",
        "path": "31-6",
        "procedure": "听取你的陈述，到现场查看并向物业服务人、业主委员会核实，必要时举行听证，在此基础上提出处理意见。",
        "due_on": date(2026, 4, 28),
    },
    "F03": {
        **CASE,
        **QUERY,
        **CONTACT,
        "to_organ": "云河区住房和城乡建设委员会",
        "to_address": "云河区清源路8号",
        "forwarded_on": date(2026, 3, 2),
        "article": "22-1-1",
    },
    "F04": {
        **CASE,
        **CONTACT,
        "ground": "28-2",
        "reason": "你与物业服务人之间的物业费纠纷已由云河区人民法院立案，尚未审结。",
        "way": "在该案诉讼程序中提出主张；对裁判不服的，依照法律规定的程序提出",
        "to_organ": "云河区人民法院",
        "to_address": "云河区安定路20号诉讼服务中心",
        "approver": "办事处主任",
        "materials": "所附材料复印件存档，原件已当场退还",
    },
    "F05": {
        **CASE,
        **CONTACT,
        "reason": "住宅电表箱的产权和维护责任属于供电企业，本机关没有处理权限。",
        "to_organ": "云州供电公司云河分公司",
        "to_address": "云河区电力路1号营业厅",
    },
    "F06": {
        **CASE,
        **CONTACT,
        "prior_case_no": "110199-2024-00871",
        "recheck_organ": "云州市人民政府",
        "recheck_no": "云州复核〔2025〕12号",
        "recheck_on": date(2025, 8, 15),
        "sameness": "两次均以2019年装修漏水未获足额赔偿为由，要求街道承担赔偿责任。",
        "help_channels": "你如有生活困难，可向青柳街道民政窗口申请救助；需要法律咨询的，可到云河区法律援助中心。",
        "approver": "办事处主任",
    },
    "F07": {
        **CASE,
        **CONTACT,
        "to_organ": "云河区住房和城乡建设委员会",
        "channel": "来信",
        "summary": "来信人反映小区3号楼地下室长期渗水，物业服务人未修复。",
        "requirements": "请依法依规办理，并及时录入信访信息系统。",
        "article": "22-1-1",
        "petitioner": "刘桂兰",
        "attachments": ["来信复印件（3页）", "照片（6张）"],
    },
    "F08": {
        **CASE,
        **CONTACT,
        "to_organ": "云河区住房和城乡建设委员会",
        "channel": "走访",
        "summary": "来访人反映小区3号楼地下室长期渗水，物业服务人未修复。",
        "requirements": "请查清事实，依法处理，做好解释说明。",
        "due_on": date(2026, 4, 20),
        "report_back": "调查情况、处理结果、信访人意见以及四个到位落实情况。",
    },
    "F10": {
        **CASE,
        **CONTACT,
        "accepted_on": date(2026, 2, 27),
        "original_due_on": date(2026, 4, 28),
        "days": 30,
        "new_due_on": date(2026, 5, 28),
        "reason": "渗水原因需要专业机构检测，检测报告预计5月上旬出具。",
        "approver": "办事处主任",
    },
    "F12": {
        **CASE,
        **CONTACT,
        "accepted_on": date(2026, 2, 27),
        "claims": CLAIMS,
        "facts": "2026年3月5日，本机关会同区住房和城乡建设委员会到现场查看，3号楼地下室西侧外墙渗水，电表箱外壳锈蚀。\n"
        "经专业机构检测，渗水系外墙防水层老化所致，已过保修期。物业服务人自2024年起三次接到报修，仅作临时封堵。\n"
        "经查阅账册，2023年以来小区公共收益未按合同约定公示。",
        "opinions": [
            {"outcome": "support", "text": "物业服务人未履行维修养护义务，本机关已督促其于2026年5月31日前完成修复。"},
            {"outcome": "explain", "text": "应急使用维修资金须由相关业主或者业主委员会提出，本机关将予以指导。"},
            {"outcome": "support", "text": "物业服务人应当在2026年4月30日前公示公共收益的收支情况。"},
        ],
        "basis": [
            "《中华人民共和国民法典》第九百四十二条、第九百四十三条",
            "《物业管理条例》第三十五条",
            "《住宅专项维修资金管理办法》第二十四条",
        ],
        "review_organ": "云河区人民政府",
        "attachments": ["地下室渗水检测报告（复印件）"],
    },
    "F14": {
        **CASE,
        **CONTACT,
        "subject": "在青柳公园增设老年人健身步道",
        "adoption": "partly",
        "reason": "公园东侧有条件铺设步道；西侧为雨水调蓄区，不宜硬化。",
        "arrangement": "东侧步道列入2026年下半年更新计划，由云河区园林绿化局实施。",
    },
    "F15": {"letter_title": "信访处理意见书", "letter_number": "云青访意〔2026〕17号"},
    "F23": {
        "subject": SUBJECT,
        **CONTACT,
        "to_organ": "云河区青柳街道办事处",
        "trigger": "无正当理由未按规定期限办结",
        "problem": "该事项应于2026年4月28日前办结，至今未出具信访处理意见书，也未办理延期。",
        "requirements": "立即办结并送达信访人，说明逾期原因。",
        "due_on": date(2026, 5, 15),
        "report_back": "办理结果、送达凭证、逾期原因以及整改措施。",
    },
}

SENDERS = {
    "F03": "云河区信访办公室",
    "F07": "云河区信访办公室",
    "F08": "云河区信访办公室",
    "F23": "云河区信访办公室",
}
STREET = "云河区青柳街道办事处"
CASE_NO = "110199-2026-03862"


def values_of(kind: str) -> dict:
    """The sample with what the system fills in: the case number and whom the letter is to."""
    to = SAMPLES[kind]["to_organ"] if kind in ("F07", "F08", "F23") else "刘桂兰"
    return {**SAMPLES[kind], "case_no": CASE_NO, "addressee": to}


def sender_of(kind: str) -> str:
    return SENDERS.get(kind, STREET)
