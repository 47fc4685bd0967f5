"""What the model is made of, and every reading of its paper that the paper leaves open."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

RULES = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)

# What of a face becomes tokens; `landmarks` are the numbers of the frozen landmark network.
FaceFeature = Literal["stage4", "fused", "task_tokens", "clip", "landmarks"]


class ConfigRefused(ValueError):
    """The message names the field."""


def _check_heads(width: int, heads: int) -> None:
    if width % heads:
        raise ValueError(f"{width} is not a multiple of {heads} heads")


@dataclass(frozen=True, config=RULES)
class LanguageConfig:
    family: Literal["mistral", "llama"] = "mistral"
    vocab_size: int = 32000
    hidden_size: int = 4096
    intermediate_size: int = 14336
    num_hidden_layers: int = 32
    num_attention_heads: int = 32
    num_key_value_heads: int = 8
    max_position_embeddings: int = 32768
    rms_norm_eps: float = 1e-5
    rope_theta: float = 1e6
    tie_word_embeddings: bool = False
    bos_token_id: int | None = 1
    eos_token_id: int = 2

    def __post_init__(self) -> None:
        _check_heads(self.hidden_size, self.num_attention_heads)
        _check_heads(self.num_attention_heads, self.num_key_value_heads)


@dataclass(frozen=True, config=RULES)
class VisionConfig:
    """The tower's features are the hidden states at `feature_layer`, counted from the end."""

    hidden_size: int = 1024
    intermediate_size: int = 4096
    num_hidden_layers: int = 24
    num_attention_heads: int = 16
    image_size: int = 336
    patch_size: int = 14
    feature_layer: int = -2

    def __post_init__(self) -> None:
        _check_heads(self.hidden_size, self.num_attention_heads)
        if not -self.num_hidden_layers <= self.feature_layer < 0:
            raise ValueError("feature_layer counts back from -1 over the tower's layers")


@dataclass(frozen=True, config=RULES)
class FaceXFormerConfig:
    embed_dim: int = 128
    depths: tuple[int, int, int, int] = (2, 2, 18, 2)
    num_heads: tuple[int, int, int, int] = (4, 8, 16, 32)
    window_size: int = 7
    patch_size: int = 4
    image_size: int = 224
    decoder_dim: int = 256
    decoder_depth: int = 2
    decoder_heads: int = 8
    decoder_mlp_dim: int = 2048

    @property
    def widths(self) -> tuple[int, ...]:
        """Of the four stages."""
        return tuple(self.embed_dim * 2**stage for stage in range(4))


@dataclass(frozen=True, config=RULES)
class FaceConfig:
    """
    How a face becomes tokens. A `shared` projector is the video's own; one of its own may start
    as a copy of it, where the shapes are equal. `fused_side` is the grid that the fused map is
    pooled to, `task_tokens` how many of the decoder's tokens are taken.
    """

    feature: FaceFeature = "stage4"
    encoder: FaceXFormerConfig = FaceXFormerConfig()
    fused_side: Literal[7, 14] = 7
    task_tokens: Literal[7, 18] = 18
    projector: Literal["own", "shared"] = "own"
    starts_from_video: bool = True


def _check_shared(feature: FaceFeature, face: FaceConfig, vision: VisionConfig | None) -> None:
    width = {"stage4": face.encoder.widths[-1], "clip": vision.hidden_size if vision else 0}
    if vision is None or width.get(feature) != vision.hidden_size:
        raise ValueError(f"the video's projector cannot take the face feature {feature}")


@dataclass(frozen=True, config=RULES)
class StreamConfig:
    """
    Which faces are shown to the model. `every` takes each frame's detected faces without following
    them; `switch_ratio` is how much larger another face must be to take over; `margin` is added to
    the box's width and height; `replace` says what a frame without a face takes from the nearest
    one that has one.
    """

    faces: Literal["main", "every"] = "main"
    choice: Literal["largest", "random"] = "largest"
    max_faces: Literal[1, 2] = 1
    switch_ratio: float = 1.5
    margin: float = 0.5
    shape: Literal["squash", "square"] = "squash"
    replace: Literal["video_and_face", "face"] = "video_and_face"

    def __post_init__(self) -> None:
        if self.switch_ratio < 1 or self.margin < 0:
            raise ValueError("switch_ratio is at least 1 and margin at least 0")


@dataclass(frozen=True, config=RULES)
class FramesConfig:
    """
    Frames are drawn evenly from those that were tracked, or from all of the file's own, of which
    the nearest tracked ones are taken.
    """

    count: int = 16
    formula: Literal["uniform", "june_2024"] = "uniform"
    drawn_from: Literal["tracked", "file"] = "tracked"
    fit: Literal["pad", "crop"] = "pad"

    def __post_init__(self) -> None:
        if not 1 <= self.count <= 32:
            raise ValueError("the model looks at 1 to 32 frames")


@dataclass(frozen=True, config=RULES)
class PromptConfig:
    """
    `answer_space` puts one space before the answer. With `marks_faces` the face tokens stand at a
    mark of their own, on the line after the video's.
    """

    layout: Literal["llama2", "chatml"] = "llama2"
    system_text: str | None = None
    instruction: str = (
        "Describe the appearance of the main person in this video, and then how the face and its "
        "expression change from the beginning to the end."
    )
    answer_space: bool = True
    marks_faces: bool = False


@dataclass(frozen=True, config=RULES)
class GenerationConfig:
    """Without a temperature the most likely word is taken each time."""

    max_new_tokens: int = 512
    temperature: float | None = None
    top_p: float | None = None


@dataclass(frozen=True, config=RULES)
class FaceTrackConfig:
    language: LanguageConfig = LanguageConfig()
    vision: VisionConfig | None = VisionConfig()
    connector_depth: int = 4
    face: FaceConfig | None = FaceConfig()
    stream: StreamConfig = StreamConfig()
    frames: FramesConfig = FramesConfig()
    prompt: PromptConfig = PromptConfig()
    generation: GenerationConfig = GenerationConfig()

    def __post_init__(self) -> None:
        face, feature = self.face, self.face.feature if self.face else None
        if self.vision is None and feature != "landmarks":
            raise ValueError("without a vision tower the model sees only a face's landmarks")
        if feature is not None and face is not None and face.projector == "shared":
            _check_shared(feature, face, self.vision)
        if self.prompt.marks_faces and face is None:
            raise ValueError("prompt.marks_faces needs a face")

    def to_json(self) -> str:
        return CONFIG.dump_json(self, indent=2).decode() + "\n"

    @classmethod
    def parse(cls, text: str | bytes) -> FaceTrackConfig:
        try:
            return CONFIG.validate_json(text)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            place = ".".join(map(str, first["loc"])) or "the configuration"
            raise ConfigRefused(f"{place}: {first['msg']}.") from error


CONFIG = TypeAdapter(FaceTrackConfig)
