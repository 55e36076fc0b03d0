from accounts.models.account_ledger import AccountEvent
from accounts.models.api_token import ApiToken
from accounts.models.grant import Grant, Reach, Relation, Role
from accounts.models.notice import Channel, Notice, Outbox
from accounts.models.organ import Level, Organ, OrganKind
from accounts.models.phrase import Phrase
from accounts.models.saved_view import SavedView
from accounts.models.user import Appointment, Delegation, Post, User

__all__ = [
    "AccountEvent",
    "ApiToken",
    "Appointment",
    "Channel",
    "Delegation",
    "Grant",
    "Level",
    "Notice",
    "Organ",
    "OrganKind",
    "Outbox",
    "Phrase",
    "Post",
    "Reach",
    "Relation",
    "Role",
    "SavedView",
    "User",
]
