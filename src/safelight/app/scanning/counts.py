"""What a scan did so far, in numbers and reasons."""

from __future__ import annotations

from dataclasses import dataclass, field

from safelight.app.views import ScanReport


@dataclass(slots=True)
class Counts:
    """Counted by all parts of one scan. `problems` are paths with their reasons."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    moved: int = 0
    removed: int = 0
    failed: int = 0
    skipped: int = 0
    problems: list[tuple[str, str]] = field(default_factory=list)

    def report(self, assets: int, seconds: float) -> ScanReport:
        """The outcome; `assets` is how many the library has now."""
        read = self.new + self.changed
        return ScanReport(
            assets=assets,
            new=self.new,
            changed=self.changed,
            unchanged=self.unchanged,
            removed=self.removed,
            moved=self.moved,
            failed=self.failed,
            skipped=self.skipped,
            seconds=round(seconds, 3),
            photos_per_second=round(read / seconds, 2) if seconds else 0.0,
            problems=tuple(self.problems),
        )
