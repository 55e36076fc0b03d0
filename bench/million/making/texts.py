"""虚构的来信：同一个号码永远是同一封。人名、地名、单位都是拼出来的，和任何真实来信无关。"""

import random
from dataclasses import dataclass, replace
from functools import cache

TENTH = 10  # 逢十的件先装；重复件都学它们，先装的一份才自成一体
REPEATS = 3  # 每百件里再次来信的
STEMS = "槐柳枫梧桐榆杏棠苇荷菱芦萍蓼蒲薇茉兰菊梅竹松柏榕樟桂枣栗橘柚".strip()
HEADS = "青碧澄明清新东西南北中上下前后远长宽广平安和顺宁康永兴福庆春夏秋晨晓云霞星月雨雪霜露虹".strip()
COMPOUNDS = "苑 里 家园 花园 新村 小区 公寓 东里 西里 嘉园 名邸 雅居 坊 大院 佳苑 华庭".split()
ROADS = "路 街 巷 大街 胡同 东路 西路".split()
FIRM_HEADS = (
    "恒禾 瑞拓 泰岭 嘉汇 鼎原 宏砚 博舟 启帆 盛垣 远疆 正昊 联栈 久渡 森垄 合弘 万隅 凌澜 德邺 安堃 广衡".split()
)
FIRM_TAILS = "物业服务公司 置业公司 建设工程公司 供热站 餐饮公司 人力资源公司 健身会所 教育咨询公司 家政公司".split()
SURNAMES = (
    "赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏潘葛范彭郎鲁韦昌马苗凤花方俞任袁柳"
)
GIVEN = (
    "安伯昌晨成德东恩芳飞刚桂国海浩宏华慧吉佳建洁晶静娟军凯兰磊莉立琳龙梅敏明宁鹏平琴"
    "青庆荣瑞山淑涛婷伟文霞晓兴秀雅燕毅英永玉云珍志忠"
)
# 事由：要点
TROUBLES = {
    "供暖": "室温只有十五度 暖气片半边凉 供热管道渗水 锅炉昼停夜开 采暖费照收不误 阀门锈死拧不动",
    "电梯": "电梯三天两头停运 轿厢异响下坠 维保记录空白 困人两次没人救 年检标志过期 按键失灵无人修",
    "欠薪": "工钱拖了四个月 班组长不接电话 结算单没人签字 保证金账户是空的 劳动合同没有给本人 加班费一分没算",
    "违建": "楼顶加盖了两层 绿地围成私家院子 消防通道砌了墙 拆除通知贴了没人拆 夜里偷偷施工 雨水改道灌进地下室",
    "噪声": "凌晨还在打桩 空压机整夜轰响 音响外放到十一点 隔声窗迟迟不装 检测报告不给看 孩子没法写作业",
    "停车": "消防通道停满车 地锁装到人行道上 停车费一年涨三次 固定车位被转租 道闸砸坏行人 充电桩被油车占着",
    "拆迁": "评估单位没有公示 过渡费停发半年 安置房逾期两年 补偿面积少算十二平方米 附属物没有登记 协议只有一份被收走",
    "办证": "不动产登记一直受理不了 开发商没有缴清税费 测绘面积前后不一 预告登记过期 维修资金票据遗失 材料退回三次",
    "学位": "划片范围突然调整 同小区分到两所学校 报名系统打不开 集体户不给登记 插班申请没有回音 校车路线取消",
    "医保": "异地就医报销被退 门诊慢病资格停了 缴费年限少记两年 药店刷卡失败 住院押金不退 定点医院名单没更新",
    "养老": "押金退不下来 护理等级降了费用没降 助餐点关门 夜间没有值班人员 老人摔伤不通知家属 驿站改成了棋牌室",
    "道路": "井盖响了一个月 路面塌了半米深 盲道被栏杆截断 路灯一片漆黑 便道砖翘起绊人 积水没过脚踝",
    "公交": "末班车提前一小时 站牌拆了不立新的 线路绕行多走四站 夏天不开冷风 候车亭漏雨 发车间隔四十分钟",
    "饮水": "水质发黄有异味 二次加压泵停了 水表倒着走 水箱两年没有清洗 停水不通知 水费按估数收",
    "油烟": "排烟口正对卧室窗 油污顺墙往下淌 净化器常年不开 楼道里全是呛味 餐馆没有专用烟道 投诉后只停了两天",
    "预付": "会所一夜搬空 余额两千多退不了 课程只上了三节 合同主体换了名字 客服电话停机 退费协议不兑现",
    "村务": "承包地流转没有开会 分红名单少了我家 村账三年不公开 青苗补偿没到手 公章被人拿走 宅基地审批压着不办",
    "工伤": "认定申请不受理 停工期间不发工资 鉴定结论没送达 用人单位否认用工 医药费垫了三万多 社保漏缴两个月",
    "河道": "河水发黑冒泡 暗管夜里排污 护坡塌了一段 雨天倒灌进院子 漂着死鱼没人捞 截污井堵死",
    "垃圾": "清运两天一次 渗滤液流到路边 厨余桶没有盖 大件堆在单元门口 焚烧气味刺鼻 中转站离窗户十米",
}
OPENINGS = (
    "我是{road}{door}的住户{name}，",
    "本人{name}，家住{place}{door}，",
    "您好，我叫{name}，在{place}住了{n}年，",
    "来电人{name}说，{place}{door}",
    "{place}的{name}来访，",
    "我们是{road}附近的住户，推{name}代笔，",
)
SAYINGS = (
    "反映{topic}方面的事。",
    "{year}年{month}月起，{a}，{b}。",
    "找过{firm}{n}次，得到的答复是“再等等”，可{a}。",
    "{firm}的人{month}月{day}日来看过，说{b}不归他们管。",
    "{n}号楼{unit}单元最厉害，{a}，前后{many}户受影响。",
    "为这件事花了{amount}元，票据都留着，{b}。",
    "{witness}可以作证，{year}年就{c}。",
    "{firm}在{year}年{month}月{day}日写过承诺，到期没有兑现，{c}。",
    "{office}登记过，编号{serial}，{a}却没有变。",
    "邻居{other}家也是这样，{b}，{c}。",
    "拨打过{n}次电话，每次都记下来，{c}还是老样子。",
    "家里老人{age}岁，{a}以后夜里不敢出门。",
    "要求看{topic}的依据，{firm}说资料不外传。",
)
ASIDES = (
    "{when}{who}劝我们先忍一忍，{then}。",
    "{when}又来过一拨人，{then}。",
    "{who}看不下去，帮着{deed}，{then}。",
    "{when}我自己{deed}，{then}。",
)
WHENS = "上个礼拜 入冬以后 端午前后 开学那几天 刮大风那晚 年根底下 连着下雨那阵 交房以后 去年夏天 头几天".split()
WHOS = "楼长 门口修鞋的师傅 对门两口子 接孩子的家长 快递小哥 值夜的保安 居委会的同志 几位老工友 楼下开店的".split()
DEEDS = (
    "拍了照片 抄了表数 量了尺寸 垫了材料钱 录了一段音 跑了两趟窗口 贴了告示 写了联名信 请人看了图纸 对了账本".split()
)
THENS = (
    "还是没下文 更让人寒心 只换来一句登记了 反倒越来越糟 大家心里都没底 耽误了好些正事 问谁谁都推 只管了一天".split()
)
ENDINGS = (
    "请派人到{place}看一看，给个书面答复。",
    "盼着尽快办，别再让{firm}和{office}互相推。",
    "请查清{topic}的责任，该退的{amount}元退给我们。",
    "希望{month}月以前有个说法。",
    "请依规定办理，并告诉我找谁、什么时候能好。",
)
SWAPS = (("反映", "再说说"), ("没有", "一直没"), ("答复", "回话"), ("住户", "业主"), ("尽快", "早点"), ("登记", "记录"))
CLAIMS = ("解决{place}{topic}的问题", "查明{a}的原因并书面答复", "由{firm}退还{amount}元", "尽快处理{b}的情况")


@dataclass(frozen=True)
class Letter:
    """What one petitioner says. `tells_again` is the number of the letter it repeats, 0 where it is the first."""

    number: int
    name: str
    id_number: str
    phone: str
    address: str
    place: str
    topic: str
    text: str
    claims: tuple[str, ...]
    tells_again: int = 0
    person: int = 0  # number of the letter with which this person first came


def letter(number: int, places: int) -> Letter:
    """The letter with that number, from 1; `places` is how many compounds the city has."""
    source = _repeated(number)
    if not source:
        return _first(number, places)
    return _again(number, _first(source, places))


def _repeated(number: int) -> int:
    dice = random.Random(number * 48_271 + 11)
    first_hundred = number <= 100
    if first_hundred or number % TENTH == 0 or dice.randrange(900) >= REPEATS * 10:
        return 0
    return dice.randrange(1, number // TENTH) * TENTH


@cache
def compounds(places: int) -> list[tuple[str, str]]:
    """Name and road of every compound, no name twice."""
    dice, found, known = random.Random(2022), [], set()
    while len(found) < places:
        name = "".join(dice.choices(HEADS, k=dice.choice((1, 1, 2)))) + dice.choice(STEMS) + dice.choice(COMPOUNDS)
        if name not in known:
            known.add(name)
            found.append((name, dice.choice(HEADS) + dice.choice(STEMS) + dice.choice(ROADS)))
    return found


def person_name(dice: random.Random) -> str:
    """Two or three signs."""
    return dice.choice(SURNAMES) + "".join(dice.choices(GIVEN, k=dice.choice((1, 2, 2, 2))))


def _slots(dice: random.Random, places: int) -> dict:
    place, road = dice.choice(compounds(places))
    topic = dice.choice(list(TROUBLES))
    a, b, c = dice.sample(TROUBLES[topic].split(), 3)
    building, unit = dice.randrange(1, 40), dice.randrange(1, 8)
    return {
        "name": person_name(dice),
        "place": place,
        "road": road,
        "topic": topic,
        "a": a,
        "b": b,
        "c": c,
        "firm": dice.choice(FIRM_HEADS) + dice.choice(FIRM_HEADS)[:1] + dice.choice(FIRM_TAILS),
        "office": f"{road[:2]}街道",
        "door": f"{building}号楼{unit}单元{dice.randrange(1, 28)}0{dice.randrange(1, 5)}室",
    }


def _loose(dice: random.Random) -> dict:
    """What differs from sentence to sentence."""
    return {
        "n": dice.randrange(2, 30),
        "unit": dice.randrange(1, 8),
        "many": dice.randrange(3, 400),
        "age": dice.randrange(61, 95),
        "year": dice.randrange(2015, 2027),
        "month": dice.randrange(1, 13),
        "day": dice.randrange(1, 29),
        "amount": dice.choice((dice.randrange(200, 9999), dice.randrange(1, 90) * 1000)),
        "serial": dice.randrange(10**5, 10**6),
        "witness": person_name(dice),
        "other": person_name(dice),
    }


def _aside(dice: random.Random) -> str:
    told = {
        "when": dice.choice(WHENS),
        "who": dice.choice(WHOS),
        "deed": dice.choice(DEEDS),
        "then": dice.choice(THENS),
    }
    return dice.choice(ASIDES).format(**told)


def _parts(number: int, places: int) -> tuple[random.Random, dict, str, list[str], str]:
    dice = random.Random(number * 69_621 + 7)
    slots = _slots(dice, places)
    opening = dice.choice(OPENINGS).format(**slots, n=dice.randrange(2, 30))
    sayings = [
        template.format(**slots, **_loose(dice)) for template in dice.sample(SAYINGS, dice.choice((2, 3, 3, 4, 5, 6)))
    ]
    for _ in range(dice.choice((0, 1, 1, 2, 3))):
        sayings.insert(dice.randrange(len(sayings) + 1), _aside(dice))
    ending = dice.choice(ENDINGS).format(**slots, **_loose(dice))
    return dice, slots, opening, sayings, ending


def _first(number: int, places: int) -> Letter:
    dice, slots, opening, sayings, ending = _parts(number, places)
    loose = _loose(dice)
    return Letter(
        number=number,
        name=slots["name"],
        id_number=_id_number(number),
        phone=f"139{number % 10**8:08d}",
        address=f"云州市{slots['road']}{slots['place']}{slots['door']}",
        place=slots["place"],
        topic=slots["topic"],
        text=opening + "".join(sayings) + ending,
        claims=tuple(text.format(**slots, **loose) for text in dice.sample(CLAIMS, dice.choice((1, 1, 2)))),
        person=number,
    )


def _id_number(number: int) -> str:
    """Invented, in an area code that no real area has; all different up to 1.6 million."""
    born = f"{1940 + number % 60}{1 + number % 12:02d}{1 + number // 60 % 28:02d}"
    return f"110199{born}{number // 1680 % 1000:03d}{'0123456789X'[number % 11]}"


def _again(number: int, first: Letter) -> Letter:
    """The same matter told again: other order, other words, other numbers; sometimes a neighbour tells it."""
    dice = random.Random(number * 40_692 + 3)
    sentences = [part + "。" for part in first.text.split("。") if part]
    head, rest = sentences[0], sentences[1:]
    dice.shuffle(rest)
    if len(rest) > 2:
        rest.pop()
    rest.insert(dice.randrange(len(rest) + 1), _aside(dice))
    text = head + "".join(rest)
    for said, instead in dice.sample(SWAPS, 4):
        text = text.replace(said, instead)
    again = replace(first, number=number, text=text, tells_again=first.number)
    if dice.random() < 0.3:
        name = person_name(dice)
        neighbour = {"id_number": _id_number(number), "phone": f"139{number % 10**8:08d}", "person": number}
        again = replace(again, name=name, text=text.replace(first.name, name), **neighbour)
    return again
