"""The only way out: strip, label, sign, export."""
