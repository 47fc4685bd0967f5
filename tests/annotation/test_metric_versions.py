"""What the web process says of the metrics is what `ml` computes."""

from __future__ import annotations

from annotation import metric_versions
from ml.evaluation import scoring
from ml.metrics import chance


def test_metrics_and_chance_rows_are_those_of_ml():
    known = {name: metric.version for name, metric in scoring.METRICS.items()}
    assert known == metric_versions.METRIC_VERSIONS
    assert metric_versions.USUAL_METRICS == scoring.BY_AN_OFFLINE_JUDGE
    assert metric_versions.CHANCE_VERSION == chance.VERSION
    rows = {make.__name__: name for name, make in chance.BASELINES.items()}
    assert rows == metric_versions.CHANCE_ROWS
