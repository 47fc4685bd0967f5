"""The networks that a configuration names."""

from __future__ import annotations

from dataclasses import dataclass

from ml.faces.config import FacesConfig
from ml.faces.protocols import Detector, Embedder, FaceModels, Landmarker
from ml.weights import Weights, fetched_weights, own_weights


@dataclass(frozen=True)
class Search:
    """At what size, in pixels, and from what certainty on a detector finds faces."""

    long_side: int
    min_score: float


SEARCHES = {
    "centerface": Search(480, 0.5),
    "yunet": Search(640, 0.6),
    "scrfd": Search(640, 0.5),
    "damofd": Search(640, 0.3),
}


def load_faces(config: FacesConfig) -> FaceModels:
    """Raises WeightsUnusable with a sentence that says what to do."""
    return FaceModels(load_detector(config), load_embedder(config), load_landmarker(config))


def load_detector(config: FacesConfig) -> Detector:
    # Imported by need: each brings the library that runs it.
    from ml.faces.centerface import CenterFace
    from ml.faces.scrfd import Scrfd
    from ml.faces.yunet import YuNet

    usual = SEARCHES[config.detector]
    long_side = config.long_side or usual.long_side
    min_score = config.min_score or usual.min_score
    threads = config.threads
    if config.detector_path is None:
        weights = fetched_weights(config.models_dir, "centerface.onnx")
        return CenterFace(weights, threads=threads, long_side=long_side, min_score=min_score)
    weights = own_weights(config.detector_path)
    if config.detector == "yunet":
        return YuNet(weights, threads=threads, long_side=long_side, min_score=min_score)
    return Scrfd(
        config.detector, weights, threads=threads, long_side=long_side, min_score=min_score
    )


def load_embedder(config: FacesConfig) -> Embedder:
    if config.embedder_path is not None:
        from ml.faces.aligned_embedders import AlignedEmbedder

        weights = own_weights(config.embedder_path)
        return AlignedEmbedder(config.embedder, weights, threads=config.threads)
    if config.embedder == "dlib":
        return _load_dlib(config)
    from ml.faces.mobilefacenet import MobileFaceNet

    weights = fetched_weights(config.models_dir, "MobileFaceNet.tflite")
    return MobileFaceNet(weights, threads=config.threads)


def _load_dlib(config: FacesConfig) -> Embedder:
    from ml.faces.dlib_embedder import DlibEmbedder

    def weights(name: str) -> Weights:
        return fetched_weights(config.models_dir, name)

    return DlibEmbedder(
        weights("dlib_face_recognition_resnet_model_v1.dat"),
        weights("shape_predictor_5_face_landmarks.dat"),
    )


def load_landmarker(config: FacesConfig) -> Landmarker:
    from ml.faces.mesh import MeshLandmarker

    weights = fetched_weights(config.models_dir, "face_landmarker.task")
    return MeshLandmarker(weights, threads=config.threads)
