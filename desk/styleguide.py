"""The style guide: every component of the look on one page, for those who write pages. Mounted only in development."""

from datetime import timedelta

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render

from rulebook import timekeeping


class SampleForm(forms.Form):
    """One field of each kind, with the faults that an empty post shows."""

    idno = forms.RegexField(
        r"^\d{17}[\dX]$", label="证件号", max_length=18, error_messages={"invalid": "证件号应为 18 位，最后一位可为 X"}
    )
    name = forms.CharField(label="姓名", error_messages={"required": "请填写姓名"})
    tel = forms.CharField(label="手机", help_text="用于通知办理结果", error_messages={"required": "请填写手机号"})
    place = forms.ChoiceField(label="问题属地", choices=[("", "请选择"), ("1", "青柳街道 · 翠苑社区")], required=False)
    aim = forms.ChoiceField(
        label="信访目的", choices=[("1", "申诉求决"), ("2", "建议意见"), ("3", "检举控告")], widget=forms.RadioSelect
    )
    withheld = forms.BooleanField(label="申请姓名保密", required=False)
    words = forms.CharField(label="诉求内容", required=False, widget=forms.Textarea(attrs={"rows": 3}))


TOKENS = [
    *("navy", "blue", "blue-d", "blue-bg", "red", "red-m", "red-bg", "amb", "amb-m", "amb-bg", "grn", "grn-m"),
    *("grn-bg", "vio", "vio-bg", "ink", "ink2", "ink3", "dim", "track", "line", "bg", "now"),
]


@login_not_required
def styleguide(request):
    """The page itself; ?as=error shows the form after a faulty post."""
    now = timekeeping.now()
    form = SampleForm({"idno": "11019919540615"}) if request.GET.get("as") == "error" else SampleForm()
    return render(
        request,
        "styleguide.html",
        {
            "form": form,
            "tokens": TOKENS,
            "steps": [
                {"label": "登记", "lines": ["10-21 来访", "王晓岚"], "state": "ok"},
                {"label": "受理", "lines": ["10-23 已告知", "用时 2 日"], "state": "ok"},
                {"label": "办理", "lines": ["已听取、已核查", "草拟意见书"], "state": "cur"},
                {"label": "督查", "lines": ["签发前核查", "5 个工作日"], "state": "todo"},
                {"label": "办结", "lines": ["12-22 前", "出具意见书"], "state": "todo"},
                {"label": "评价", "lines": ["送达后", "满意度"], "state": "todo"},
            ],
            "clock": {
                "title": "法定办结期限",
                "lamp": "y",
                "days_left": 12,
                "due": "12-22 周一 24:00 届满",
                "percent": 53.3,
                "tone": "y",
                "marks": [16.7, 66.7],
                "label": "60 日期限已用 48 日，最长可延至 90 日",
                "ticks": [
                    {"x": 0, "text": "10-23 受理", "anchor": "start"},
                    {"x": 53.3, "text": "今日 48", "anchor": "end", "hot": True},
                    {"x": 66.7, "text": "60 日"},
                    {"x": 100, "text": "上限 90", "anchor": "end"},
                ],
                "basis": "《条例》第三十四条：60 日内办结；情况复杂的，经批准可延长不超过 30 日。",
            },
            "events": [
                {
                    "at": now,
                    "title": "处理意见书送核查",
                    "tags": [{"text": "待核 1 日", "tone": "bl"}],
                    "text": "草案第 2 稿，",
                },
                {
                    "at": now - timedelta(days=4),
                    "title": "听取信访人意见",
                    "tags": [{"text": "法定必经", "tone": "gr"}],
                    "text": "电话 18 分钟，同意先排险后维修。",
                    "url": "#c-tl",
                    "url_text": "笔录",
                    "state": "done",
                },
                {
                    "at": now - timedelta(days=400),
                    "title": "区信访办下发督办单",
                    "text": "跨年的日期带年份。",
                    "state": "wr",
                },
            ],
            "acts": [
                {
                    "label": "记录调查、听取意见",
                    "url": "#c-act",
                    "icon": "chat",
                    "key": "R",
                    "hint": "可多次记录，计入办理过程",
                },
                {
                    "label": "送督查核查",
                    "url": "#c-act",
                    "icon": "send",
                    "key": "B",
                    "hint": "核查通过后方可签发",
                    "primary": True,
                },
                {"label": "办结并出具处理意见书", "icon": "ok", "refusal": "督查核查未完成（待核 1 日）"},
            ],
            "tabs": [
                {"label": "我办理的", "url": "#c-tbl", "count": 12, "current": True},
                {"label": "待告知", "url": "#c-tbl", "count": 3},
                {"label": "全部在办", "url": "#c-tbl", "count": 86},
            ],
            "stats": [
                {"label": "在办", "value": 346, "note": "较上周 −9"},
                {"label": "红灯 超期", "value": 16, "note": "4.6%", "lamp": "r"},
                {"label": "黄灯 15 日内到期", "value": 41, "lamp": "y"},
                {"label": "绿灯 正常", "value": 289, "lamp": "g"},
                {"label": "未按 15 日告知", "value": 2},
            ],
            "due": [
                {"day": "12-10", "text": "今日登记"},
                {"day": "12-25", "text": "周四前书面告知", "note": "15 日"},
                {"day": "02-08", "text": "周日届满", "note": "60 日；内控截止 02-06 周五"},
            ],
            "rows": [("姓名", "刘桂兰"), ("证件", "110199********2426"), ("电话", "138****6215"), ("住址", "")],
            "cases": [
                {"no": "110199-2025-03702", "title": "加装电梯采光影响协商", "lamp": "r", "left": -3, "stage": "办理"},
                {
                    "no": "110199-2025-03611",
                    "title": "地下室渗水、维修资金未启动",
                    "lamp": "y",
                    "left": 12,
                    "stage": "督查",
                },
                {"no": "110199-2025-03540", "title": "停车位收费不公示", "lamp": "g", "left": 33, "stage": "办理"},
            ],
            "menu": [
                {
                    "title": "",
                    "items": [
                        {"label": "工作台", "url": "/", "icon": "home"},
                        {"label": "样式规范", "url": "", "icon": "table", "current": True},
                    ],
                },
                {
                    "title": "待我处理",
                    "items": [
                        {"label": "待告知", "url": "#c-tbl", "icon": "send", "count": 3},
                        {"label": "已超期", "url": "#c-tbl", "icon": "flag", "count": 2, "alert": True},
                    ],
                },
            ],
        },
    )
