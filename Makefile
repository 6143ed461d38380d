# `make demo` needs only Python: it installs the scorer and scores the sample story.
# `make test` installs everything and runs every check. Both work in .venv and are quick the second time.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
STORY  := data/sample_story
SHIPS  := $(shell find framing models seeds data/audit data/labelled -type f -not -path '*/__pycache__/*')

# An environment that `make test` has filled serves the demo too, and is kept up to date by its own rule.
INSTALLED := $(if $(wildcard $(VENV)/everything),$(VENV)/everything,$(VENV)/scorer)

.PHONY: demo test lint clean
.DELETE_ON_ERROR:

demo: $(INSTALLED)
	$(BIN)/framing score $(STORY)
	$(BIN)/framing score $(STORY)/tabloid.html
	$(BIN)/framing score $(STORY) --format html --out demo.html
	@echo "Wrote demo.html, the same five articles with the evidence marked in their text: open it in a browser."

test: lint
	$(BIN)/python -m pytest

lint: $(VENV)/everything
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

clean:
	rm -rf $(VENV) demo.html build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage

$(VENV)/scorer: pyproject.toml constraints.txt LICENSE README.md $(SHIPS) | $(BIN)/pip
	@echo "Installing the scorer into $(VENV) ..."
	$(PIP) .
	@touch $@

$(VENV)/everything: pyproject.toml constraints.txt | $(BIN)/pip
	@echo "Installing the scorer, the libraries for training and reports, and the tools into $(VENV) ..."
	$(PIP) --editable '.[train,report,dev]'
	@touch $@

$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || \
	{ echo "framing needs Python 3.11, 3.12 or 3.13, and '$(PYTHON)' is not one; try: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
