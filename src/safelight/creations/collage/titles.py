"""The title block: a serif title, a short rule, and a date line in spaced capitals."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import ImageColor, ImageDraw

from safelight.creations.collage.typography import (
    Setting,
    cap_height,
    fit,
    printable,
    width_of,
)
from safelight.model.creations import Box, CollagePlan


@dataclass(frozen=True, slots=True)
class _Block:
    """A title block laid out, top to bottom, relative to its own top."""

    title: Setting
    subtitle: Setting | None
    gap: float

    @property
    def height(self) -> float:
        """From the capitals of the title to the baseline of the last line."""
        if self.subtitle is None:
            return self.title.height
        return self.title.height + 2 * self.gap + self.subtitle.height


def draw_title(draw: ImageDraw.ImageDraw, plan: CollagePlan, scale: float) -> None:
    """Set title and subtitle in the plan's title box; centred, or to the left in a column."""
    if plan.title is None or plan.title_box is None:
        return
    box = _scaled(plan.title_box, scale)
    aside = box.height > 1.2 * box.width
    title = printable(plan.title)
    if not title:
        return
    block = _lay_out(title, printable(plan.subtitle or ""), box, aside)
    top = box.y + (box.height - block.height) / 2
    quiet = _mix(plan.ink, plan.background, 0.32)
    _draw_lines(draw, block.title, box, top, aside, plan.ink)
    if block.subtitle is None:
        return
    rule = top + block.title.height + block.gap
    _draw_rule(draw, box, rule, aside, _mix(plan.ink, plan.background, 0.55))
    _draw_lines(draw, block.subtitle, box, rule + block.gap, aside, quiet)


def _lay_out(title: str, subtitle: str, box: Box, aside: bool) -> _Block:
    size = box.width * 0.2 if aside else min(box.height * 0.44, box.width * 0.085)
    width = box.width * (0.96 if aside else 0.9)
    share = 0.5 if subtitle else 0.8
    most = 5 if aside else 2
    head = fit(title, width, box.height * share, max(9, round(size)), lines=most)
    if not subtitle:
        return _Block(head, None, 0.0)
    small = max(8, round(size * 0.3))
    line = fit(subtitle.upper(), width, box.height * 0.3, small, lines=most, tracking=0.14)
    return _Block(head, line, size * (0.46 if aside else 0.36))


def _draw_lines(
    draw: ImageDraw.ImageDraw, setting: Setting, box: Box, top: float, aside: bool, ink: str
) -> None:
    baseline = top + cap_height(setting.font)
    for index, line in enumerate(setting.lines):
        x = box.x
        if not aside:
            x += (box.width - width_of(line, setting.font, setting.tracking)) / 2
        _draw_line(draw, line, setting, (x, baseline + index * setting.leading), ink)


def _draw_line(
    draw: ImageDraw.ImageDraw, line: str, setting: Setting, at: tuple[float, float], ink: str
) -> None:
    if setting.tracking == 0:
        draw.text(at, line, font=setting.font, fill=ink, anchor="ls")
        return
    for index, character in enumerate(line):
        # The advance of all that came before keeps the font's own kerning.
        advance = setting.font.getlength(line[: index + 1]) - setting.font.getlength(character)
        x = at[0] + advance + setting.tracking * index
        draw.text((x, at[1]), character, font=setting.font, fill=ink, anchor="ls")


def _draw_rule(draw: ImageDraw.ImageDraw, box: Box, y: float, aside: bool, ink: str) -> None:
    length = box.width * 0.24 if aside else min(box.width * 0.07, box.height * 0.8)
    thick = max(1, round(min(box.width, box.height) * 0.006))
    x = box.x if aside else box.x + (box.width - length) / 2
    draw.rectangle(
        (round(x), round(y - thick / 2), round(x + length), round(y - thick / 2) + thick - 1),
        fill=ink,
    )


def _scaled(box: Box, scale: float) -> Box:
    return Box(box.x * scale, box.y * scale, box.width * scale, box.height * scale)


def _mix(ink: str, paper: str, share: float) -> str:
    """Ink with a share of the paper's colour in it."""
    one, other = ImageColor.getrgb(ink), ImageColor.getrgb(paper)
    mixed = [round(a * (1 - share) + b * share) for a, b in zip(one[:3], other[:3], strict=True)]
    return "#" + "".join(f"{value:02x}" for value in mixed)
