"""Answers that consolidations and cross-validations share."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from rest_framework import serializers
from rest_framework.response import Response

from annotation.models import ClipStage, Consolidation, CrossValidation, ReviewStatus

from .versions import tagged
from .work import Next, Saved


class Finished(Next):
    stage = serializers.ChoiceField(choices=ClipStage.choices)


class ReviewStatusAnswer(serializers.Serializer[Any]):
    status = serializers.ChoiceField(choices=ReviewStatus.choices)


def review_saved(review: Consolidation | CrossValidation) -> Response:
    saved = {
        "revision": review.revision,
        "saved_at": timezone.now(),
        "lease_until": review.lease_until,
    }
    return tagged(Saved(saved).data, review.revision)
