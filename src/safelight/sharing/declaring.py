"""The XMP packet of a shared picture: what may not be done with it, and how it was made."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from safelight.sharing.origins import Origin
from safelight.sharing.vocabulary import NO_TRAINING

HONESTLY = (
    "This is a declaration, not a lock: it tells those who keep to it, and stops nobody who does "
    "not."
)
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold; one such letter would spoil the packet for every reader."""
_MOST_LETTERS = 8_000
"""Of a caption: a JPEG has room for 65,502 bytes of XMP, and a letter may need six."""


def declaration(origin: Origin, *, no_training: bool, caption: str = "") -> bytes:
    """A packet with PLUS Data Mining, IPTC digital source type and a caption, as asked for.

    Returns:
        UTF-8 XMP; empty where there is nothing to say.
    """
    attributes = []
    if no_training:
        attributes.append(f"plus:DataMining={quoteattr(NO_TRAINING)}")
    if origin.source:
        attributes.append(f"Iptc4xmpExt:DigitalSourceType={quoteattr(origin.source)}")
    if not attributes and not caption:
        return b""
    words, caption = "", _NO_XML.sub(" ", caption)[:_MOST_LETTERS]
    if caption:
        item = f'<rdf:li xml:lang="x-default">{escape(caption)}</rdf:li>'
        words = f"<dc:description><rdf:Alt>{item}</rdf:Alt></dc:description>"
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about=""'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/"'
        ' xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"'
        f" {' '.join(attributes)}>{words}</rdf:Description>"
        '</rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    ).encode()
