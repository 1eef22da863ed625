"""`python -m generator` is the same as `chronicle`."""

from .cli import main

raise SystemExit(main())
