"""
What a run is told to do. Every field has its bounds and a line for people; none has a default
but that of the paper, which `presets.py` changes by name.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass as plain_dataclass
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from ml.facetrack_mm.config import RULES

Layer = Literal["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
LAYERS: tuple[Layer, ...] = (
    *("q_proj", "k_proj", "v_proj", "o_proj"),
    *("gate_proj", "up_proj", "down_proj"),
)
Projector = Literal["frozen", "trained"]
# Steps, and whatever else is counted one by one.
MOST = 10_000_000


@plain_dataclass(frozen=True)
class Problem:
    """`field` is a path with dots; empty where the recipe as a whole is wrong."""

    field: str
    message: str


class RecipeRefused(ValueError):
    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        told = (": ".join(filter(None, (each.field, each.message))) for each in problems)
        super().__init__("; ".join(told))


def _number(low: float, high: float, told: str) -> Any:
    return Field(ge=low, le=high, description=told)


@dataclass(frozen=True, config=RULES)
class LoraRecipe:
    rank: Annotated[int, _number(1, 1024, "Width of the weights that are added.")] = 64
    alpha: Annotated[int, _number(1, 4096, "What is added counts alpha / rank times.")] = 128
    dropout: Annotated[float, _number(0, 0.9, "Share of inputs left out at each step.")] = 0.05
    targets: Annotated[
        tuple[Layer, ...],
        Field(min_length=1, description="Layers of the language model that are added to."),
    ] = LAYERS


@dataclass(frozen=True, config=RULES)
class TrainRecipe:
    epochs: Annotated[
        int, _number(0, 1000, "Times that each clip is shown; 0 keeps the base as it is.")
    ] = 3
    batch: Annotated[int, _number(1, 4096, "Clips of one step, over all devices.")] = 32
    micro_batch: Annotated[int, _number(1, 256, "Clips that a device holds at a time.")] = 4
    learning_rate: Annotated[float, _number(0, 1, "Of the low-rank weights.")] = 2e-5
    projector_learning_rate: Annotated[float, _number(0, 1, "Of the video's projector.")] = 2e-5
    face_projector_learning_rate: Annotated[float, _number(0, 1, "Of the faces' projector.")] = 1e-4
    warmup_ratio: Annotated[
        float, _number(0, 0.99, "Share of the steps over which the rates rise.")
    ] = 0.03
    weight_decay: Annotated[float, _number(0, 1, "Pull towards zero; biases are left out.")] = 0.0
    max_grad_norm: Annotated[float, _number(0, 1000, "Longer gradients are shortened.")] = 1.0
    max_length: Annotated[
        int, _number(16, 32768, "Most words and word parts of an instruction with its answer.")
    ] = 2048
    schedule: Annotated[
        Literal["cosine", "linear", "constant_with_warmup"],
        Field(description="How the rates fall after their rise."),
    ] = "cosine"
    video_projector: Annotated[
        Projector, Field(description="Whether the video's projector learns.")
    ] = "trained"
    face_projector: Annotated[
        Projector, Field(description="Whether the faces' projector learns.")
    ] = "trained"
    gradient_checkpointing: Annotated[
        bool, Field(description="The language model is computed twice and takes less memory.")
    ] = True
    stc_checkpointing: Annotated[
        bool, Field(description="The same for the projectors, whose maps take most of it.")
    ] = True
    precision: Annotated[
        Literal["bf16", "fp32"], Field(description="fp32 on a processor, bf16 on a GPU.")
    ] = "bf16"
    quantize: Annotated[
        Literal["none", "nf4"],
        Field(description="nf4 holds the language model in four bits; needs bitsandbytes."),
    ] = "none"
    optimizer: Annotated[
        Literal["adamw", "adamw_8bit"],
        Field(description="adamw_8bit keeps its moments in a quarter; needs bitsandbytes."),
    ] = "adamw"
    group_by_length: Annotated[
        bool, Field(description="Clips with words of about the same number share a batch.")
    ] = False
    feature_cache: Annotated[
        bool, Field(description="What frozen parts compute is kept on disk.")
    ] = True


@dataclass(frozen=True, config=RULES)
class FramesRecipe:
    count: Annotated[
        int | None, _number(1, 32, "Must be the base's number of frames; empty takes it.")
    ] = 16


@dataclass(frozen=True, config=RULES)
class SaveRecipe:
    every_steps: Annotated[int, _number(1, MOST, "Steps between checkpoints.")] = 50
    keep: Annotated[int, _number(1, 1000, "Newest checkpoints kept, beside the best.")] = 2


@dataclass(frozen=True, config=RULES)
class Recipe:
    name: Annotated[str, Field(max_length=80, description="For people.")] = ""
    preset: Annotated[str, Field(max_length=80, description="What the values start from.")] = (
        "paper"
    )
    base: Annotated[
        str,
        Field(
            min_length=1,
            max_length=4096,
            description="7b, mini, tiny, a folder below $MODELS_DIR/facetrack-mm, or a path.",
        ),
    ] = "7b"
    seed: Annotated[int, _number(0, 2**32 - 1, "Of the order of clips and of new weights.")] = 42
    lora: LoraRecipe = LoraRecipe()
    train: TrainRecipe = TrainRecipe()
    frames: FramesRecipe = FramesRecipe()
    save: SaveRecipe = SaveRecipe()
    evaluate_every_steps: Annotated[
        int | None, _number(1, MOST, "Steps between validations; empty: one with each checkpoint.")
    ] = None
    max_steps: Annotated[
        int | None, _number(1, MOST, "Steps after which it ends, whatever the epochs.")
    ] = None

    def to_json(self) -> str:
        return RECIPE.dump_json(self, indent=2).decode() + "\n"

    def as_dict(self) -> dict[str, Any]:
        """As JSON would hold it."""
        value: dict[str, Any] = RECIPE.dump_python(self, mode="json")
        return value


RECIPE = TypeAdapter(Recipe)


def parse(values: dict[str, Any]) -> Recipe:
    """Raises RecipeRefused with all that is wrong."""
    try:
        recipe = RECIPE.validate_json(json.dumps(values))
    except ValidationError as error:
        raise RecipeRefused([_problem(each) for each in error.errors(include_url=False)]) from None
    if problems := list(_conflicts(recipe)):
        raise RecipeRefused(problems)
    return recipe


def _problem(error: Any) -> Problem:
    if error["type"] == "unexpected_keyword_argument":
        return Problem(_path(error["loc"]), "There is no such field.")
    return Problem(_path(error["loc"]), f"{error['msg']}.")


def _path(place: tuple[int | str, ...]) -> str:
    return ".".join(map(str, place))


def _conflicts(recipe: Recipe) -> Iterator[Problem]:
    train = recipe.train
    if train.batch % train.micro_batch:
        yield Problem(
            "train.micro_batch", f"{train.batch} clips are not divided by {train.micro_batch}."
        )
    if train.quantize == "nf4" and train.precision == "fp32":
        yield Problem("train.precision", "Four bits are computed with in bf16. Choose bf16.")
