"""他件的文字换成可以带入的样子：姓名、证件、日期、数字、文号、编号、地点、单位一律留空白，引用的法条照留。

Pure. Rather one blank too many than a stranger's detail in a letter: what is not known to be general is blanked.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from petitions.handling.opinion.examination.placeholders import blank

_HAN = "一-鿿"
_FIGURE = "[零〇一二两三四五六七八九十百千万亿几]"
_UNIT = (
    "亿元|万元|元|平方米|平米|公里|米|公斤|斤|吨|小时|分钟|个工作日|工作日|个月|个|天|日|周|年|次|户|人|名|家|套|间|栋|幢|"
    "号楼|单元|楼|层|室|号|亩|辆|棵|份|项|％|%"
)
# 先认的先留：法条在前，免得条号当成数字
_RULES = (
    ("", rf"《[^《》]{{1,60}}》|第(?:{_FIGURE}+|\d+)(?:条|款|项|章|编)(?:之{_FIGURE})?"),
    ("编号", r"[A-Za-z0-9]{2,}(?:-[A-Za-z0-9]+)+"),
    ("文号", rf"[{_HAN}A-Za-z]{{0,8}}[〔\[（(][12]\d{{3}}[〕\]）)][{_HAN}]{{0,6}}\d*\s*(?:号)?"),
    ("证件", r"(?<!\d)[1-9]\d{5}[\d*]{8,11}[\dXx](?!\d)"),
    (
        "日期",
        r"(?:[12]\d{3}|[〇零一二三四五六七八九]{4})\s*年(?:\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*月"
        r"(?:\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[日号])?)?"
        r"|(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*月(?:\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[日号]|份|[初中底上下]旬?)"
        r"|[12]\d{3}[-./]\d{1,2}[-./]\d{1,2}|(?:今|去|前|本|当)年|(?:上|本|当)月",
    ),
    ("数字", rf"(?:约|近|共)?[A-Za-z]?[\d０-９][\d０-９,，.．*]*\s*(?:余|多)?(?:[万亿])?(?:{_UNIT})?"),
    ("数字", rf"{_FIGURE}+(?:余|多)?(?:{_UNIT})"),
)
# 兼作虚词、常用动词的姓不收：宁可靠已知的姓名，也不把“业主公示”当成人名
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛奚范彭郎鲁韦昌马苗凤方俞任袁柳"
    "鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬乐傅皮卞齐康伍余卜顾孟黄穆萧尹姚邵湛汪祁毛禹狄米贝臧伏戴谈宋茅庞"
    "熊纪舒屈项祝董梁杜阮蓝闵席季麻贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万柯管卢莫房宗丁宣邓郁单杭洪"
    "包诸左石崔吉龚程嵇邢裴陆翁荀羊惠甄曲封储靳段焦巴弓牧隗山谷车侯班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶"
    "黎薄印宿白怀蒲索咸籍赖卓屠蒙池乔阴胥苍双闻莘党翟谭贡姬申扶冉宰雍桑桂牛寿燕冀郏浦尚农温庄晏柴瞿阎充慕连茹习"
    "艾鱼古易慎戈廖庾终衡耿匡文寇殴沃蔚夔隆巩厍聂晁勾敖融辛阚那简饶曾沙鞠丰巢关荆红游"
    "盖桓付肖"
)
_TITLES = "先生|女士|同志|师傅|主任|书记|经理|科长|所长|局长|处长|队长|站长|老师|医生|大爷|大妈|阿姨|老人|某"
_CALLED = "信访人|申请人|投诉人|反映人|来访人|举报人|居民|村民|业主|住户|租户|职工|员工|代表人|负责人|联系人|承办人"
_BEFORE_TITLE = re.compile(rf"[{_SURNAMES}][{_HAN}]{{0,2}}?(?=(?:{_TITLES}))某*")
_AFTER_CALLED = re.compile(
    rf"(?:{_CALLED})([{_SURNAMES}][{_HAN}]{{1,2}}?)(?=[，。；、：（(反投来提请称于在系的为与和]|$)"
)
_BODY = re.compile(
    "有限责任公司|股份有限公司|有限公司|公司|集团|工厂|酒店|饭店|商场|超市|学校|中学|小学|幼儿园|医院|小区|社区|公寓|花园|家园"
)
_EDGE_WORDS = (
    *(
        "约谈",
        "要求",
        "责令",
        "督促",
        "会同",
        "联系",
        "协调",
        "通知",
        "责成",
        "委托",
        "处罚",
        "查明",
        "建议",
        "召集",
        "走访",
    ),
    *("位于", "居住", "街道", "乡镇", "办事处"),
)
_EDGE_SIGNS = "与和由向对经在的被请给将为把是系因从到及让于该本我各某原"
# 前面只有这些的，说的是一类单位，不是哪一家
_GENERAL = {
    "",
    "物业",
    "开发",
    "建设",
    "施工",
    "电梯",
    "维保",
    "供水",
    "供热",
    "供电",
    "燃气",
    "保险",
    "用人",
    "中介",
    "劳务",
    "老旧",
}
LONGEST_NAME = 20  # 字：单位名称往前最多认这么长


@dataclass(frozen=True)
class Known:
    """The details of the other file that are known by name. `ours` are words of this file, which may stay."""

    people: frozenset[str] = frozenset()
    organs: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    ours: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Blanked:
    """A text with its blanks, and how many of each kind there are."""

    text: str
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def told(self) -> str:
        """How many of what, for the screen."""
        return "、".join(f"{kind} {count} 处" for kind, count in self.counts.items())


def blanked(text: str, known: Known) -> Blanked:
    """The text as it may be carried into another file. References to laws stay, general words stay."""
    pieces: list[tuple[str, str | None]] = [(text, None)]
    for kind, found in _finders(known):
        pieces = [part for piece in pieces for part in _parted(piece, kind, found)]
    counts = Counter(kind for _, kind in pieces if kind)
    said = "".join(blank(kind) if kind else words for words, kind in pieces)
    return Blanked(said, dict(counts))


def _finders(known: Known):
    """(kind, text → spans) in the order in which they are asked; an empty kind keeps what it finds."""
    yield "", _by(re.compile(_RULES[0][1]))
    for kind, names in (
        ("姓名", known.people),
        ("单位", known.organs - known.ours),
        ("地点", known.places - known.ours),
    ):
        yield kind, _by_names(names)
    for kind, pattern in _RULES[1:]:
        yield kind, _by(re.compile(pattern))
    yield "单位", lambda text: _bodies(text, known.ours)
    yield "姓名", _by(_BEFORE_TITLE)
    yield "姓名", lambda text: [found.span(1) for found in _AFTER_CALLED.finditer(text)]


def _parted(piece: tuple[str, str | None], kind: str, find) -> list[tuple[str, str | None]]:
    text, settled = piece
    if settled is not None:
        return [piece]
    parts: list[tuple[str, str | None]] = []
    last = 0
    for start, end in find(text):
        parts += [(text[last:start], None), (text[start:end], kind)]
        last = end
    return [part for part in (*parts, (text[last:], None)) if part[0]]


def _by(pattern: re.Pattern[str]):
    return lambda text: [found.span() for found in pattern.finditer(text) if found[0]]


def _by_names(names: Iterable[str]):
    longest_first = sorted((name for name in names if len(name) > 1), key=len, reverse=True)
    if not longest_first:
        return lambda text: []
    return _by(re.compile("|".join(map(re.escape, longest_first))))


def _bodies(text: str, ours: frozenset[str]) -> list[tuple[int, int]]:
    """Companies, schools, compounds that are named: from the sign after the last edge to the end of their kind."""
    spans: list[tuple[int, int]] = []
    last = 0
    for found in _BODY.finditer(text):
        start = _start_of(text, found.start(), last)
        if text[start : found.start()] not in _GENERAL and text[start : found.end()] not in ours:
            spans.append((start, found.end()))
        last = found.end()
    return spans


def _start_of(text: str, end: int, least: int) -> int:
    start = end
    while start > least and end - start < LONGEST_NAME and re.match(f"[{_HAN}A-Za-z]", text[start - 1]):
        if text[start - 1] in _EDGE_SIGNS or text[:start].endswith(_EDGE_WORDS):
            break
        start -= 1
    return start
