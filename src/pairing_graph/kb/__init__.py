"""The knowledge base: eight tables, the addresses of their facts, the documents behind them."""
