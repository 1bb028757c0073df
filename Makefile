# Everything a checkout needs is made here; Python 3.11 or later and make are all that must be there.
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

# torch's default Linux build brings gigabytes for graphics cards. Its CPU build is taken from a
# folder of wheels where pip is configured with one, else from torch's own CPU index.
$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "citera needs Python 3.11 or later; name one: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@echo "Installing citera and what it needs into $(VENV); this takes a few minutes."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install -qq --upgrade pip
	@$(BIN)/pip install -qq --no-index --no-deps "$(TORCH)" 2>/dev/null || \
	  test "$$(uname)" != Linux || \
	  $(BIN)/pip install -qq --retries 1 --timeout 15 --no-deps --index-url $(CPU_INDEX) "$(TORCH)" || \
	  echo "torch's CPU build can't be had from $(CPU_INDEX); the usual build is taken."
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

# Public sets and questions are read from the folder DATA; see benchmarks/retrieval.py and answers.py.
DATA ?= ../shared/data
benchmark-retrieval: $(READY)
	$(BIN)/python -m benchmarks.retrieval --data $(DATA) --json build/retrieval.json

benchmark-answers: $(READY)
	$(BIN)/python -m benchmarks.answers --data $(DATA) --report build/answers

# Builds indexes of up to a million passages, made from the public corpus; takes an hour and 8 GB.
benchmark-scale: $(READY)
	$(BIN)/python -m benchmarks.scale --data $(DATA) --json build/scale.json

# The same documents and questions through what a user would pick instead, each in an environment
# of its own under build/peers. MODEL names a folder with multilingual-e5-small, SMALL one with
# all-MiniLM-L6-v2; what needs one that isn't named is left out.
benchmark-peers: $(READY)
	$(BIN)/python -m benchmarks.peers --data $(DATA) --json build/peers.json \
	  $(if $(MODEL),--model $(MODEL)) $(if $(SMALL),--small $(SMALL))

# 200 chats ask 2,000 questions of a bot whose calls fail now and then; takes a few minutes.
benchmark-telegram: $(READY)
	PYTHONPATH=tests $(BIN)/python -m benchmarks.telegram_load

# Draws the pictures in docs again; see there for what it takes.
pictures: $(READY)
	PYTHONPATH=tests $(BIN)/python docs/pictures.py

clean:
	rm -rf build dist .mypy_cache .pytest_cache .ruff_cache $(VENV)
