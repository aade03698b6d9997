"""The long form of the fuzz: `python -m tests.fuzz [EXAMPLES]`; 20,000 of each where not given."""

import os
import sys
from pathlib import Path

import pytest

if __name__ == "__main__":
    os.environ["BESIDE_FUZZ_EXAMPLES"] = sys.argv[1] if len(sys.argv) > 1 else "20000"
    sys.exit(pytest.main([str(Path(__file__).parent), "-q", "--timeout=0"]))
