from petitions.acceptance.models import Leg
from petitions.approval.models import Approval, ApprovalStep, PendingAct
from petitions.approval.personal_export import PersonalExport
from petitions.clocks.models import Deadline
from petitions.closing.execution.models import Execution
from petitions.closing.models import End, Retention, Volume, VolumeItem
from petitions.dispute.models import Dispute
from petitions.handling.opinion.models import Claim, Opinion, Override, PetitionAttachment, PetitionLetter
from petitions.hearing.models import Hearing
from petitions.intake.late_entry.models import LateEntry, Listed
from petitions.intake.models import NumberCounter, RegistrationDraft, Submission
from petitions.intake.reception.models import Reception
from petitions.intake.visit.models import ShiftHandover, Visit
from petitions.mediation.models import Mediation
from petitions.parties.identification.models import PersonRuling
from petitions.parties.models import Correction, Party, Person, Reveal, Withdrawal
from petitions.parties.request.models import PartyRequest
from petitions.petition.editing.models import Editing
from petitions.petition.involvement import Category, Involvement, Matter, Place
from petitions.petition.models import Petition
from petitions.record.models import EventText, LogAnchor, PetitionEvent
from petitions.review.models import Proceeding
from petitions.service.callback.models import CallBack, CallTry
from petitions.service.models import Service, ServiceAttempt
from petitions.service.post.models import PostBatch, PostItem
from petitions.service.rating.models import Rating

__all__ = [
    "Approval",
    "ApprovalStep",
    "CallBack",
    "CallTry",
    "Category",
    "Claim",
    "Correction",
    "Deadline",
    "Dispute",
    "Editing",
    "End",
    "EventText",
    "Execution",
    "Hearing",
    "Involvement",
    "LateEntry",
    "Leg",
    "Listed",
    "LogAnchor",
    "Matter",
    "Mediation",
    "NumberCounter",
    "Opinion",
    "Override",
    "Party",
    "PartyRequest",
    "PendingAct",
    "Person",
    "PersonRuling",
    "PersonalExport",
    "Petition",
    "PetitionAttachment",
    "PetitionEvent",
    "PetitionLetter",
    "Place",
    "PostBatch",
    "PostItem",
    "Proceeding",
    "Rating",
    "Reception",
    "RegistrationDraft",
    "Retention",
    "Reveal",
    "Service",
    "ServiceAttempt",
    "ShiftHandover",
    "Submission",
    "Visit",
    "Volume",
    "VolumeItem",
    "Withdrawal",
]
