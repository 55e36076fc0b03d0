"""编造的来信：二十种事、各处地方，另有换了说法的同一件；不取自任何真实来信。"""

from random import Random

FIRST = "青柳 望河 锦帆 槐荫 棠溪 云栖 松岭 碧桐 鹿鸣 听澜".split()
LAST = "湾 泽".split()
# 每种事两种说法：第二种是另一个人说的同一件
MATTERS = (
    (
        "{road}夜间施工扰民",
        "{road}上的工地每晚施工到凌晨两点，打桩机的声音传遍整个{estate}，老人孩子都睡不好。多次打热线，只说会转告，请予制止。",
        "我家在{estate}，楼外{road}工地半夜还在打桩，吵得孩子没法睡觉，投诉多次没人管，请制止夜间施工。",
    ),
    (
        "{estate}电梯经常停运",
        "{estate}三号楼的电梯这个月停了五次，住高层的老人下不了楼，物业总说在等配件，请督促更换。",
        "反映{estate}电梯坏了没人修：三号楼电梯一月停五次，物业拿等配件当借口，老人上下楼困难。",
    ),
    (
        "{school}门口没有红绿灯",
        "{school}上下学时门口{road}车多人多，没有红绿灯也没有斑马线，上周有学生险些被撞，请尽快设置。",
        "我是家长，{school}门前的{road}没有信号灯，放学时十分危险，前几天差点出事，希望安装红绿灯、画斑马线。",
    ),
    (
        "{firm}拖欠工资",
        "我们十二名工人在{firm}干活，自三月起工资一直未发，找负责人只说没钱，请劳动部门查处{firm}拖欠工资。",
        "{firm}欠我们十二个人工资，从三月到现在没有发过，老板避而不见，请求帮助讨回血汗钱。",
    ),
    (
        "{estate}楼下饭店油烟直排",
        "{estate}楼下新开的饭店没有烟道，油烟直排到居民窗前，屋里全是味道，环保来过一次也没有下文。",
        "请管一管{estate}底商：饭店油烟直接往居民楼排，窗户都不敢开，没有专用烟道。",
    ),
    (
        "{village}饮水浑浊",
        "{village}的自来水发黄有泥沙，已经两个月，村里三百多户只能买桶装水做饭，请查清水源问题。",
        "我们{village}两个月来水龙头流的都是黄泥水，三百多户没法用水，请有关部门检测水质。",
    ),
    (
        "{road}路灯不亮",
        "{road}从桥头到菜市口的路灯坏了一个多月，晚上一片漆黑，骑车的人摔过好几个，请维修。",
        "晚上走{road}太危险，桥头到菜市口一段路灯全不亮，一个多月了没人修。",
    ),
    (
        "{estate}开发商逾期交房",
        "我们购买{estate}的房子，合同写明去年九月交房，至今还在停工，开发商不给说法，业主们贷款照还。",
        "{estate}烂尾了吗？合同约定去年九月交房，工地停工至今，贷款还要每月还，请政府督促复工。",
    ),
)


def place(random: Random) -> str:
    return random.choice(FIRST) + random.choice(LAST)


def letters(wanted: int, seed: int) -> list[tuple[str, str, str]]:
    """(title, text, the same told by another), each about a place of its own; the same seed gives the same."""
    random = Random(seed)
    made = []
    for at in range(wanted):
        title, text, retold = MATTERS[at % len(MATTERS)]
        named = {
            "road": place(random) + random.choice(("路", "大道")),
            "estate": place(random) + random.choice(("小区", "家园")),
            "school": place(random) + "小学",
            "firm": place(random) + "公司",
            "village": place(random) + "村",
        }
        made.append((title.format(**named), text.format(**named), retold.format(**named)))
    return made
