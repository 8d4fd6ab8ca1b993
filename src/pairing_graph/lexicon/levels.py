"""Signs of levels: what a region ends with (县), and what the names of its bodies begin with (县教委)."""

from __future__ import annotations

import re

from pairing_graph.lexicon.patterns import one_of, vocabulary

REGION_LEVELS = "".join(vocabulary("names", "region_level"))
"""The signs of levels of regions (市), for a class of signs."""
TOWN_LEVELS = "".join(word for word in vocabulary("names", "township_level") if len(word) == 1)
"""The signs of levels of townships (镇); 街道 has two."""
LEVELS = REGION_LEVELS + TOWN_LEVELS
NO_PREFIX = re.compile(one_of("names", "not_a_level"))
"""Words that begin with the sign of a level but name none (市场)."""
