"""哪个行为填哪张表。不在这里的行为没有页面。"""

from desk.casework.forms import handling, separating, triage
from desk.casework.forms.base import ActForm
from rulebook.acts import Act

FORM_FOR: dict[Act, type[ActForm]] = {
    Act.CLASSIFY: triage.Classify,
    Act.FORWARD: triage.Forward,
    Act.ASSIGN: triage.Assign,
    Act.ALLOT: handling.Allot,
    Act.OBJECT: triage.Object,
    Act.UPHOLD: triage.Uphold,
    Act.OVERRULE: triage.Overrule,
    Act.ACCEPT: triage.Accept,
    Act.DECLINE: triage.Decline,
    Act.NOT_AGAIN: triage.NotAgain,
    Act.REDIRECT: triage.Redirect,
    Act.LEAD_IN: triage.LeadIn,
    Act.REFER: triage.Refer,
    Act.STUDY: triage.Study,
    Act.FILE: triage.FileAway,
    Act.MERGE: triage.Merge,
    Act.SPLIT: separating.Split,
    Act.INQUIRE: handling.Inquire,
    Act.NOTE: handling.Note,
    Act.EXTEND: handling.Extend,
    Act.REPORT_BACK: handling.ReportBack,
    Act.ASK_ASSIST: handling.AskAssist,
    Act.ANSWER_ASSIST: handling.AnswerAssist,
    Act.SIGN_FOR: handling.SignFor,
    Act.DRAFT: handling.Draft,
    Act.SUBMIT: handling.Submit,
    Act.RETURN: handling.Return,
    Act.PASS: handling.Pass,
    Act.SIGN: handling.Sign,
    Act.ANSWER: handling.Answer,
    Act.SERVE: handling.Serve,
    Act.CLOSE: handling.Close,
    Act.TERMINATE: handling.Terminate,
    Act.REOPEN: handling.Reopen,
    Act.ARCHIVE: handling.Archive,
}
