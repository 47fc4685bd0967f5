"""The real face networks, for what only they can show."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ml.faces.config import FacesConfig
from ml.faces.loading import load_faces
from ml.faces.protocols import FaceModels
from tests.weights import folder_with

PORTRAIT = Path(__file__).parents[1] / "pictures" / "portrait.jpg"


@pytest.fixture(scope="session")
def face_models() -> FaceModels:
    return load_faces(FacesConfig(folder_with("centerface.onnx")))


@pytest.fixture(scope="session")
def portrait() -> np.ndarray:
    """A real face that smiles at the viewer, [320, 320, 3]."""
    return np.asarray(Image.open(PORTRAIT).convert("RGB"))
