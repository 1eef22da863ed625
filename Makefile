# `make build` and `make test` are all that a fresh machine needs: the first use makes .venv from the lock file.
# ARGS passes more to a command, as in: make build ARGS="--drafts"
# PYTHON names the Python that .venv is made with, as in: make build PYTHON=python3.12

PYTHON ?= python3
export PYTHON
ARGS ?=
BIN := .venv/bin

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help build serve check test lint bless bench lock clean tools dev-tools

help: ## this list
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1 \t\2/p' Makefile | expand -t 16

build: tools ## the site, into build/
	@$(BIN)/chronicle build $(ARGS)

serve: tools ## a preview that follows your edits
	@$(BIN)/chronicle serve $(ARGS)

check: tools ## all problems of all files, and nothing written
	@$(BIN)/chronicle check $(ARGS)

test: lint ## everything that must hold before a change is sent; ARGS goes to pytest
	@$(BIN)/python tests/browser/machine.py
	@$(BIN)/pytest --numprocesses auto --dist loadfile $(ARGS)

lint: dev-tools ## format, style, types and floors
	@$(BIN)/ruff format --check --quiet --diff .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo

bless: dev-tools ## rewrite the expected site and the expected messages of the case files: then read the diff
	@$(BIN)/pytest tests/golden tests/unit --bless $(ARGS)

bench: dev-tools ## how long builds take, beside other generators; installs those into bench/.peers
	@$(BIN)/python -m bench $(ARGS)

lock: dev-tools ## write the lock files anew, for all platforms; ARGS="--upgrade" takes newer versions
	@$(LOCK) --group build --output-file requirements.lock
	@$(LOCK) --group build --group dev --extra lsp --constraints requirements.lock --output-file requirements-dev.lock

LOCK = $(BIN)/uv pip compile pyproject.toml $(ARGS) --universal --python-version 3.11 --generate-hashes \
	--no-sources --custom-compile-command "make lock" --quiet

clean: ## remove what was made: the pages of the site, what builds remember, caches, .venv; no file of yours
	@if [ -x $(BIN)/chronicle ]; then $(BIN)/chronicle clean --quiet; fi
	@rm -rf .venv bench/.peers .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache dist

tools:
	@.ci/setup requirements.lock

dev-tools:
	@.ci/setup requirements-dev.lock
