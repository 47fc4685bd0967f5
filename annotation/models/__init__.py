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
from .experiments import Device, DeviceKind, Launcher, RunState, TrainingRun
from .imports import Import, ImportItem, ImportItemStatus, ImportKind
from .jobs import Job, JobState
from .model_versions import DraftRole, ModelKind, ModelVersion, RoleKind
from .projects import DraftPolicy, Invitation, Membership, Project, Role, new_seed, new_uid
from .prompts import MOST_EXAMPLES, PromptVersion
from .quotas import Quota
from .requests import AnsweredRequest
from .screening import Screening, ScreeningDecision, ScreeningOutcome, ScreeningRules
from .spending import CallStatus, ModelCall, ProjectBudget
from .tracks import FaceBackends, FaceEmbedding, FaceTracks
from .users import ApiToken, TokenScope, User

__all__ = [
    "MOST_EXAMPLES",
    "Annotation",
    "AnnotationReturn",
    "AnnotationVerdict",
    "AnnotationVersion",
    "AnsweredRequest",
    "ApiToken",
    "ApprovedCaption",
    "Assignment",
    "AssignmentStatus",
    "CallStatus",
    "Clip",
    "ClipReason",
    "ClipStage",
    "Consolidation",
    "CrossValidation",
    "CrossValidationMode",
    "DatasetEntry",
    "DatasetVersion",
    "Device",
    "DeviceKind",
    "Draft",
    "DraftKind",
    "DraftPolicy",
    "DraftRole",
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
    "Launcher",
    "Mark",
    "Membership",
    "ModelCall",
    "ModelKind",
    "ModelVersion",
    "Outcome",
    "Pick",
    "PickAction",
    "Project",
    "ProjectBudget",
    "PromptVersion",
    "Quota",
    "RejectionVote",
    "Rendering",
    "Review",
    "ReviewHold",
    "ReviewStatus",
    "ReviewWork",
    "Role",
    "RoleKind",
    "RunState",
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
    "TrainingRun",
    "User",
    "Verdict",
    "VersionKind",
    "WorkflowEvent",
    "new_seed",
    "new_uid",
]
