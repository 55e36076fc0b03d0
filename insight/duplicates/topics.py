"""说的是什么事：常见问题的词，一行一类。只用来比对两件说的是不是一样的事，不是分类。"""

from collections import Counter
from collections.abc import Mapping, Set
from math import log, sqrt

from insight.search.normal_form import code

IN_TITLE = 3  # a word of the title counts as so many of the text
_TOPICS = """
噪音 噪声 吵闹 轰鸣 低音炮 喇叭 音响 扰民
油烟 烟道 排烟 餐饮
施工 工地 打桩 夜间施工 开工 停工 复工
停车费 停车收费 收停车
停车 车位 违停 乱停 停放 停车场
消防 火灾 起火 着火 灭火器 消防通道
电动车 充电 飞线 充电桩
电梯
物业 物业费 物业公司 物管
业委会 业主大会 业主委员会 选票 投票
违建 违章建筑 违法建筑 加层 搭建 私搭 乱搭
住改商 改为商业 民宿 短租
垃圾 垃圾站 垃圾楼 垃圾桶 环卫 清扫
臭气 异味 恶臭 臭味 废气 刺鼻
污水 污染 排污 下水道 堵塞 化粪池 黑臭
停水 断水 水压 供水 自来水 用水 水质
停电 供电 电表 电压 用电 电费
燃气 天然气 煤气 通气
暖气 供暖 供热
路灯 照明
红绿灯 信号灯
断头路 修路 通车 道路建设 拓宽 坑洼 烂路 路面 破损 提质改造 扩建
天桥 地下通道 斑马线 人行横道 过街
公交 公交车 公交线 站台 候车
地铁 轻轨 轨道交通 号线
高铁 火车站 高速 收费站 匝道 互通
隧道 大桥
堵车 拥堵 拥挤 交通
占道 夜市 摆摊 流动摊贩 小贩 马路市场
渣土车 货车 半挂 泥头车 大车
入学 学位 学区 就读 上学 配套学校 划片 对口
幼儿园 普惠 公办园 民办园
补课 作业 寒假 暑假
实习 就业 毕业
招聘 考试 编制 面试 笔试 报名
教师 代课
培训 培训班 辅导 学费 教育机构
乱收费 违规收费 强制收费 收费
工资 欠薪 拖欠工资 农民工 血汗钱 讨薪
社保 养老保险 缴费 断缴
公积金 贷款
医保 医疗 医院 医生 看病 看病难
户口 落户 户籍
人才 购房补贴 租房补贴 补贴
限购 购房资格 刚需
房产证 不动产证 办证 产权
交房 延期 逾期 收房
质量 开裂 裂缝 漏水 渗水 偷工减料
精装 装修
捆绑 车位销售 加价 涨价
认筹 定金 订金 退款 退房 首付
摇号 开盘 预售
诈骗 骗局 跑路 非法集资 p2p 理财 网贷 传销 套路贷
拆迁 征收 征地 补偿 安置 回迁
棚改 棚户区 旧改 老旧小区
宅基地 建房 自建房 危房
耕地 农田 土地 承包 流转
低保 贫困 扶贫 残疾 困难
村委 村干部 村支书 账目 集体资产 选举
规划 选址 改建
变电站 高压线 基站 辐射
搅拌站 碎石 采石 砂石
公园 绿化 绿地 树木 健身
河道 湖面 水库
食品安全 过期 假冒 假货 欺诈 虚假宣传
麻将 棋牌
广场舞
ktv 酒吧 歌厅
养狗 犬 宠物
出租车 的士 网约车 滴滴 黑车 燃油补贴
驾校 驾照 驾考 教练
赌博 游戏机 老虎机 色情 卖淫
打架 伤害 立案 派出所 民警 拘留
法院 判决 执行 起诉
快递 外卖
宽带 网络 app 公众号 网站
退伍 军人 退役
殡葬 墓地 丧事
养殖 养猪 猪场
烟花 鞭炮 焚烧 秸秆
"""
TOPIC_OF = {word: at for at, line in enumerate(_TOPICS.strip().splitlines()) for word in line.split()}
_BY_OPENING: dict[int, list[str]] = {}
for _word in TOPIC_OF:
    if len(_word) > 1:
        _BY_OPENING.setdefault(code(_word[:2]), []).append(_word)
_OPENINGS = frozenset(_BY_OPENING)


def topics_of(title: str, text: str, pairs: Set[int]) -> Mapping[int, float]:
    """How much a folded text speaks of each topic; `text` holds the title too, `pairs` are the text's
    bigrams by their codes."""
    counted: Counter[int] = Counter()
    for opening in _OPENINGS & pairs:
        for word in _BY_OPENING[opening]:
            if times := text.count(word):
                counted[TOPIC_OF[word]] += times + (IN_TITLE - 1) * title.count(word)
    return {topic: 1 + log(count) for topic, count in counted.items()}


def alike(ours: Mapping[int, float], theirs: Mapping[int, float]) -> float:
    """Cosine of what both speak of, 0–1; 0 where one speaks of nothing known."""
    if not ours or not theirs:
        return 0.0
    shared = sum(weight * theirs.get(topic, 0.0) for topic, weight in ours.items())
    return shared / sqrt(sum(w * w for w in ours.values()) * sum(w * w for w in theirs.values()))
