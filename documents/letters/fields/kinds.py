"""每种文书必须有、可以有、不得写什么（rules §8.3、§1.9.4）。"""

from dataclasses import dataclass

from documents.letters.fields.elements import SYSTEM_FIELDS


@dataclass(frozen=True)
class LetterKind:
    """One kind of letter: what it must and may carry, who reads it, and what its template may not promise."""

    code: str
    label: str
    required: frozenset[str]
    optional: frozenset[str] = frozenset()
    to_petitioner: bool = True
    forbidden: tuple[str, ...] = ()

    @property
    def allowed(self) -> frozenset[str]:
        return self.required | self.optional | SYSTEM_FIELDS


_REVIEW = ("复查", "复核")
_COURTS = ("行政复议", "行政诉讼", "提起诉讼", "申请复议")
_ASKING_REVIEW = ("申请复查", "请求复查", "申请复核", "请求复核")  # 讲到复查、复核而不许给出这项权利的
_NONE = _REVIEW + _COURTS
_NO_REMEDY = _ASKING_REVIEW + _COURTS


def _kind(
    code: str,
    label: str,
    required: str,
    optional: str = "",
    to_petitioner: bool = True,
    forbidden: tuple[str, ...] = (),
) -> LetterKind:
    return LetterKind(code, label, frozenset(required.split()), frozenset(optional.split()), to_petitioner, forbidden)


def _kinds() -> dict[str, LetterKind]:
    rows = [
        _kind(
            "F01",
            "信访事项登记回执",
            "received_on channel claims query_url query_code",
            "petitioner subject pin attachments contact_phone",
            forbidden=_NONE,
        ),
        _kind(
            "F02",
            "信访事项受理告知书",
            "received_on subject handling_organ path procedure contact contact_phone",
            "accepted_on channel due_on due_note claims query_url query_code",
            forbidden=_NONE,
        ),
        _kind(
            "F03",
            "信访事项转送告知书",
            "received_on subject to_organ forwarded_on article",
            "to_address contact contact_phone query_url query_code",
            forbidden=_NONE,
        ),
        _kind(
            "F04",
            "信访事项不予受理告知书",
            "received_on subject ground reason way to_organ to_address approver",
            "materials contact contact_phone",
            forbidden=_REVIEW,
        ),
        _kind(
            "F05",
            "信访事项告知书",
            "received_on subject reason to_organ to_address",
            "way materials contact contact_phone",
            forbidden=_REVIEW,
        ),
        _kind(
            "F06",
            "信访事项不再受理告知书",
            "received_on subject sameness help_channels approver",
            "prior_case_no recheck_organ recheck_no recheck_on lapse final_organ final_no final_on "
            "contact contact_phone",
            forbidden=_NO_REMEDY,
        ),
        _kind(
            "F07",
            "信访事项转送函",
            "to_organ received_on channel subject summary requirements article",
            "petitioner attachments contact contact_phone",
            to_petitioner=False,
        ),
        _kind(
            "F08",
            "信访事项交办函",
            "to_organ received_on channel subject summary requirements due_on report_back",
            "petitioner attachments contact contact_phone",
            to_petitioner=False,
        ),
        _kind(
            "F09",
            "信访事项异议书（退回单）",
            "to_organ received_on forwarded_on subject reason basis suggested_organ",
            "attachments verified contact contact_phone",
            to_petitioner=False,
            forbidden=_NONE,
        ),
        _kind(
            "F10",
            "信访事项延期办理告知书",
            "received_on accepted_on subject original_due_on days reason new_due_on approver",
            "contact contact_phone",
            forbidden=_NONE,
        ),
        _kind(
            "F11",
            "调查（谈话）笔录",
            "subject held_at place spoke_with asked_by recorder dialogue",
            "present",
            to_petitioner=False,
            forbidden=_NONE,
        ),
        _kind(
            "F12",
            "信访处理意见书",
            "received_on accepted_on subject claims facts opinions basis review_organ",
            "hearing_on attachments original_no difference contact contact_phone query_url rating_days",
            forbidden=_COURTS,
        ),
        _kind(
            "F13",
            "信访事项程序性答复书",
            "received_on subject path facts answer basis reconsider_organ court",
            "reconsider_first attachments contact contact_phone",
            forbidden=_REVIEW,
        ),
        _kind(
            "F14",
            "建议答复函",
            "received_on subject adoption reason",
            "arrangement contact contact_phone",
            forbidden=_NONE,
        ),
        _kind(
            "F15",
            "送达回证",
            "letter_title letter_number",
            "service_method service_place served_by served_on mail_no witness proxy refusal",
            to_petitioner=False,
            forbidden=_COURTS,
        ),
        _kind(
            "F16",
            "信访事项撤回申请书",
            "received_on subject",
            "petitioner withdrawn_scope reason again",
            to_petitioner=False,
            forbidden=_NONE,
        ),
        _kind(
            "F17",
            "信访事项终止办理告知书",
            "received_on subject termination reason",
            "attachments contact contact_phone",
            forbidden=_NONE,
        ),
        _kind(
            "F18",
            "信访事项复查意见书",
            "applied_on subject original_organ original_no original_on original_summary requests facts review_result "
            "conclusion basis",
            "recheck_organ final_note redo_due_on hearing_on attachments contact contact_phone",
            forbidden=("请求复查", *_COURTS),
        ),
        _kind(
            "F19",
            "信访事项复核意见书",
            "applied_on subject original_organ original_no original_on review_organ review_no review_on "
            "review_summary requests facts review_result conclusion basis",
            "redo_due_on hearing_on hearing_days publicity attachments contact contact_phone",
            forbidden=_NO_REMEDY,
        ),
        _kind(
            "F20",
            "信访事项复查（复核）申请不予受理告知书",
            "applied_on subject stage review_ground reason",
            "original_no way materials contact contact_phone",
            forbidden=_NO_REMEDY,
        ),
        _kind(
            "F21",
            "信访事项听证通知书",
            "subject hearing_on held_at place host hearers openness",
            "stage recorder present contact contact_phone",
            forbidden=_NO_REMEDY,
        ),
        _kind(
            "F22",
            "信访事项听证笔录（报告）",
            "subject hearing_on place host hearers recorder statements evidence deliberation votes",
            "stage openness held_at present",
            to_petitioner=False,
            forbidden=_NO_REMEDY,
        ),
        _kind(
            "F23",
            "督办函",
            "to_organ subject trigger problem requirements due_on report_back",
            "contact contact_phone",
            to_petitioner=False,
        ),
        _kind(
            "F24",
            "改进工作建议书",
            "to_organ subject trigger problem suggestions due_on",
            "basis contact contact_phone",
            to_petitioner=False,
            forbidden=_NONE,
        ),
        _kind(
            "F25",
            "完善政策建议",
            "to_organ subject problem case_count suggestions",
            "facts due_on contact contact_phone",
            to_petitioner=False,
            forbidden=_NONE,
        ),
        _kind(
            "F26",
            "追究责任建议书",
            "to_organ subject responsible facts circumstances consequences suggestions basis due_on",
            "attachments contact contact_phone",
            to_petitioner=False,
            forbidden=_NONE,
        ),
        _kind(
            "F27",
            "信访建议采纳情况反馈函",
            "to_organ letter_title letter_number adoption",
            "reason arrangement contact contact_phone",
            to_petitioner=False,
            forbidden=_NONE,
        ),
        _kind(
            "F28",
            "信访事项协调单（会议纪要）",
            "subject held_at place host present positions decisions handling_organ due_on",
            "recorder contact contact_phone",
            to_petitioner=False,
            forbidden=_NO_REMEDY,
        ),
        _kind(
            "F29",
            "重大、紧急信访信息报送单",
            "to_organ report_round happened_at place people subject claims scene measures approver contact "
            "contact_phone",
            "present progress",
            to_petitioner=False,
            forbidden=_NONE,
        ),
        _kind(
            "F30",
            "领导接访登记表（包案卡）",
            "leader leader_post reception held_at place subject claims",
            "petitioner instruction handling_organ plan due_on progress outcome",
            to_petitioner=False,
            forbidden=_NONE,
        ),
        _kind(
            "F31",
            "信访事项调解（和解）协议书",
            "subject agreement_mode disputants facts agreement performance",
            "mediator court held_at",
            to_petitioner=False,
            forbidden=_NONE,
        ),
        _kind(
            "F32",
            "涉法涉诉信访事项转送函",
            "to_organ received_on channel subject summary legal_body reason article",
            "petitioner attachments contact contact_phone",
            to_petitioner=False,
            forbidden=_NO_REMEDY,
        ),
        _kind(
            "F33",
            "检举控告事项转送函",
            "to_organ received_on channel subject summary authority_ground secrecy_mark copy_no article",
            "petitioner why_named attachments contact contact_phone",
            to_petitioner=False,
            forbidden=_NONE,
        ),
        _kind(
            "F34",
            "信访事项办结报告",
            "to_organ received_on subject letter_number facts handling end_solved end_explained end_helped "
            "end_lawful execution delivered",
            "basis attachments contact contact_phone",
            to_petitioner=False,
            forbidden=_NO_REMEDY,
        ),
        _kind(
            "F35",
            "信访案卷归档目录",
            "subject fonds archive_class contents retention",
            "archive_no pages filed_by filed_on",
            to_petitioner=False,
            forbidden=_COURTS,
        ),
        # 目录止于 F35；文书发出即冻结，文字错误以此另行更正
        _kind(
            "F36",
            "信访文书更正告知书",
            "letter_title letter_number mistake corrected",
            "reason contact contact_phone",
            forbidden=_NONE,
        ),
        # 不服简易答复的，先转普通程序出处理意见书，再有复查的权利（rules §3），所以这里不写救济
        _kind(
            "F37",
            "信访事项简易办理意见书",
            "received_on accepted_on subject claims opinions contact contact_phone",
            forbidden=_NONE,
        ),
        # 人民建议被采纳的感谢信（第二十九条）：只致谢，不代替答复
        _kind(
            "F38",
            "感谢信",
            "received_on subject adoption arrangement",
            "contact contact_phone",
            forbidden=_NONE,
        ),
    ]
    return {row.code: row for row in rows}


KINDS = _kinds()


def kind_choices() -> list[tuple[str, str]]:
    """Value and label of every kind of letter, for a model field."""
    return [(kind.code, kind.label) for kind in KINDS.values()]
