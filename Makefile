# make analyse   install, read the 2022 notice, write tables, figures, graph and page into out/
# make test      install with the test extras, run the tests but the slow ones: some minutes
# make test-all  the same with the slow ones: browsers, notebooks, collections that are killed
# make docs      install with the documentation's extras, build the site into docs/_build/html
# All make .venv on the first call and reuse it afterwards.

PYTHON ?= python3
MUTANTS ?= 20
SEED ?= 0
NOTICE ?= data/raw/wuxi-yuzhong-2022.txt
OUT ?= out
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: analyse test test-all docs lab figures lint mutants clean

analyse: $(VENV)/.analyse
	@$(BIN)/pairing-graph analyse "$(NOTICE)" --out "$(OUT)"

test: $(VENV)/.test
	@$(BIN)/python -m pytest -n auto --dist worksteal -m "not slow"

test-all: $(VENV)/.test
	@$(BIN)/python -m pytest -n auto --dist worksteal

docs: $(VENV)/.docs
	@$(BIN)/python tools/build_docs.py

lab: $(VENV)/.lab
	@$(BIN)/jupyter lab notebooks

figures: $(VENV)/.test
	@$(BIN)/python tools/draw_figures.py
	@$(BIN)/python tools/photograph_page.py

lint: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

mutants: $(VENV)/.test
	@$(BIN)/python tools/mutants.py --count $(MUTANTS) --seed $(SEED)

clean:
	rm -rf $(VENV) $(OUT) docs/_build

$(VENV)/.made:
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || \
		{ echo "pairing_graph needs Python 3.11 or newer; name one: make PYTHON=python3.12 analyse" >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.analyse: EXTRAS = collection,compare,docx,figures,html,page,pdf,traditional,xlsx
$(VENV)/.test: EXTRAS = test
$(VENV)/.lab: EXTRAS = all
$(VENV)/.dev: EXTRAS = dev
$(VENV)/.docs: EXTRAS = docs

$(VENV)/.analyse $(VENV)/.test $(VENV)/.lab $(VENV)/.dev $(VENV)/.docs: $(VENV)/.made pyproject.toml
	@echo "Installing pairing_graph[$(EXTRAS)] into $(VENV) ..."
	@if command -v uv >/dev/null 2>&1; then uv pip install --quiet --python $(BIN)/python -e ".[$(EXTRAS)]"; \
		else $(PIP) -e ".[$(EXTRAS)]"; fi
	@touch $@
