"""A tokenizer of single bytes that marks the head of every piece, as the released one does."""

from ml.facetrack_mm.tiny import speller


def spelling():
    """256 ids: three marks of the model, printable characters by their bytes."""
    return speller()
