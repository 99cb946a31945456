"""Sharing as values: what a person wishes, what they are told before, and what leaves."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Covering(StrEnum):
    """How people are made unrecognisable; neither way can be undone."""

    NONE = "none"
    SOLID = "solid"
    MOSAIC = "mosaic"


class CoverArea(StrEnum):
    """What of a person is covered."""

    FACES = "faces"
    BODIES = "bodies"


class PostShape(StrEnum):
    """The shape in which a photo leaves: its own, or one that posts have."""

    OWN = "own"
    SQUARE = "square"
    PORTRAIT = "portrait"
    STORY = "story"


class TraceKind(StrEnum):
    """What a file tells besides its picture, the most telling first."""

    PLACE = "place"
    NAMES = "names"
    OWNER = "owner"
    SERIAL = "serial"
    TIME = "time"
    ATTACHED = "attached"
    THUMBNAIL = "thumbnail"
    WORDS = "words"
    COMMENT = "comment"
    KEYWORDS = "keywords"
    CAMERA = "camera"
    MAKER_NOTES = "maker-notes"
    HISTORY = "history"
    PROVENANCE = "provenance"
    PROFILE = "profile"


@dataclass(frozen=True, slots=True)
class Trace:
    """One thing a file tells: only that it does, and how many; never the value itself."""

    kind: TraceKind
    count: int = 1


@dataclass(frozen=True, slots=True)
class ShareSubject:
    """What is to be shared: one creation, or one photo or video of the library."""

    id: str
    is_creation: bool


@dataclass(frozen=True, slots=True)
class Crop:
    """What of a photo a person wants its post to show, in whatever shape that has.

    Attributes:
        x, y: the middle of what is shown, in shares of the photo's width and height.
        zoom: 1 shows as much as the shape allows, 2 half as much in each direction.
        whole: the whole photo, on paper of the shape; then the others say nothing.
    """

    x: float = 0.5
    y: float = 0.5
    zoom: float = 1.0
    whole: bool = False


@dataclass(frozen=True, slots=True)
class ShareWish:
    """How it is to be shared.

    Attributes:
        media_type: of a picture; what is no picture (a film) stays what it is.
        edge: longest side in pixels, None for the size it has; never enlarged.
        covering, area: what happens to people.
        keep: people who stay visible when the others are covered (needs `faces`).
        caption: whether the words somebody wrote stay with it, as text in the file.
        ai_label: whether the picture itself says that a model made or altered it.
        sign: whether a C2PA manifest is added.
        no_training: whether it declares that it must not be used for training.
        sound: whether a video keeps what is heard in it.
        shape: of a photo: cropped to it without cutting a face, or whole on paper of it.
        crop: what of a photo that shape shows, where the person chose it; None for the usual.
    """

    media_type: str = "image/jpeg"
    edge: int | None = 2048
    covering: Covering = Covering.NONE
    area: CoverArea = CoverArea.FACES
    keep: tuple[str, ...] = ()
    caption: bool = False
    ai_label: bool = False
    sign: bool = True
    no_training: bool = True
    sound: bool = True
    shape: PostShape = PostShape.OWN
    crop: Crop | None = None


@dataclass(frozen=True, slots=True)
class PostPhoto:
    """One photo of a post, with the words under it (empty for none) and what it shows of it."""

    asset: str
    caption: str = ""
    crop: Crop | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """Photos in the order in which they are told, and the text that goes with them."""

    photos: tuple[PostPhoto, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Framing:
    """How a photo stands in the shape of a post, for a person who wants it otherwise.

    Attributes:
        width, height: pixels of the upright full-size photo.
        faces: left, top, width and height of each, in shares of the photo's.
        shown: what is shown now; `usual`: what is shown where nobody chose.
        chosen: whether the person chose it.
        most_zoom: more would show fewer pixels than a post deserves.
        cut: how many of the faces it cuts.
    """

    width: int
    height: int
    faces: tuple[tuple[float, float, float, float], ...]
    shown: Crop
    usual: Crop
    chosen: bool
    most_zoom: float
    cut: int


@dataclass(frozen=True, slots=True)
class ShareSheet:
    """What the person is shown before anything is shared, in sentences.

    Attributes:
        title: what is shared, for the head of the page.
        removed, seen, added: what goes, what everybody will still see, what is put in.
        cautions: what deserves a look first.
        people: how many faces are known to be in it; None where nobody has looked.
        as_made: films and their like leave as they were made: no size, format or people to choose.
        media_type: of what leaves as it was made; empty for the rest, whose type is chosen.
        video: it is a video of the library, which leaves encoded anew, whole and as it is.
        redrawn: whether it can be drawn anew, larger than it was kept.
        model_made: whether a model made or altered it.
        has_caption: whether somebody wrote words that could stay.
        cannot_cover: why people cannot be covered; empty where they can.
    """

    subject: ShareSubject
    title: str
    removed: tuple[str, ...]
    seen: tuple[str, ...]
    added: tuple[str, ...]
    cautions: tuple[str, ...] = ()
    people: int | None = None
    as_made: bool = False
    media_type: str = ""
    video: bool = False
    redrawn: bool = False
    model_made: bool = False
    has_caption: bool = False
    cannot_cover: str = ""


@dataclass(frozen=True, slots=True)
class Shared:
    """The file that leaves, with what was said about it.

    Attributes:
        name: a file name that tells nothing.
        entry: index of the ledger entry that recorded it before it left.
        certificate: PEM of the root that the signature leads to; empty where it is not signed.
    """

    sheet: ShareSheet
    content: bytes = field(repr=False)
    media_type: str
    name: str
    width: int
    height: int
    entry: int
    certificate: str = ""


@dataclass(frozen=True, slots=True)
class SharedPost:
    """A post as one ZIP file, with what was recorded for each photo in it."""

    content: bytes = field(repr=False)
    photos: tuple[Shared, ...]
