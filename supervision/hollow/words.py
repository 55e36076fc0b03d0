"""答复里的话：套话、打算、做到、推开、查过，各用哪些字眼；诉求说的事在答复里有没有。纯函数，只看字句，不下结论。"""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from insight.normal import bigrams, codes, normalise
from insight.places import AREA, ESTATE, LINE, NUMBER, ROAD, SCHOOL, VILLAGE, Named, named_in
from insight.topics import topics_of
from petitions.states import Finding
from rulebook.citations import citations

# 哪件事都会说的话：不算说到了这件事
COMMON = re.compile(
    "要求|希望|请求|请|尽快|尽早|及时|立即|信访人|诉求|反映|问题|情况|有关|相关|部门|单位|依法|依规|处理|解决|进行|"
    "予以|给予|支持|答复|落实|责任|查处|查明|查清|核查|核实|调查|说明|告知|书面|公开|我们|本人|你|您|的|了|对|将|并|和|及|"
    "已经|已|不|应|工作|加强|督促"
)
# 开头结尾的套话，和怎样申请复查的话：不是本件的事实
FORMULAS = re.compile(
    r"经(?:查|核|审核|审查|核查|调查)?(?:核实)?[，,：:]|(?:进行了?)?调查核实[。，]|现(?:将|答复)[^。：]*[。：]|"
    r"[^。，]*(?:高度重视|十分关注|收悉)[^。，]*[。，]?|[^。；]{0,10}不服[^。]*复查[^。]*。?"
)
VAGUE = re.compile(
    r"尽快|尽早|早日|适时|择机|酌情|视情|逐步|力争|争取|耐心等待|请.{0,4}放心|进一步(?:研究|核实|协调|加强|推进|跟进|完善)|"
    r"(?:积极|持续|继续|加大|加强)[^，。；]{0,4}(?:协调|推进|推动|关注|跟踪|跟进|督促|研究|力度|沟通|监管|巡查)|"
    r"研究(?:解决|处理|考虑|制定)|统筹(?:考虑|研究|安排)|(?:待|等)[^，。；]{0,16}(?:落实|到位|成熟|批复|明确|允许)[^，。；]{0,4}(?:后|再|时)|"
    r"下一步|今后|(?:将|会)(?:会|继续|进一步|尽|及时|组织|安排|督促|协调|按|依|纳入|列入|对|在|于)|拟(?:于|在|对|定|安排)?|"
    r"(?:已|现已)?(?:登记入册|记录在案|列入(?:计划|考虑)|纳入(?:计划|考虑)|报(?:上级|领导))"
)
ROUTE = re.compile(r"民事途径|起诉|诉讼|仲裁|行政复议|司法途径|可(?:依法|以?申请)")
# 到哪一天为止要做到的：答复时还没有做到
BY_A_DAY = re.compile(r"(?:日|号|月底|月末|旬|年底)(?:之?前|以前)|承诺|限期|答应|同意(?:于|在)|[日天周月]内(?!已)")
DONE = re.compile(
    r"(?:已|已经|均已|现已|业已)(?!.{0,6}(?:收悉|知悉|收到|转|阅|登记|记录|列入|纳入|关注|要求|通知|联系|安排|责成|上报|申报))[^，。；]{0,24}?"
    r"(?:完成|完毕|修|换|拆|清|整改|退|支付|发放|补|到账|恢复|安装|关停|停|查封|处罚|立案|办结|办理|签订|公示|张贴|公布|"
    r"关闭|取缔|疏通|加装|调整|重做|验收|开通|缴|赔|付|通水|通电|供|打扫|移走|拖移|更正|解决|处理|落实|改)|"
    r"(?:完成|通过|经)(?:整改|维修|修复|清理|拆除|更换|验收|退款|支付|复测|复查)|不再(?:起尘|占道|漏|渗|扰民|直排)"
)
DID = re.compile(
    r"(?:已|已经|均已|现已|业已)(?!.{0,6}(?:收悉|知悉|收到|转|阅|登记|记录|列入|纳入|关注|要求|通知|联系|安排|责成|责令|督促|知晓|上报|申报))"
    r"[^，。；]{2,}"
)
# 记录里看得出做到了的
PROOF = re.compile(
    r"完成|完毕|到账|回单|凭证|收据|截图|验收|拆除|清运|清理|更换|恢复|修复|修好|签领|发放|补发|退还|退款|支付|亮灯|施工|"
    r"公示|张贴|公布|覆盖|整改|疏通|安装|复测|复查|复检|消除|达标|合格|批准|更正|换表|缴清|补缴|停办|关停|查封|处罚|立案|"
    r"移走|拖移|打扫|转卡|确认|运行|移除|结清|履行|完工|竣工|铺装|启用|投用|交付|通车|消杀|修剪|道歉|停产|收条"
)
ONLY_SAID = re.compile(r"同意|承诺|愿意|愿|答应|拟写|拟定|计划|将|尚未|未能|没有|对账|审批|起草|录入")
DENIED = re.compile(
    r"不予支持|不能支持|无法支持|不支持|不予受理|不再受理|无法(?:满足|办理|解决|支持|认定|赔偿|给予)|不符合|"
    r"不具备|不属于|没有依据|无依据|缺乏依据|维持(?:原|现)|不予(?:办理|赔偿|补偿|认定|考虑)|难以(?:支持|满足|解决)"
)
CONFIRMED = re.compile(
    r"(?<!不)(?<!否)属实|相差|(?<!未)(?<!不)超(?:标|[出过][^，。；]{0,8}(?:标准|限值|范围))|与[^，。；]{0,12}不(?:符|一致)|"
    r"(?:漏|少|错)(?:登|录|算|发|计|报)|(?:重复|多)(?:缴|收|扣|计)|(?:未(?:取得|办理)|无)[^，。；]{0,8}(?:许可|证明|资质|手续)|"
    r"(?:认定|核算|计算|登记|录入|审核|系统)[^，。；]{0,6}(?:错误|有误)|(?:认可|承认)[^，。；]{0,16}(?:未|欠|没)|未(?:为|给)(?:信访人|其|您)|"
    r"被[^，。；]{0,10}占用"
)
NOT_SO = re.compile(
    r"不存在[^，。；]{0,8}(?:问题|情形|情况|现象|行为|少|多|漏|错)|基本一致|(?:未|没有)发现[^，。；]{0,12}(?:问题|行为|现象|情形|情况)|"
    r"(?<!基本)不(?:属)?实|不成立|查无此|并无此|一切正常|(?:没有|未)(?:多|少|漏|错|重复)[^，。；]{1,4}|准确|(?:核算|计算|核对)无误|并无不当|(?<!不)(?<!未)达标|(?<!不)符合(?:规定|要求|标准)"
)
REASONED = re.compile(
    r"因|由于|根据|依据|按照|依照|鉴于|规定|合同|协议|约定|鉴定|检测|判决|裁决|材料显示|记录显示|原因是|所致|导致|造成"
)
ASKS_WHY = re.compile(r"为什么|为何|何以|凭什么|怎么会|原因")
GIVES_WHY = re.compile(
    r"因(?!此)|由于|原因(?:是|系|为|在于)|所致|导致|造成|鉴于|(?:系|属)[^，。；]{2,}|道歉|检讨|承认|认可|失误|疏忽|延误|不同|不一样|有别|"
    r"按[^，。；]{2,14}(?:计算|核定|计发)"
)
INQUIRED = re.compile(
    r"现场|实地|踏勘|走访|入户|查[看阅询验明档账]?|调取|调阅|调档|检测|检查|抽查|询问|约谈|听取|核对|核查|核实|核地|测|监测|鉴定|"
    r"调解|座谈|会商|勘|复核|巡查|送检|试算|比对|观察|取证|笔录|到场|派员|陪同|会同|了解|联系|沟通|督促|讲解|指导|核"
)
# 光是往来和走流程，不算查过
DESK_WORK = re.compile(
    r"邮寄|寄送|送达|短信|签收|告知|接听|拟写|起草|形成|审核|审批|录入|办结|办理延期|延长|归档|登记|意见书|学习|研究|回访|转办"
)
SAYS_CONTENT = re.compile(
    r"(?:信访|反映|来信|来访|来电|投诉|诉求|当事|举报)人[^。；，]{0,14}(?:满意|无异议|没有异议|无意见|没有意见|(?:表示|予以)认可|同意[办结]{1,2}案?|息访|息诉)|"
    r"(?:群众|您|本人|对方)[^。；，]{0,8}(?:表示满意|无异议|同意办结)|回访[^。；]{0,10}满意"
)
CONTACTED = re.compile(
    r"(?:信访|反映|来信|来访|来电|投诉|诉求|当事|举报)人|回访|电话|当面|上门|见面|短信|座谈|入户|窗口"
)
UNREACHED = re.compile(
    r"打不通|(?:未|没有?|无法)(?:接通|接听|打通)|无人接听|空号|停机|(?:联系|找)不[到上]|(?:未|没有?)能?联系|拒接|未接"
)
ON_PAPER = re.compile(
    r"签(?:字|名|署|订|收|领|写|认|章)|书面|手印|按印|盖章|协议书|调解书|笔录|申请书|撤回(?:申请|说明)|短信确认|"
    r"立案|案号|并入|并案|主件|法院|死亡|注销"
)
NOT_ON_PAPER = re.compile(
    r"(?:未|没有?|尚未|无)(?:能)?(?:签[字名署订写]?|书面|达成)[^，。；]{0,8}|口头|(?:未|没有?)到场|代为?签(?!收)|视为|电话(?:中|里)?[^，。；]{0,12}(?:称|表示)|记(?:录)?(?:为|作)"
)
PASSED_ON = re.compile(
    r"(?:转|移交|移送|批转|派单|派发|函告|交办?由?)(?!学|账|卡|租|让|入|发|业|移|付|管)[^，。；]{0,20}(?:办理|处理|处置|研究|答复|负责|跟进)|"
    r"由[^，。；]{2,20}(?:直接|另行|负责|予以)?(?:答复|回复)(?:您|信访人|反映人)?|"
    r"(?:函告|通知|移交|批转|交办|告知)[^，。；]{2,12}(?:公司|街道|镇|乡|局|社区|物业|村)[^，。；]{0,6}$|"
    r"请(?:您|信访人)?(?:直接|自行)?(?:与|向)[^，。；]{2,16}(?:联系|咨询|反映|对接)|请[^，。；]{0,4}(?:关注|等候|等待)[^，。；]{0,12}(?:答复|通知|处理)"
)
HANDED_OVER = re.compile(
    r"编号|案号|登记|文号|回执|收件|签收|已受理|证据|卷|移送|立案|已(?:书面)?告知[^，。；]{0,14}(?:机关|地址|法院|途径|期限|材料|条件)|诉讼服务|\d{4}年\d{1,2}月|\d{1,2}月\d{1,2}日"
)
WITHDRAWN = re.compile(r"撤回|不再(?:要求|主张|反映|提)|放弃")
COVERS_SEVERAL = re.compile(
    r"(?:两|二|三|四|五|各|全部|上述|以上)(?:项|个)?(?:诉求|请求|问题)|第?[一1][、,和至到][二三四五2-5]项|一并|均"
)
JUST_ASKS = re.compile(r"咨询|请问|怎么办理|如何办理|什么材料|查询|什么时候到账")
STILL = re.compile(
    r"还是(?!要求|觉得|希望|认为|不满)|还没|还未|还在|还[欠漏堵响]|至今|从(?:没|未|来没)|照样|照旧|照常|依然|依旧|仍(?:然|旧|未|没|在|是|不)|一直|又(?!有)[^，。]{1,2}|"
    r"没(?:有)?(?:人|收到|发|给|修|退|赔|来|看到|见|变|动|和谁|同意|撤|签|解决|处理|落实|下文|到账|兑现)|"
    r"未(?:见|收到|落实|解决|支付|修|拆|到账|兑现)|根本|(?:比|跟|和)(?:以前|原来)(?:一样|更)|越来越|推(?:来|回|给)|越[^，。]越|老样子|原样|反弹|复发|继续(?!办)"
)
# 致谢、要文书、问救济，或者只是不同意结论：不是没有解决
CONTENT_OR_REMEDY = re.compile(
    r"复查|复核|起诉|诉讼|不服|感谢|致谢|评价|复印|盖章|领取|办好了?|办结了|咨询|再(?:研究|考虑)|重新考虑|不(?:能)?支持|"
    r"(?:没有|未)(?:提出|提供|补充)?[^，。]{0,4}新(?:的)?(?:事实|材料|证据)"
)
RATED_EMPTY = re.compile(
    r"没见|没(?:有)?(?:人来|人联系|联系|修|拆|退|发|收到|动|变|查清|逐项|落实|答到)|未(?:落实|答)|谁(?:跟|和|给)|还是(?:那样|老样|原样|漏|堵|这样)|"
    r"照样|照旧|又推|推(?:回|来|给)|不是[^，。]{2,}|不属实|假的|编的|没说过|没签|没同意|答非所问|说的不是|问的不是"
)
ARTICLE = re.compile(r"第[零〇一二两三四五六七八九十百千\d]+条")
# 办理的事，不是办成：说了哪天责令、要求，不等于那天做到
ORDERED = re.compile(
    r"责令|下达|要求|通知|约谈|督促|函告|交办|承诺|同意|计划|决定书|支付决定|限期|告知|研究|批示|部署|会商|协商|调解"
)
STILL_OPEN = re.compile(
    r"(?:仍|尚|还)(?:未|没有?)[^，。；]{0,6}(?:完成|拆|付|退|到账|整改|修|恢复|兑现|履行|动工|开工|办)|仍(?:在|有)(?:漏|堵|响|占|排|堆|营业)"
)
NOTHING_FOUND = re.compile(
    r"不属实|(?:未|没有)发现[^，。；]{0,12}(?:问题|行为|现象|情形)|不存在[^，。；]{0,8}(?:问题|行为|现象|情形)|均达标|检测达标"
)
NO_GROUND = re.compile(
    r"历史遗留|年代久远|时间久远|难以查[证实清]|无法查[证实清]|涉及面(?:广|大)|条件不成熟|多次信访|不宜受理|暂不受理"
)
ASKS_DUTY = re.compile(r"查处|监察|处罚|取缔|执法|监管|制止|整治|吊销|立案")
TOUCHED = re.compile(
    r"(?:与|向|同|跟)(?:信访|反映|来信|来访|投诉|举报)?(?:人|您)[^，。；]{0,6}(?:取得)?(?:联系|沟通|见面|解释|说明|反馈|对接)"
)
PLURAL = re.compile(
    r"每[天晚日周月年次]|天天|夜夜|都|多[家户处条栋个]|长期|一直|经常|多次|反复|全体|整[栋条个]|各[户家栋]|(?:[2-9]|\d{2,}|[两三四五六七八九十])(?:条|户|家|处|栋|个)"
)
COUNTED = re.compile(
    r"(?:全|所有|各|[两三四五六七八九十]+)个?(?P<of>部|家|户|条|栋|处|盏|台|小区|单元)|(?:[2-9]|\d{2,})(?P<n>部|家|户|条|处|盏|台)"
)
SEVERAL = r"(?:[2-9]|\d{{2,}}|[两三四五六七八九十])\s*个?{unit}|全部|均|逐|各|都|分别|全{unit}"
# 要求的是什么 → 答到这件事用的词
DEMANDS = [
    (re.compile(demanded), re.compile(answered))
    for demanded, answered in (
        (
            r"(?:要求|请|^并?)[^，。；]{0,4}(?:公开|公布|公示)",
            r"公开|公布|公示|张贴|查阅|复印|展示|账目|明细|名单|凭证|目录|上墙|登记",
        ),
        (r"退(?:还|款|费|钱|押|掉|货)", r"退|返|抵扣|冲减|转卡|还|到账|补付|扣|划转|换新|更换|支付"),
        (r"(?:要求|请|^并?)[^，。；]{0,8}(?:赔|补偿)", r"赔|补|偿|诉|民事|协商|恢复|修|保险|付|粉刷"),
        (r"拆除|拆掉", r"拆|许可|合法|整改|恢复|移|批准|确权"),
        (r"(?:要求|请|^并?)(?:[^，。；]{0,6}修|更换)", r"修|换|恢复|施工|改造|加固|通|亮|完成|完工|堵|疏|防水|装|补"),
        (r"清理|清运|清走", r"清|运|移|扫|冲洗|拖|整治"),
        (r"(?:要求|请|^并?)[^，。；]{0,12}(?:查处|处罚|取缔)", r"罚|案|查|责令|违|停|改正|检|取缔|关|整改"),
        (r"补发|(?:要求|请|^并?)(?:发放|支付)|拖欠", r"发|付|到账|补|领|仲裁|拨|清偿"),
        (r"(?:要求|请|^并?)[^，。；]{0,12}(?:安装|增设|加装)", r"装|增|设|建|加|选址|条件|布点|划"),
    )
]
_NEGLECTED = re.compile(
    r"当时|(?<![统二三四五六七八九十百千\d])[一1](?:个班次|部(?![署门分])|家|户|趟)|(?:巡查|查看|观察|检查|去|看)[^，。；]{0,6}一次|抽查|当(?:天|日)未|未见"
)
_DAY = re.compile(r"(?:(\d{4})\s*[年.-]\s*)?(\d{1,2})\s*[月.-]\s*(\d{1,2})\s*日?")
_MONTH = re.compile(r"当[天日场](?!未|时)|\d{4}年\d{1,2}月(?!\d)|\d{1,2}月(?:上|中|下)旬")
_BEFORE = re.compile(r"\s*(?:之?前|以前|以?内|前后|起至|届满|截止)")
_UNITS = "万?元|平方|㎡|米|公里|户|人|次|份|台|处|吨|度|分贝|%|％|号|栋|幢|单元|室|层|个|名|亩|辆|天|家|盏|根|块|℃"
_FIGURE = re.compile(rf"\d+(?:\.\d+)?\s*(?:{_UNITS})")
PLACES = (ROAD, ESTATE, VILLAGE, SCHOOL)
EMPTY = 5  # pairs of signs
SUPPORTED = (Finding.SUPPORT, Finding.PARTIAL)


# 说的是什么


def pairs(text: str) -> set[str]:
    """Every two neighbouring signs of what is not said of everything."""
    return set().union(*(bigrams(normalise(run)) for run in re.findall(r"\w+", COMMON.sub(" ", text))), set())


def taken_up(claim: str, answer: str) -> float:
    """How far an answer takes up what the claim is about, 0–1: its words, or its matter in others (漏水、渗水)."""
    asked = pairs(claim)
    if not asked:
        return 1.0
    share = len(asked & pairs(answer)) / len(asked)
    folded = normalise(claim), normalise(answer)
    same = topics_of("", folded[0], codes(folded[0])).keys() & topics_of("", folded[1], codes(folded[1])).keys()
    return min(1.0, max(share, 0.5 if same else 0.0))


def shared(claims: Iterable[str], text: str) -> int:
    """How many pairs of signs of their matter both tell."""
    return len(pairs("；".join(claims)) & pairs(text))


def own(text: str) -> str:
    """The text without its formulas, laws and articles."""
    return ARTICLE.sub("", re.sub(r"《[^》]*》", "", FORMULAS.sub("", text)))


def specifics(text: str) -> int:
    """How many days, figures and named things stand in the text; articles of a law are none."""
    plain = own(text)
    names = {named.core for named in named_in(plain) if named.kind != AREA}
    return len(_DAY.findall(plain)) + len(_MONTH.findall(plain)) + len(set(_FIGURE.findall(plain))) + len(names)


def names_elsewhere(claims: Iterable[str], reply: str) -> tuple[str, str] | None:
    """A number of a building, or a named thing, where the claims name another of its kind and the reply not theirs."""
    ours, theirs = named_in("\n".join(claims)), named_in(own(reply))
    for kind in dict.fromkeys(named.kind for named in ours if named.kind != AREA):
        asked = [named for named in ours if named.kind == kind]
        answered = [named for named in theirs if named.kind == kind]
        told = normalise(reply)
        if (
            asked
            and answered
            and not any(one.core in told or any(_meet(one, two) for two in answered) for one in asked)
        ):
            return asked[0].name, answered[0].name
    return None


def names_foreign(claims: Iterable[str], known: str, answer: str) -> Named | None:
    """A building, road, estate, village or school that the answer speaks of in the stead of the claims' own, and
    nothing else does; None where there is none. `known`: facts and record."""
    asked, answered = named_in("\n".join(claims)), named_in(own(answer))
    numbers = {one.core for one in asked if one.kind == NUMBER}
    known_numbers = numbers | {one.core for one in named_in(known) if one.kind == NUMBER}
    others = [one for one in answered if one.kind == NUMBER]
    if numbers and others and not any(one.core in known_numbers for one in others):
        return others[0]
    ours = [named for named in asked if named.kind in PLACES]
    told, sources = normalise(own(answer)), normalise("\n".join([*claims, known]))
    if not ours or any(one.core[-2:] in told for one in ours):
        return None
    named = (one for one in answered if one.kind in PLACES and not re.search(r"\d", one.core))
    foreign = (one for one in named if one.core[-2:] not in sources)
    return next(foreign, None)


def unmet(claim: str, answer: str) -> float:
    """How much of what the claim demands has none of the words in which such a demand is met or refused, 0–1; 0 too
    where no demand is made out."""
    plain = own(answer)
    found = [
        next((met for demanded, met in DEMANDS if demanded.search(part)), None)
        for part in re.split(r"[，；、]|并(?=[查要退赔公])|同时", claim)
    ]
    asked = [one for one in found if one is not None]
    return sum(not one.search(plain) for one in asked) / len(asked) if asked else 0.0


def _meet(one: Named, two: Named) -> bool:
    if one.agrees(two):
        return True
    return one.kind != NUMBER and (one.core[-2:] in two.core or two.core[-2:] in one.core)


def left_out(claim: str, reply: str) -> list[str]:
    """Of several things of one kind that the claim lists, those the reply does not name while it names others."""
    told, missed = normalise(reply), []
    listed = [named for named in named_in(claim) if named.kind in (NUMBER, LINE) or not named.name[0].isdecimal()]
    kinds = {named: (named.kind, re.sub(r"\d+", "", named.core) if named.kind == NUMBER else "") for named in listed}
    for kind in dict.fromkeys(one for named, one in kinds.items() if named.kind != AREA):
        ours = [named for named in listed if kinds[named] == kind]
        gone = [named.name for named in ours if named.name not in told]
        if len(ours) >= 2 and 0 < len(gone) < len(ours):
            missed += gone
    return missed


def counted_out(claim: str, reply: str) -> str:
    """How many of something the claim speaks of, where the reply speaks of one only; empty where it does not."""
    told = COUNTED.search(claim)
    unit = told and (told["of"] or told["n"])
    return told[0] if told and not re.search(SEVERAL.format(unit=unit), reply) else ""


# 做到了没有


def days_in(text: str, near: date) -> list[tuple[date, bool]]:
    """The days of the text, each with whether it is one by which something is to be done; a day without a year is
    taken as the one nearest to `near`."""
    found = []
    for match in _DAY.finditer(text):
        year, month, day = match.groups()
        years = [int(year)] if year else [near.year - 1, near.year, near.year + 1]
        told = [one for y in years if (one := _date(y, int(month), int(day)))]
        if told:
            nearest = min(told, key=lambda one: abs((one - near).days))
            found.append((nearest, _BEFORE.match(text, match.end()) is not None))
    return found


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def was_done(text: str, closed_on: date) -> bool:
    """Whether the answer tells a day, not after the closing, on which something was done. What was ordered on a day
    is done only where nothing is still to follow by another."""
    plain = own(text)
    dated = [one for one in re.split(r"[，。；,;]", plain) if _is_past(one, closed_on)]
    to_follow = bool(owed_by(text, closed_on)) or BY_A_DAY.search(plain) is not None
    return any(not ORDERED.search(one) for one in dated) or (bool(dated) and not to_follow)


def _is_past(clause: str, closed_on: date) -> bool:
    days = days_in(clause, closed_on)
    return any(day <= closed_on and not until for day, until in days) or _MONTH.search(clause) is not None


def is_proved(text: str, followups: Iterable[str]) -> bool:
    """Whether a line of the record shows done, not only agreed to, something the text speaks of; anything if empty."""
    told = pairs(text) if text else None
    shown = [line for line in followups if PROOF.search(line) and not ONLY_SAID.search(line)]
    return any(told is None or told & pairs(line) for line in shown)


def owed_by(text: str, closed_on: date) -> list[date]:
    """The days by which the answer says something is to be done."""
    return [day for day, until in days_in(own(text), closed_on) if until or day > closed_on]


def is_looked_into(facts: str, followups: Sequence[str]) -> bool:
    """Whether the facts or the record tell of any inquiry; formulas and sending letters are none."""
    plain = own(facts)
    recorded = any(INQUIRED.search(DESK_WORK.sub("", line)) for line in followups)
    return recorded or any(one.search(plain) for one in (INQUIRED, _DAY, _FIGURE))


def was_contacted(followups: Iterable[str]) -> bool | None:
    """Whether the petitioner was spoken to by the record; False where it says they were not reached, None where it
    says nothing."""
    lines = list(followups)
    if any(UNREACHED.search(line) for line in lines):
        return False
    return True if any(CONTACTED.search(line) for line in lines) else None


def cites_law(*texts: str) -> bool:
    return any(citations(text) for text in texts)


def is_against(finding: Finding | None, text: str) -> bool:
    """Whether the words say the opposite of the outcome."""
    if finding == Finding.SUPPORT:
        return bool(DENIED.search(text)) and not DONE.search(text)
    return finding == Finding.REJECT and re.search(r"(?<!不)予以支持|全部支持", text) is not None


def denies_its_facts(facts: str, answer: str) -> bool:
    """Whether the facts bear the claim out and the answer says there is nothing in it."""
    return CONFIRMED.search(own(facts)) is not None and NOT_SO.search(own(answer)) is not None


def is_empty(text: str) -> bool:
    """Whether an answer says next to nothing: no figure and hardly a word of its own."""
    plain = own(text)
    return len(pairs(plain)) <= EMPTY and not re.search(r"\d", plain)


def looked_once(text: str) -> bool:
    return _NEGLECTED.search(text) is not None
