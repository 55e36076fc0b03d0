"""Limits that stand in other rules beside the Regulation and that its clerks are asked about. Pure.

Only D19 is folded: an organ that acts on its own duty does so inside the petition's file.
"""

from rulebook.terms.shape import A, Certainty, Kind, Scope, Term, Unit, acts

HOTLINE = "《12345市民服务热线服务与管理规范》（DB11/T 2021—2022）"
HOTLINE_REMARK = "四档取自标准的征求意见稿，以正式文本为准；12345工单不是信访件，不起信访期限"

BESIDE = (
    Term(
        code="D18a",
        label="接诉即办反馈：突发、可能造成生命财产损失",
        article=HOTLINE,
        certainty=Certainty.DOUBTFUL,
        scope=Scope.ORDER,
        kind=Kind.INTERNAL,
        length=2,
        unit=Unit.HOUR,
        remark=HOTLINE_REMARK,
    ),
    Term(
        code="D18b",
        label="接诉即办反馈：水电气热等及时性诉求",
        article=HOTLINE,
        certainty=Certainty.DOUBTFUL,
        scope=Scope.ORDER,
        kind=Kind.INTERNAL,
        length=24,
        unit=Unit.HOUR,
        remark=HOTLINE_REMARK,
    ),
    Term(
        code="D18c",
        label="接诉即办反馈：一般诉求",
        article=HOTLINE,
        certainty=Certainty.DOUBTFUL,
        scope=Scope.ORDER,
        kind=Kind.INTERNAL,
        length=7,
        remark=HOTLINE_REMARK,
    ),
    Term(
        code="D18d",
        label="接诉即办反馈：疑难复杂诉求",
        article=HOTLINE,
        certainty=Certainty.DOUBTFUL,
        scope=Scope.ORDER,
        kind=Kind.INTERNAL,
        length=15,
        remark=HOTLINE_REMARK,
    ),
    Term(
        code="D19",
        label="履行法定职责的申请：履职或者答复",
        article="《行政诉讼法》第四十七条；《信访工作条例》第三十一条第五项",
        certainty=Certainty.SOURCE,
        scope=Scope.PETITION,
        kind=Kind.DUTY,
        length=2,
        unit=Unit.MONTH,
        appointed=True,
        starts=acts(A.LEAD_IN),
        path="31-5",
        in_house=True,
        met_by=acts(A.ANSWER),
        voided_by=acts(A.TERMINATE, A.REOPEN),
        remark="自接到申请之日起；法律、法规另有期限的从其规定，导入时写明届满日。由别的机关履职的，不在本系统计时",
    ),
    Term(
        code="D20a",
        label="实名检举控告受理告知",
        article="《纪检监察机关处理检举控告工作规则》",
        certainty=Certainty.KNOWN,
        scope=Scope.PETITION,
        kind=Kind.DUTY,
        length=15,
        unit=Unit.WORKING_DAY,
        remark="由纪检监察机关按自己的规则计算；本系统不起这口钟，只供推算",
    ),
    Term(
        code="D20b",
        label="实名检举控告办理结果反馈",
        article="《纪检监察机关处理检举控告工作规则》",
        certainty=Certainty.KNOWN,
        scope=Scope.PETITION,
        kind=Kind.DUTY,
        length=15,
        unit=Unit.WORKING_DAY,
        remark="由纪检监察机关按自己的规则计算；本系统不起这口钟，只供推算",
    ),
    Term(
        code="P15",
        label="人民调解协议共同申请司法确认",
        article="《人民调解法》第三十三条",
        certainty=Certainty.SOURCE,
        scope=Scope.PETITION,
        kind=Kind.RIGHT,
        length=30,
        remark="自协议生效之日起算，由各方共同向人民法院申请；只供推算，末日遇休息日的参照民事诉讼法顺延",
    ),
)
