# `make demo` and `make test` work from a clean clone with Python 3.11; `make help` lists the rest.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
UV_COMPILE := uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml
.DEFAULT_GOAL := help

.venv/.ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

.PHONY: help setup demo test check quality bench fault lock schemas manifests clean

help: ## This list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

setup: .venv/.ready ## Make the virtual environment from the pinned requirements

demo: .venv/.ready ## Run the whole pipeline on an embedded broker and watch sample stories form
	$(BIN)/storybraid demo

test: check ## Everything CI runs: linters, types, architecture, all tests
	$(BIN)/pytest

check: .venv/.ready ## Linters, types and the rules of the house
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy contracts services tests
	$(BIN)/lint-imports

quality: .venv/.ready ## Print every quality figure beside its floor; fails below one
	$(BIN)/python -m tests.quality.gate

bench: .venv/.ready ## Print the benchmarks: ratios against a peer or a limit of the same run
	$(BIN)/python -m tests.benchmarks.run

fault: .venv/.ready ## Kill and pause workers and brokers on a schedule; nothing may be lost or seen twice
	$(BIN)/python -m tests.fault.run

lock: pyproject.toml ## Pin the requirements anew (needs uv)
	$(UV_COMPILE) --all-extras -o requirements.lock
	$(UV_COMPILE) --extra build -o deploy/requirements-runtime.lock

schemas: .venv/.ready ## Write the JSON Schemas and the AsyncAPI document from the models
	$(BIN)/python -m contracts.schemas

manifests: .venv/.ready ## Write the Kubernetes manifests that come from the code
	$(BIN)/python deploy/kubernetes/build.py

clean: ## Remove what the other commands made
	rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
