# `make run` and `make test` are all one needs; `make help` lists the rest.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run test lint format types schema bench interop screenshots lock

PYTHON_IN := .venv/bin/python
PAGES := $(shell find frontend -path frontend/node_modules -prune -o -path frontend/dist -prune -o -type f -print 2>/dev/null)

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1|/p' Makefile | while IFS='|' read -r name text; do printf '%-12s %s\n' "$$name" "$$text"; done

# The front end first: a missing Node is said at once, not after minutes of installing.
run: frontend/dist/index.html .venv/runs models ## everything on http://localhost:8000 (PORT chooses another)
	@exec $(PYTHON_IN) manage.py up

test: frontend/dist/index.html .venv/tests models ## every check and test
	@scripts/test.sh

lint: .venv/tests node_modules ## findings of ruff, the import contracts and eslint
	@.venv/bin/ruff format --check . && .venv/bin/ruff check . && .venv/bin/lint-imports --no-logo
	@cd frontend && npm run --silent format:check && npm run --silent lint

format: .venv/tests node_modules ## formats Python and TypeScript
	@.venv/bin/ruff format . && .venv/bin/ruff check --fix-only .
	@cd frontend && npm run --silent format

types: .venv/tests node_modules ## mypy and tsc
	@.venv/bin/mypy
	@cd frontend && npm run --silent typecheck

schema: .venv/tests node_modules ## docs/openapi.yaml and the front end's types from the code
	@$(PYTHON_IN) manage.py spectacular --validate --fail-on-warn --file docs/openapi.yaml
	@cd frontend && npm run --silent schema

bench: frontend/dist/index.html .venv/tests models ## measures, and writes bench/results/
	@$(PYTHON_IN) -m bench.workflow
	@$(PYTHON_IN) -m bench.media
	@$(PYTHON_IN) -m bench.faces
	@$(PYTHON_IN) -m bench.drafting
	@$(PYTHON_IN) -m bench.metrics
	@$(PYTHON_IN) -m ml fetch-models --with smollm2 && $(PYTHON_IN) -m bench.facetrack_mm
	@$(PYTHON_IN) -m bench.training
	@$(PYTHON_IN) -m bench.releasing
	@$(PYTHON_IN) -m bench.export
	@$(PYTHON_IN) -m bench.learning
	@CHROMIUM="$$(scripts/chromium.sh | tail -n 1)" $(PYTHON_IN) -m bench.timeline

interop: .venv/bin/python ## whether Label Studio takes and gives back our tasks (installs it below var/)
	@scripts/interop.sh

screenshots: frontend/dist/index.html .venv/tests ## the pictures of the readme
	@CHROMIUM="$$(scripts/chromium.sh | tail -n 1)" .venv/bin/pytest -q tests/e2e/screenshots.py

lock: .venv/tests ## requirements/*.txt from *.in (TORCH_CPU_WHEELS names CPU wheels of torch)
	@PATH="$(CURDIR)/.venv/bin:$$PATH" $(PYTHON_IN) scripts/lock_requirements.py $(TORCH_CPU_WHEELS)

.venv/bin/python:
	@scripts/make_venv.sh

.venv/runs: .venv/bin/python requirements/torch.txt requirements/core.txt requirements/ml.txt requirements/nodeps.txt
	@scripts/install_requirements.sh torch core ml nodeps
	@touch $@

.venv/tests: .venv/runs requirements/dev.txt
	@scripts/install_requirements.sh dev
	@touch $@

# At every start, because what could not be fetched without a network is tried again.
.PHONY: models
models: .venv/runs
	@answer=$$($(PYTHON_IN) -m ml fetch-models --or-warn) || { echo "$$answer" >&2; exit 1; }

.PHONY: node_modules
node_modules: frontend/node_modules/.installed

frontend/node_modules/.installed: frontend/package.json frontend/package-lock.json
	@scripts/require_node.sh
	@echo "Installing the front end's packages"
	@cd frontend && npm ci --silent
	@touch $@

frontend/dist/index.html: frontend/node_modules/.installed $(PAGES)
	@scripts/require_node.sh
	@echo "Building the pages"
	@cd frontend && npm run --silent build -- --logLevel warn
	@touch $@
