"""`python -m beside_gauge` is `beside-gauge`."""

from beside_gauge.cli import main

raise SystemExit(main())
