"""
Who gets which answer at every route and method.

`test_every_route_is_in_the_table` fails on a route that is not here. `allowed` names people of
the project; other members get `denied`, people of other projects 404, strangers 401.
"""

from __future__ import annotations

from .dataset_routes import OF_DATASETS
from .model_routes import OF_MODELS
from .project_routes import OF_PROJECTS
from .work_routes import OF_WORK

TABLE = [*OF_PROJECTS, *OF_WORK, *OF_MODELS, *OF_DATASETS]
READS = [entry for entry in TABLE if entry.method == "GET"]
WRITES = [entry for entry in TABLE if entry.method != "GET"]
