"""pairing_graph."""
