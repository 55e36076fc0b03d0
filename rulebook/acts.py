"""The acts the Regulation and this house know: one vocabulary for permission, log, button and API.

Pure. A stored word never changes and is never taken away; `docs/glossary.md` settles the names.
"""

from rulebook.labelled import Labelled


class Act(Labelled):
    """One thing a person, a petitioner or the system does. `label` is the word on the screen."""

    # looking: leave no line on a petition's log, but need a grant
    VIEW = "view", "查看"
    REVEAL = "reveal", "查看完整个人信息"
    EXPORT = "export", "导出"
    ALLOW_EXPORT = "allow_export", "批准导出个人信息"  # 记在导出的报请和账户记录里，不在信访件的日志里留行
    IDENTIFY = "identify", "认定是否同一信访人"  # 记在认定记录上，不在信访件的日志里留行

    # 受理：收件、登记、分流
    RECEIVE = "receive", "收到"
    REGISTER = "register", "登记"
    CORRECT = "correct", "更正登记信息"
    AUTHORISE = "authorise", "登记代理、监护"
    SUCCEED = "succeed", "登记承继人"
    DECEASE = "decease", "记录信访人死亡"
    LEAVE = "leave", "记录撤回、退出"
    TAKE_DOWN = "take_down", "记录接访笔录"
    REISSUE_CODE = "reissue_code", "补发查询码"
    SUPPLEMENT = "supplement", "补充材料"
    REQUEST_WITHDRAWAL = "request_withdrawal", "申请撤回"
    REQUEST_RECUSAL = "request_recusal", "申请回避"
    ANSWER_REQUEST = "answer_request", "回应信访人"
    CLASSIFY = "classify", "定类定途径"
    SPLIT = "split", "拆分诉求"
    MERGE = "merge", "并案"
    UNMERGE = "unmerge", "拆并"
    RELATE = "relate", "关联为同一事项"
    UNRELATE = "unrelate", "解除关联"
    MARK_REPEAT = "mark_repeat", "标注重复件"
    MARK_KEY = "mark_key", "列为重点件"
    FORWARD = "forward", "转送"
    ASSIGN = "assign", "交办"
    ARRIVE = "arrive", "到达"
    SIGN_FOR = "sign_for", "签收"
    SUGGEST_SIMPLE = "suggest_simple", "建议简易办理"
    ALLOT = "allot", "分派承办人"
    OBJECT = "object", "提出异议"
    UPHOLD = "uphold", "同意异议"
    OVERRULE = "overrule", "不同意异议"
    REQUEST_DESIGNATION = "request_designation", "报请指定管辖"
    DESIGNATE = "designate", "指定管辖"
    WITHDRAW_DESIGNATION = "withdraw_designation", "撤回报请指定管辖"
    ACCEPT = "accept", "受理"
    ACCEPT_SIMPLY = "accept_simply", "简易受理"
    DEEM_ACCEPTED = "deem_accepted", "视为受理"
    DECLINE = "decline", "不予受理"
    NOT_AGAIN = "not_again", "不再受理"
    REDIRECT = "redirect", "告知向有权机关提出"
    LEAD_IN = "lead_in", "导入法定途径"
    REFER = "refer", "移交检举控告专岗"
    STUDY = "study", "转建议研究"
    TO_SUGGESTION = "to_suggestion", "转人民建议征集"
    FILE = "file", "存"

    # 办理
    INQUIRE = "inquire", "记录调查、听取意见"
    NOTE = "note", "内部备注"
    INSTRUCT = "instruct", "批示"
    REPORT_INSTRUCTED = "report_instructed", "报告批示落实"
    SPONSOR = "sponsor", "领导包案"
    END_SPONSORING = "end_sponsoring", "结束包案"
    ASK_ASSIST = "ask_assist", "请求协办"
    ANSWER_ASSIST = "answer_assist", "反馈协办"
    CONVERT = "convert", "转为普通程序"
    EXTEND = "extend", "延长办理期限"
    RECOMPUTE = "recompute", "日历重算"
    REPORT_PROGRESS = "report_progress", "反馈阶段性情况"
    REPORT_BACK = "report_back", "反馈办结报告"
    DRAFT = "draft", "起草处理意见"

    # 督查：意见书签发前的核查
    SUBMIT = "submit", "送督查核查"
    RETURN = "return_draft", "退回修改"
    PASS = "pass_draft", "核查通过"

    # 办结
    SIGN = "sign", "签发处理意见书"
    ANSWER = "answer", "答复"
    ANSWER_SIMPLY = "answer_simply", "简易答复"
    SERVE = "serve", "送达"
    AMEND = "amend", "更正文书"
    ATTEMPT_SERVICE = "attempt_service", "记录未送达"
    POST = "post", "交邮"
    ALLOW_NOTICE = "allow_notice", "公告送达"
    PUBLISH_NOTICE = "publish_notice", "记录公告"
    RECORD_ENDS = "record_ends", "记录四个到位"
    CLOSE = "close", "办结"
    SETTLE = "settle", "程序终结"
    TERMINATE = "terminate", "终止办理"
    REOPEN = "reopen", "退回重新分类"
    ARCHIVE = "archive", "归档"
    RATE = "rate", "评价"
    CALL_BACK = "call_back", "回访"

    # 落实：支持的诉求办到哪一步
    PROMISE = "promise", "确定落实任务"
    REPLAN = "replan", "调整落实任务"
    PERFORM = "perform", "登记落实"
    REFUSE_EXECUTION = "refuse_execution", "登记拒不落实"

    # 复查、复核
    REQUEST_REVIEW = "request_review", "申请复查"
    REQUEST_RECHECK = "request_recheck", "申请复核"
    REVIVE = "revive", "恢复复查复核"
    ADMIT_REVIEW = "admit_review", "受理复查（复核）申请"
    REFUSE_REVIEW = "refuse_review", "不予受理复查（复核）申请"
    WITHDRAW_REVIEW = "withdraw_review", "撤回复查（复核）申请"
    PROPOSE_REVIEW = "propose_review", "起草复查（复核）意见"
    DECIDE_REVIEW = "decide_review", "签发复查（复核）意见书"
    REDO = "redo", "责令重新作出"
    DROP_REDO = "drop_redo", "不再重新作出"

    # 听证、调解
    HEAR = "hear", "决定听证（办理）"
    CALL_HEARING = "call_hearing", "决定听证"
    CONCLUDE_HEARING = "conclude_hearing", "作出听证结论"
    CANCEL_HEARING = "cancel_hearing", "取消听证"
    MEDIATE = "mediate", "组织调解、和解"
    AGREE = "agree", "达成协议"
    GIVE_UP = "give_up", "终止调解、和解"
    CONFIRM = "confirm", "记录司法确认"
    CLOSE_AGREED = "close_agreed", "依协议办结"

    # 审批
    ASK = "ask", "报请审批"
    APPROVE = "approve", "批准"
    REJECT = "reject", "不批准"
    WITHDRAW = "withdraw", "撤回报请"

    # 督办
    REMIND = "remind", "提醒"
    WITHDRAW_REMINDERS = "withdraw_reminders", "撤销提醒"
    URGE = "urge", "催办"
    ORDER = "order", "下发督办单"
    SIGN_ORDER = "sign_order", "签收督办单"
    REPORT_ORDER = "report_order", "报告督办进展"
    RAISE_ORDER = "raise_order", "升级督办单"
    ANSWER_ORDER = "answer_order", "反馈督办"
    RETURN_ORDER = "return_order", "退回督办反馈"
    CLOSE_ORDER = "close_order", "办结督办单"
    CALL_IN = "call_in", "约谈"
    KEEP_COMMITMENT = "keep_commitment", "登记承诺履行"
    CIRCULATE = "circulate", "通报"
    LIST_FOR_CONFERENCE = "list_for_conference", "列入联席会议"
    DECIDE_AT_CONFERENCE = "decide_at_conference", "登记联席会议决定"

    # 三项建议、责任追究
    PROPOSE = "propose", "提出三项建议"
    ANSWER_PROPOSAL = "answer_proposal", "反馈三项建议"
    HOLD_RESPONSIBLE = "hold_responsible", "登记责任追究"  # 记在追究记录上，不在信访件的日志里留行

    # 人民建议征集：记在建议自己的步骤里，不在信访件的日志里留行
    COLLECT = "collect", "征集人民建议"
    STUDY_SUGGESTION = "study_suggestion", "研究人民建议"

    # 领导接访公告：记在公告自己身上，不在信访件的日志里留行
    ANNOUNCE = "announce", "发布接访公告"

    # 质量评查：记在评查方案里，不在信访件的日志里留行，也不重新启动办理
    SAMPLE = "sample", "质量评查"

    # 维护秩序：记在秩序事件单上，不在信访件的日志里留行
    KEEP_ORDER = "keep_order", "登记秩序事件"

    # 系统管理：不及于信访件内容
    MANAGE_USERS = "manage_users", "管理用户"
    CONFIGURE = "configure", "系统配置"
    AUDIT = "audit", "查阅日志"

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Value and label of every act, for a model field (passed as a callable: a new act makes no migration)."""
        return [(act.value, act.label) for act in cls]
