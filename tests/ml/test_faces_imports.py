"""What a process pays for knowing of faces."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_records_protocols_and_weights_load_no_library_of_networks():
    code = (
        "import ml.faces.loading, ml.faces.records, ml.weights, sys\n"
        "heavy = {'torch', 'onnxruntime', 'ai_edge_litert', 'cv2', 'google.protobuf', 'dlib'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert answer.stdout.strip() == "[]", answer.stderr
