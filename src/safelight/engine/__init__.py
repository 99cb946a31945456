"""Jobs and where they run; knows nothing of photos."""
