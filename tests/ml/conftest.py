"""The real face networks, for what only they can show."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ml.faces.config import FacesConfig
from ml.faces.loading import load_faces
from ml.faces.protocols import FaceModels
from ml.weights import models_folder

PORTRAIT = Path(__file__).parents[1] / "pictures" / "portrait.jpg"


@pytest.fixture(scope="session")
def face_models() -> FaceModels:
    """Networks that are there and damaged fail the test; only their absence skips it."""
    folder = models_folder()
    if not (folder / "centerface.onnx").exists():
        pytest.skip("The face networks are not here. Fetch them with: python -m ml fetch-models")
    return load_faces(FacesConfig(folder))


@pytest.fixture(scope="session")
def portrait() -> np.ndarray:
    """A real face that smiles at the viewer, [320, 320, 3]."""
    return np.asarray(Image.open(PORTRAIT).convert("RGB"))
