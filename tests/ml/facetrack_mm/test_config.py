import json

import pytest

from ml.facetrack_mm.config import ConfigRefused, FaceTrackConfig
from ml.facetrack_mm.presets import PRESETS


@pytest.mark.parametrize("name", sorted(PRESETS))
def test_a_preset_survives_its_file(name):
    assert FaceTrackConfig.parse(PRESETS[name].to_json()) == PRESETS[name]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"fraems": {}}, "fraems: Unexpected keyword argument"),
        ({"frames": {"count": "16"}}, "frames.count: Input should be a valid integer"),
        ({"frames": {"count": 33}}, "1 to 32 frames"),
        ({"face": {"feature": "nose"}}, "face.feature: Input should be"),
        ({"vision": None}, "sees only a face's landmarks"),
        ({"face": {"feature": "fused", "projector": "shared"}}, "cannot take"),
        ({"face": None, "prompt": {"marks_faces": True}}, "needs a face"),
        ({"language": {"hidden_size": 4095}}, "4095 is not a multiple of 32 heads"),
        ({"vision": {"feature_layer": 1}}, "counts back from -1"),
        ({"stream": {"switch_ratio": 0.5}}, "at least 1"),
    ],
)
def test_what_no_model_can_be_made_of_is_refused_by_name(change, words):
    with pytest.raises(ConfigRefused, match=words):
        FaceTrackConfig.parse(json.dumps(change))


def test_the_paper_is_the_default():
    assert FaceTrackConfig.parse("{}") == PRESETS["7b"]
