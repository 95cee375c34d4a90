# `make run` opens the app on the sample project; `make test` runs every test. Both set up all they need.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501

.PHONY: help setup dev browser run test check lint format faults bench bench-models bench-engine bench-loop lock frontend clean

help:  ## Say what there is.
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

setup: $(VENV)/.run-ready  ## Make .venv with what the app needs.

$(VENV)/.run-ready: requirements.txt constraints.txt scripts/setup.sh
	@scripts/setup.sh $(PYTHON) $(VENV) requirements.txt && touch $@

$(VENV)/.dev-ready: requirements.txt requirements-dev.txt constraints.txt scripts/setup.sh
	@scripts/setup.sh $(PYTHON) $(VENV) requirements-dev.txt && touch $@ $(VENV)/.run-ready

dev: $(VENV)/.dev-ready  ## Make .venv with what tests and checks need, too.

browser: dev
	@scripts/browser.sh $(BIN)/python

run: setup  ## Open the app on the sample project (PORT=8501).
	@$(BIN)/python cli.py serve --port $(PORT)

# Workers and servers that tests start would each compile the sources again: workers may not write,
# and where PYTHONDONTWRITEBYTECODE is set nobody does.
test: dev browser  ## Run every test.
	@$(BIN)/python -m compileall -q -x node_modules app.py cli.py commands components labeling pages storage web
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

lint: dev  ## Check format, style, types and layers.
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

check: lint test  ## Lint and test.

format: dev  ## Format and mend what can be mended.
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

faults: dev  ## Run the fault tests at full size: 1,000 kills and the rest in proportion.
	@LABELWRIGHT_FAULT_ROUNDS=1000 $(BIN)/python -m pytest tests/faults

# Modules label_model_*.py and engine_*.py are parts of what `bench-models` and `bench-engine` run.
bench: dev bench-models bench-engine  ## Run the benchmarks behind the figures in README and docs.
	@for script in $(filter-out benchmarks/label_model% benchmarks/engine%,$(wildcard benchmarks/[a-z]*.py)); do echo "== $$script"; PYTHONPATH=. $(BIN)/python $$script || exit 1; done

bench-models: dev  ## Measure our label models and the field (SETS="folder ..." for sets of your own).
	@scripts/peers.sh $(PYTHON) .venv-peers
	@PYTHONPATH=. $(BIN)/python benchmarks/label_models.py $(SETS)

bench-engine: dev  ## Measure the engine beside Snorkel's and write docs/engine-benchmark.md.
	@scripts/peers.sh $(PYTHON) .venv-peers
	@PYTHONPATH=. $(BIN)/python benchmarks/engine.py

bench-loop: dev browser  ## Measure the loop in Chromium, from a key to tables, rows and charts.
	@PYTHONPATH=. $(BIN)/python benchmarks/browser_loop.py
	@PYTHONPATH=. $(BIN)/python benchmarks/browser_loop.py 1000000

frontend:  ## Build the browser components from components/frontend (needs node and npm).
	@cd components/frontend && npm ci && npm run build

lock: dev  ## Write constraints.txt anew from the requirements (needs uv).
	@uv pip compile --universal --python-version 3.11 --no-header --no-annotate --no-emit-index-url \
	  --no-emit-find-links requirements-dev.txt -o constraints.txt

clean:  ## Remove what the targets made (never your projects).
	@rm -rf $(VENV) .venv-peers .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
