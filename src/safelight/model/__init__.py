"""Values and Protocols that every room shares; the standard library only."""
