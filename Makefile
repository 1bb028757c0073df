# Development tasks. Needs only make and Python 3.11 or later.
PYTHON ?= python3
VENV ?= .venv

BIN := $(VENV)/bin
READY := $(VENV)/.ready
TORCH := $(shell grep '^torch==' constraints.txt)
CPU_INDEX := https://download.pytorch.org/whl/cpu
DEMO := DOCUMENTS_DIR=corpus/samples STORE_DIR=build/demo-store EMBEDDING_MODEL=bundled

.PHONY: setup demo test lint benchmark-retrieval benchmark-answers benchmark-telegram benchmark-scale benchmark-peers pictures clean
.DELETE_ON_ERROR:

setup: $(READY)

# torch's default Linux build includes gigabytes of GPU libraries. The CPU build comes from a folder
# of wheels if pip is configured with one, otherwise from torch's CPU index.
$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "citera needs Python 3.11 or later; choose one: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@echo "Installing citera and its dependencies into $(VENV); this takes a few minutes."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install -qq --upgrade pip
	@$(BIN)/pip install -qq --no-index --no-deps "$(TORCH)" 2>/dev/null || \
	  test "$$(uname)" != Linux || \
	  $(BIN)/pip install -qq --retries 1 --timeout 15 --no-deps --index-url $(CPU_INDEX) "$(TORCH)" || \
	  echo "torch's CPU build is not available from $(CPU_INDEX); installing the default build."
	@$(BIN)/pip install -qq -c constraints.txt -e ".[dev,office]"
	@touch $@

demo: $(READY)
	$(DEMO) $(BIN)/citera reembed
	$(DEMO) $(BIN)/citera ask "Who attended the January meeting?"

test: $(READY)
	@$(BIN)/python -m pytest

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# DATA is the folder of public sets and questions; see benchmarks/retrieval.py and answers.py.
DATA ?= ../shared/data
benchmark-retrieval: $(READY)
	$(BIN)/python -m benchmarks.retrieval --data $(DATA) --json build/retrieval.json

benchmark-answers: $(READY)
	$(BIN)/python -m benchmarks.answers --data $(DATA) --report build/answers

# Builds indexes of up to a million passages from the public corpus; takes an hour and 8 GB.
benchmark-scale: $(READY)
	$(BIN)/python -m benchmarks.scale --data $(DATA) --json build/scale.json

# Runs the same documents and questions through alternatives to Citera, each in its own environment
# under build/peers. MODEL is a folder with multilingual-e5-small, SMALL one with all-MiniLM-L6-v2;
# alternatives that need a model not given are skipped.
benchmark-peers: $(READY)
	$(BIN)/python -m benchmarks.peers --data $(DATA) --json build/peers.json \
	  $(if $(MODEL),--model $(MODEL)) $(if $(SMALL),--small $(SMALL))

# 200 chats ask a bot 2,000 questions while some calls fail; takes a few minutes.
benchmark-telegram: $(READY)
	PYTHONPATH=tests $(BIN)/python -m benchmarks.telegram_load

# Redraws the screenshots in docs/; docs/pictures.py lists what it needs.
pictures: $(READY)
	PYTHONPATH=tests $(BIN)/python docs/pictures.py

clean:
	rm -rf build dist .mypy_cache .pytest_cache .ruff_cache $(VENV)
