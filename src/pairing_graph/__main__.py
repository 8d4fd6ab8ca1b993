"""`python -m pairing_graph` is `pairing-graph`."""

from __future__ import annotations

import sys

from pairing_graph.cli.app import main

sys.exit(main())
