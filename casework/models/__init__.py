from casework.models.case import Case
from casework.models.deadline import Deadline, DeadlineState
from casework.models.document import Document, StoredContent
from casework.models.entry import Entry
from casework.models.notice import MailRhythm, MailState, Notice, NoticePreference
from casework.models.sent_form import SentForm
from casework.models.sweep import Sweep
from casework.models.work_item import WorkItem

__all__ = [
    "Case",
    "Deadline",
    "DeadlineState",
    "Document",
    "Entry",
    "MailRhythm",
    "MailState",
    "Notice",
    "NoticePreference",
    "SentForm",
    "StoredContent",
    "Sweep",
    "WorkItem",
]
