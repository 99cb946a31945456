"""The limits that decide, in one place.

Distances are Euclidean between templates as the model gives them (dlib's ResNet: one person is
usually within 0.6). They were chosen on generated templates (seeds 0 to 9 of
benchmarks/accuracy/people.py) with the published figures as frame, those of joining on real people
too; docs/decisions/0012-people.md and 0056-faces-on-real-people.md have what was measured.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Limits:
    """What decides; distances, not squared.

    Attributes:
        founding: faces of lower quality never found or bridge a group, but for the next two.
        faint: waiting faces of at least this quality found a group of their own
        alike: where they are this close on average.
        again: faces of any quality found a group where they are this close on average: one look
            of somebody, taken again and again.
        times: faces that such a group must have.
        linked: clusters whose faces are this close on average are one person.
        centres: clusters of at least `solid` faces are one person when the centres that many
            faces would give are closer than this.
        noise: squared error of a centre made of one face, beyond what more faces cannot mend.
        join: a lone clear face joins the person whose centre is within this distance,
        join_few: and within this where that person has no more faces than
        few: this many that differ;
        varied: between the two, within so many times what those faces are from their centre
            (root mean square): strangers are as near to somebody who always looks the same as to
            somebody who varies, but the person is not.
        copy: two templates that are closer than this are of one picture, or nearly.
        unclear: one of no quality joins within this; unclear faces drift towards one another.
            Between the two the limit rises with quality up to `sound`.
        margin: the next person must be at least this much farther.
        people: faces that a group must have to be a person.
    """

    founding: float = 0.1
    faint: float = 0.03
    alike: float = 0.36
    again: float = 0.2
    times: int = 3
    linked: float = 0.47
    centres: float = 0.35
    noise: float = 0.06
    solid: int = 3
    join: float = 0.58
    join_few: float = 0.46
    few: int = 3
    varied: float = 1.9
    copy: float = 0.12
    unclear: float = 0.30
    sound: float = 0.3
    margin: float = 0.04
    people: int = 2

    def strict(self) -> Limits:
        """The same for faint faces: none is merged beyond `alike`."""
        return replace(self, linked=self.alike, centres=min(self.centres, self.alike / 2))

    def strictest(self) -> Limits:
        """The same for faces of any quality: none is merged beyond `again`."""
        return replace(self, linked=self.again, centres=self.again / 2, people=self.times)


LIMITS = Limits()
