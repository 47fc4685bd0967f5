"""
One world for all tests: Ada, Bela and Chen annotate, Dana consolidates, Eli cross-validates,
Finn has no part.
"""

from __future__ import annotations

import hashlib
from decimal import Decimal

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from annotation.models import (
    Clip,
    ClipStage,
    Draft,
    DraftKind,
    DraftStatus,
    FrameTable,
    Membership,
    ModelKind,
    ModelVersion,
    Project,
    PromptVersion,
    Role,
    Source,
    SourceKind,
    User,
)
from annotation.workflow.slots import open_for_annotation

PASSWORD = "a long enough password"


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Person {n}")
    email = factory.Sequence(lambda n: f"person{n}@example.org")
    password = factory.django.Password(PASSWORD)


class ProjectFactory(DjangoModelFactory[Project]):
    class Meta:
        model = Project

    name = "Expressions"
    seed = 7
    # Draws are set by the tests that are about them.
    cross_validation_blind_share = 0.0
    cross_validation_check_share = 1.0


class SourceFactory(DjangoModelFactory[Source]):
    class Meta:
        model = Source

    project = factory.SubFactory(ProjectFactory)
    name = factory.Sequence(lambda n: f"Source {n}")
    kind = SourceKind.COLLECTED
    licence = "CC BY 4.0"


class ClipFactory(DjangoModelFactory[Clip]):
    """A clip in `imported`, without files behind it."""

    class Meta:
        model = Clip

    source = factory.SubFactory(SourceFactory)
    project = factory.SelfAttribute("source.project")
    name = factory.Sequence(lambda n: f"clip-{n:05}")
    stage = ClipStage.IMPORTED
    stage_since = factory.LazyFunction(timezone.now)
    sha256 = factory.Sequence(lambda n: hashlib.sha256(str(n).encode()).hexdigest())
    size_bytes = 10_000
    duration_s = 2.0
    frame_count = 50
    width = 640
    height = 360
    video_codec = "h264"
    has_audio = False
    original = factory.LazyAttribute(lambda clip: f"clips/{clip.name}.mp4")
    poster = factory.LazyAttribute(lambda clip: f"clips/{clip.name}.jpg")


class FrameTableFactory(DjangoModelFactory[FrameTable]):
    class Meta:
        model = FrameTable

    clip = factory.SubFactory(ClipFactory)
    time_base_num = 1
    time_base_den = 25
    pts = factory.LazyAttribute(lambda table: list(range(table.clip.frame_count)))


class DraftFactory(DjangoModelFactory[Draft]):
    class Meta:
        model = Draft

    clip = factory.SubFactory(ClipFactory)
    kind = DraftKind.IMPORTED
    generator = factory.Sequence(lambda n: f"written by hand {n}")
    status = DraftStatus.READY
    document = factory.LazyFunction(lambda: a_document("Her brows rise in the draft."))
    ended_at = factory.LazyFunction(timezone.now)


class PromptVersionFactory(DjangoModelFactory[PromptVersion]):
    class Meta:
        model = PromptVersion

    project = factory.SubFactory(ProjectFactory)
    name = "Careful"
    number = factory.Sequence(lambda n: n + 1)
    instructions = "Describe the faces of a clip in three parts, from what the frames show."
    request = "The clip lasts $duration_s seconds. Write its caption."


class HostedModelFactory(DjangoModelFactory[ModelVersion]):
    """Of the endpoint that tests serve, at prices that are easy to add up."""

    class Meta:
        model = ModelVersion

    project = factory.SubFactory(ProjectFactory)
    kind = ModelKind.OPENAI
    name = factory.Sequence(lambda n: f"hosted {n}")
    endpoint = "tests"
    model = "made-up"
    prompt = factory.SubFactory(PromptVersionFactory, project=factory.SelfAttribute("..project"))
    input_price = Decimal(10)
    output_price = Decimal(100)


# Together in two statements, not in nineteen: most tests begin with a world.
PEOPLE = {
    "Ada": Role.ANNOTATOR,
    "Bela": Role.ANNOTATOR,
    "Chen": Role.ANNOTATOR,
    "Dana": Role.REVIEWER,
    "Eli": Role.REVIEWER,
    "Gita": Role.REVIEWER,
    "Lena": Role.LEAD,
    "Mila": Role.ML,
    "Vera": Role.VIEWER,
    "Finn": None,
}


class World:
    """A project with its people, and clips on demand."""

    def __init__(self, **settings: object) -> None:
        self.project = ProjectFactory.create(**settings)
        self.source = SourceFactory.create(project=self.project)
        people = User.objects.bulk_create(self.person(name) for name in PEOPLE)
        (self.ada, self.bela, self.chen, self.dana, self.eli) = people[:5]
        (self.gita, self.lena, self.mila, self.vera, self.finn) = people[5:]
        Membership.objects.bulk_create(
            Membership(project=self.project, user=person, role=role)
            for person, role in zip(people, PEOPLE.values(), strict=True)
            if role
        )

    @property
    def annotators(self) -> list[User]:
        return [self.ada, self.bela, self.chen]

    def person(self, name: str) -> User:
        return UserFactory.build(name=name, email=f"{name.lower()}{self.project.pk}@example.org")

    def member(self, name: str, *roles: Role) -> User:
        person = self.person(name)
        person.save()
        for role in roles:
            Membership.objects.create(project=self.project, user=person, role=role)
        return person

    def clip(self, **fields: object) -> Clip:
        """A clip that waits in `drafting`, with its frame table."""
        fields.setdefault("stage", ClipStage.DRAFTING)
        clip = ClipFactory.create(source=self.source, **fields)
        FrameTableFactory.create(clip=clip)
        return clip

    def open_clip(self, **fields: object) -> Clip:
        """A clip in `annotating` with its slots."""
        clip = self.clip(**fields)
        open_for_annotation(clip)
        return clip


def a_sentence(name: str, text: str, **fields: object) -> dict[str, object]:
    return {"id": name, "text": text, "inferences": [], **fields}


def a_document(
    change: str = "Her brows rise.",
    summary: str = "A woman is surprised.",
    attribute: str = "A young woman with short hair.",
    **fields: object,
) -> dict[str, object]:
    """A complete caption document of three sentences."""
    return {
        "schema": 1,
        "external_attributes": [a_sentence("s1", attribute)],
        "facial_changes": [a_sentence("s2", change, phase="beginning", **fields)],
        "summary": a_sentence("s3", summary),
    }
