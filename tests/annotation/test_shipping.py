from __future__ import annotations

import pytest
from django.apps import apps
from django.db.migrations.state import ProjectState

from annotation.models import ModelKind, ModelVersion, PromptVersion
from annotation.shipping import add_shipped


# The database is emptied after the first.
@pytest.mark.parametrize("time", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_every_installation_has_one_prompt_and_one_model_however_often_it_is_migrated(time):
    assert ModelVersion.objects.filter(project=None).exists()
    add_shipped(apps=apps)
    assert ModelVersion.objects.get(project=None).kind == ModelKind.SIGNALS
    assert PromptVersion.objects.get(project=None).number == 1


@pytest.mark.django_db
def test_a_database_from_before_is_left_alone():
    add_shipped(apps=ProjectState().apps)
