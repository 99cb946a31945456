"""Names of the steps that live in `app`, for those who must not load what they need."""

from __future__ import annotations

STEP_LOOK = "safelight.app.looking:look"
STEP_READ_AND_LOOK = "safelight.app.looking:read_and_look"
STEP_READ_WORDS = "safelight.app.looking:read_words"
STEP_ALTER = "safelight.app.making.altering:alter"
STEP_SURVEY_CLIP = "safelight.app.making.surveying:survey"
STEP_CLIP_FRAMES = "safelight.app.making.clipping:frames"
