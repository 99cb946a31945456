"""What Safelight keeps: the keys, the encrypted drawers, and the one way to an original."""
