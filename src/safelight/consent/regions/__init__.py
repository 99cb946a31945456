"""Regions: what the law asks for beyond the strict baseline. A row can only take away."""

from safelight.consent.regions.table import (
    BASELINE,
    COLUMNS,
    Cell,
    Region,
    all_regions,
    find_region,
    parse_regions,
)

__all__ = ["BASELINE", "COLUMNS", "Cell", "Region", "all_regions", "find_region", "parse_regions"]
