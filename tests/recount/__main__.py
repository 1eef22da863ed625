"""`python -m tests.recount CHRONICLE SITE`: the differences, one a line; status 1 where there are any."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from . import recount

if __name__ == "__main__":
    found = recount(Path(sys.argv[1]), Path(sys.argv[2]), datetime.now(UTC))
    print("\n".join(found) or "Every list and every total is as the source files say.")
    sys.exit(bool(found))
