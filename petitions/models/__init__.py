from petitions.models.approval import Approval, ApprovalStep, PendingAct
from petitions.models.calling_back import CallBack, CallTry
from petitions.models.deadline import Deadline
from petitions.models.dispute import Dispute
from petitions.models.editing import Editing
from petitions.models.ending import End, Retention, Volume, VolumeItem
from petitions.models.event import EventText, LogAnchor, PetitionEvent
from petitions.models.execution import Execution
from petitions.models.export import PersonalExport
from petitions.models.hearing import Hearing
from petitions.models.involvement import Category, Involvement, Matter, Place
from petitions.models.leg import Leg
from petitions.models.mediation import Mediation
from petitions.models.opinion import Claim, Opinion, Override, PetitionAttachment, PetitionLetter
from petitions.models.party import Correction, Party, Person, Reveal, Withdrawal
from petitions.models.petition import Petition
from petitions.models.posting import PostBatch, PostItem
from petitions.models.proceeding import Proceeding
from petitions.models.rating import Rating
from petitions.models.reception import Reception
from petitions.models.requesting import PartyRequest
from petitions.models.roll import LateEntry, Listed
from petitions.models.sameness import PersonRuling
from petitions.models.serving import Service, ServiceAttempt
from petitions.models.submission import NumberCounter, RegistrationDraft, Submission
from petitions.models.visit import ShiftHandover, Visit

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
