"""An address as a QR code, for a phone's camera."""

from __future__ import annotations


def qr_rows(text: str) -> tuple[tuple[bool, ...], ...]:
    """Rows of modules, True for dark; with the light border of four that readers need."""
    import cv2  # loads for a quarter of a second, and few pages need it
    import numpy as np

    picture = cv2.QRCodeEncoder.create().encode(text)  # two light modules around it
    inner: list[list[bool]] = (np.asarray(picture) == 0).tolist()
    width = len(inner) + 4
    blank = [False] * width
    rows = [blank, blank, *([False, False, *row, False, False] for row in inner), blank, blank]
    return tuple(map(tuple, rows))


def qr_path(text: str) -> tuple[int, str]:
    """Edge in modules, and the dark modules as the path of an SVG."""
    rows = qr_rows(text)
    dark = (
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, value in enumerate(row) if value
    )
    return len(rows), "".join(dark)


def qr_text(text: str) -> str:
    """For a terminal: two rows of modules a line, light on dark whatever its colours are."""
    rows = [*qr_rows(text)]
    if len(rows) % 2:
        rows.append(tuple([False] * len(rows[0])))
    blocks = {(False, False): "█", (False, True): "▀", (True, False): "▄", (True, True): " "}
    pairs = zip(rows[::2], rows[1::2], strict=True)
    lines = ("".join(blocks[pair] for pair in zip(*two, strict=True)) for two in pairs)
    return "\n".join(f"\x1b[97;40m{line}\x1b[0m" for line in lines)
