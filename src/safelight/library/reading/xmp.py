"""XMP packets, embedded or beside the file (ISO 16684-1); the properties that are used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/photoshop/1.0/": "photoshop",
    "http://ns.adobe.com/exif/1.0/": "exif",
    "http://cipa.jp/exif/1.0/": "exifEX",
    "http://ns.adobe.com/exif/1.0/aux/": "aux",
    "http://ns.adobe.com/tiff/1.0/": "tiff",
    "http://ns.adobe.com/lightroom/1.0/": "lr",
    "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/": "Iptc4xmpCore",
    "http://www.digikam.org/ns/1.0/": "digiKam",
    "http://ns.microsoft.com/photo/1.0": "MicrosoftPhoto",
    "http://ns.microsoft.com/photo/1.0/": "MicrosoftPhoto",
    "http://ns.microsoft.com/photo/1.2/": "MP",
    "http://ns.microsoft.com/photo/1.2/t/RegionInfo#": "MPRI",
    "http://ns.microsoft.com/photo/1.2/t/Region#": "MPReg",
    "http://www.metadataworkinggroup.com/schemas/regions/": "mwg-rs",
    "http://ns.adobe.com/xmp/sType/Area#": "stArea",
    "http://ns.adobe.com/xap/1.0/sType/Dimensions#": "stDim",
    "http://ns.adobe.com/xap/1.0/sType/Dimensions/": "stDim",
}
_LARGEST = 8 << 20


@dataclass(frozen=True, slots=True)
class XmpNode:
    """A structure: simple values by qualified name ("dc:subject"), and structures inside it."""

    values: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    parts: dict[str, list[XmpNode]] = field(default_factory=lambda: defaultdict(list))

    def text(self, *names: str) -> str | None:
        """The first value of the first of these properties that has one."""
        for name in names:
            for value in self.values.get(name, ()):
                if value:
                    return value
        return None

    def texts(self, name: str) -> list[str]:
        """All values of a property."""
        return [value for value in self.values.get(name, ()) if value]

    def inside(self, *path: str) -> list[XmpNode]:
        """All structures at the end of a path of property names."""
        nodes = [self]
        for name in path:
            nodes = [part for node in nodes for part in node.parts.get(name, ())]
        return nodes


def parse_xmp(data: bytes) -> XmpNode:
    """Read a packet; whatever is no well-formed XMP gives an empty node.

    Entities and document types are refused (they have no place in XMP and can be bombs).
    """
    root = XmpNode()
    if len(data) > _LARGEST:
        return root
    tree = _tree(data)
    try:
        for description in tree.iter(f"{_RDF}RDF") if tree is not None else ():
            for child in description:
                _fill(root, child)
    except RecursionError:  # nested a thousand deep: what was read before it still counts
        pass
    return root


def _tree(data: bytes) -> Element | None:
    start, end = data.find(b"<x:xmpmeta"), data.rfind(b"</x:xmpmeta>")
    tries = [data.strip(b"\0 \r\n\t")] if start < 0 else []
    if start >= 0:
        tries.append(data[start : end + len(b"</x:xmpmeta>")] if end > start else data[start:])
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        tries = [data]  # UTF-16: zeros are part of it
    for packet in tries:
        try:
            tree: Element = fromstring(packet, forbid_dtd=True)
        except (ParseError, DefusedXmlException, ValueError, LookupError):
            continue
        return tree
    return None


def _name(tag: str) -> str | None:
    """A qualified name with the usual prefix, whatever prefix the file uses."""
    space, _, local = tag[1:].partition("}")
    prefix = _PREFIXES.get(space)
    return f"{prefix}:{local}" if prefix else None


def _fill(node: XmpNode, element: Element) -> None:
    for tag, value in element.attrib.items():
        if (name := _name(tag)) is not None:
            node.values[name].append(value.strip())
    for child in element:
        if (name := _name(child.tag)) is not None:
            _fill_property(node, name, child)


def _fill_property(node: XmpNode, name: str, element: Element) -> None:
    items = list(_items(element))
    for item in items:
        if _is_structure(item):
            part = XmpNode()
            for holder in [item, *item.findall(f"{_RDF}Description")]:
                _fill(part, holder)
            node.parts[name].append(part)
        elif item.text and item.text.strip():
            node.values[name].append(item.text.strip())


def _items(element: Element) -> Iterator[Element]:
    """The members of an array, the default language first; the element itself otherwise."""
    for kind in ("Bag", "Seq", "Alt"):
        array = element.find(f"{_RDF}{kind}")
        if array is not None:
            members = array.findall(f"{_RDF}li")
            yield from sorted(members, key=lambda li: li.get(_XML_LANGUAGE) != "x-default")
            return
    yield element


def _is_structure(element: Element) -> bool:
    return len(element) > 0 or any(_name(tag) for tag in element.attrib)
