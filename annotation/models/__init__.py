"""What is stored. Fields, constraints and questions about one row; changes are in `workflow`."""

from .annotations import (
    Annotation,
    AnnotationVersion,
    Assignment,
    AssignmentStatus,
    ClipReason,
    RejectionVote,
    ShownDraft,
    Skip,
    VersionKind,
)
from .clips import Clip, ClipStage, FrameTable, Source, SourceKind
from .consolidations import (
    AnnotationReturn,
    AnnotationVerdict,
    Consolidation,
    Pick,
    PickAction,
    Review,
    ReviewHold,
    ReviewStatus,
    ReviewWork,
    Verdict,
)
from .cross_validations import (
    ApprovedCaption,
    CrossValidation,
    CrossValidationMode,
    Mark,
    Outcome,
    SentenceMark,
)
from .datasets import (
    DatasetEntry,
    DatasetVersion,
    Export,
    ExportFormat,
    InstructionSet,
    Rendering,
    Split,
)
from .drafts import Draft, DraftKind, DraftStatus
from .events import WorkflowEvent
from .imports import Import, ImportItem, ImportItemStatus, ImportKind
from .jobs import Job, JobState
from .projects import DraftPolicy, Invitation, Membership, Project, Role, new_seed, new_uid
from .quotas import Quota
from .requests import AnsweredRequest
from .screening import Screening, ScreeningDecision, ScreeningOutcome, ScreeningRules
from .tracks import FaceBackends, FaceEmbedding, FaceTracks
from .users import ApiToken, TokenScope, User

__all__ = [
    "Annotation",
    "AnnotationReturn",
    "AnnotationVerdict",
    "AnnotationVersion",
    "AnsweredRequest",
    "ApiToken",
    "ApprovedCaption",
    "Assignment",
    "AssignmentStatus",
    "Clip",
    "ClipReason",
    "ClipStage",
    "Consolidation",
    "CrossValidation",
    "CrossValidationMode",
    "DatasetEntry",
    "DatasetVersion",
    "Draft",
    "DraftKind",
    "DraftPolicy",
    "DraftStatus",
    "Export",
    "ExportFormat",
    "FaceBackends",
    "FaceEmbedding",
    "FaceTracks",
    "FrameTable",
    "Import",
    "ImportItem",
    "ImportItemStatus",
    "ImportKind",
    "InstructionSet",
    "Invitation",
    "Job",
    "JobState",
    "Mark",
    "Membership",
    "Outcome",
    "Pick",
    "PickAction",
    "Project",
    "Quota",
    "RejectionVote",
    "Rendering",
    "Review",
    "ReviewHold",
    "ReviewStatus",
    "ReviewWork",
    "Role",
    "Screening",
    "ScreeningDecision",
    "ScreeningOutcome",
    "ScreeningRules",
    "SentenceMark",
    "ShownDraft",
    "Skip",
    "Source",
    "SourceKind",
    "Split",
    "TokenScope",
    "User",
    "Verdict",
    "VersionKind",
    "WorkflowEvent",
    "new_seed",
    "new_uid",
]
