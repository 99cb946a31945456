"""The title block: a serif title, a short rule, and a date line in spaced capitals."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import ImageColor, ImageDraw

from safelight.creations.collage.typography import (
    Setting,
    cap_height,
    fit,
    printable,
)
from safelight.model.creations import Box, CollagePlan

_ASIDE = 0.3
"""Largest letters in a column beside the photos, as a share of its width: a short word fills it."""


@dataclass(frozen=True, slots=True)
class _Block:
    """A title block laid out; `gap` is above and below the rule. Canvas pixels."""

    title: Setting
    subtitle: Setting | None
    gap: float

    @property
    def height(self) -> float:
        """From the capitals of the title to the baseline of the last line."""
        if self.subtitle is None:
            return self.title.height
        return self.title.height + 2 * self.gap + self.subtitle.height


@dataclass(frozen=True, slots=True)
class _Pen:
    """Where and how lines are drawn: a canvas at a scale, and the box in canvas pixels."""

    draw: ImageDraw.ImageDraw
    scale: float
    box: Box
    aside: bool

    def lines(self, setting: Setting, top: float, ink: str) -> None:
        """Draw the lines of a setting, the capitals of the first at `top`."""
        large = setting.scaled(self.scale)
        baseline = top * self.scale + cap_height(large.font)
        for index, line in enumerate(large.lines):
            x = self.box.x * self.scale
            if not self.aside:
                x += (self.box.width * self.scale - large.width_of(line)) / 2
            _draw_line(self.draw, line, large, (x, baseline + index * large.leading), ink)

    def rule(self, y: float, length: float, ink: str) -> None:
        """Draw a thin line."""
        box, scale = self.box, self.scale
        x = box.x if self.aside else box.x + (box.width - length) / 2
        thick = max(1, round(min(box.width, box.height) * 0.008 * scale))
        top = round(y * scale - thick / 2)
        ends = (round(x * scale), top, round((x + length) * scale), top + thick - 1)
        self.draw.rectangle(ends, fill=ink)


def title_extent(plan: CollagePlan) -> Box | None:
    """What the words of a plan cover, in canvas pixels; None where there are none."""
    laid = _laid_out(plan)
    if laid is None or plan.title_box is None:
        return None
    block, box, aside = laid
    settings = [each for each in (block.title, block.subtitle) if each is not None]
    width = max((each.width_of(line) for each in settings for line in each.lines), default=0.0)
    x = box.x if aside else box.x + (box.width - width) / 2
    return Box(x, _top(plan, box, block.height), width, block.height)


def draw_title(draw: ImageDraw.ImageDraw, plan: CollagePlan, scale: float) -> None:
    """Set title and subtitle in the plan's title box; centred, or to the left in a column."""
    laid = _laid_out(plan)
    if laid is None:
        return
    block, box, aside = laid
    pen = _Pen(draw, scale, box, aside)
    top = _top(plan, box, block.height)
    pen.lines(block.title, top, plan.ink)
    if block.subtitle is None:
        return
    rule = top + block.title.height + block.gap
    length = box.width * 0.24 if aside else block.title.size * 0.9
    pen.rule(rule, length, _mix(plan.ink, plan.background, 0.55))
    quiet = _mix(plan.ink, plan.background, 0.32)
    pen.lines(block.subtitle, rule + block.gap, quiet)


def _laid_out(plan: CollagePlan) -> tuple[_Block, Box, bool] | None:
    """The words laid out, their box, and whether it is a column beside the photos."""
    title = printable(plan.title or "")
    if not title or plan.title_box is None:
        return None
    box = plan.title_box
    aside = box.height > 1.2 * box.width
    return _lay_out(title, printable(plan.subtitle or ""), box, aside), box, aside


def _lay_out(title: str, subtitle: str, box: Box, aside: bool) -> _Block:
    tall = 0.44 if subtitle else 0.58
    size = box.width * _ASIDE if aside else min(box.height * tall, box.width * 0.085)
    width = box.width * (1.0 if aside else 0.9)
    share = 0.55 if subtitle else 0.8
    most = 5 if aside else 2
    head = fit(title, width, box.height * share, size, lines=most)
    if not subtitle:
        return _Block(head, None, 0.0)
    small = head.size * 0.42 if aside else size * 0.3
    line = fit(subtitle.upper(), width, box.height * 0.3, small, lines=most, tracking=0.14)
    return _Block(head, line, head.size * 0.6 if aside else size * 0.38)


def _top(plan: CollagePlan, box: Box, height: float) -> float:
    """Centred in its box; in a tall one near the photos, which it belongs to."""
    centred = box.y + (box.height - height) / 2
    near = 0.8 * height
    highest = min(cell.placed.y for cell in plan.cells)
    if box.y + box.height <= highest:
        return max(centred, box.y + box.height - near - height)
    lowest = max(cell.placed.y + cell.placed.height for cell in plan.cells)
    return min(centred, box.y + near) if box.y >= lowest else centred


def _draw_line(
    draw: ImageDraw.ImageDraw, line: str, setting: Setting, at: tuple[float, float], ink: str
) -> None:
    font = setting.font
    if setting.tracking == 0:
        draw.text(at, line, font=font, fill=ink, anchor="ls")
        return
    for index, character in enumerate(line):
        # The advance of all that came before keeps the font's own kerning.
        advance = font.getlength(line[: index + 1]) - font.getlength(character)
        x = at[0] + advance + setting.tracking * setting.size * index
        draw.text((x, at[1]), character, font=font, fill=ink, anchor="ls")


def _mix(ink: str, paper: str, share: float) -> str:
    """Ink with a share of the paper's colour in it."""
    one, other = ImageColor.getrgb(ink), ImageColor.getrgb(paper)
    mixed = [round(a * (1 - share) + b * share) for a, b in zip(one[:3], other[:3], strict=True)]
    return "#" + "".join(f"{value:02x}" for value in mixed)
