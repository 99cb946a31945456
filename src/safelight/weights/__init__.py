"""Shipped model files and word lists; `registry.toml` describes each."""
