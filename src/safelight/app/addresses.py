"""Under which addresses other devices on the same network reach this machine.

Asked of the system alone: the usual ways ask a name server, or name an address elsewhere.
"""

from __future__ import annotations

import contextlib
import ipaddress
import platform
import socket
import struct
import sys

_GET_ADDRESS = {"linux": 0x8915, "darwin": 0xC0206921}
_OFFSET = 20  # of the four bytes in a request (netdevice(7))


def own_addresses() -> list[str]:
    """IPv4 addresses of this machine's cards, loopback left out; empty where none is known."""
    found = dict.fromkeys(_of_cards())
    return [each for each in found if not ipaddress.ip_address(each).is_loopback]


def own_names() -> list[str]:
    """What this machine calls itself, and the name that it announces at home (mDNS)."""
    name = platform.node().lower().partition(".")[0]
    return [name, f"{name}.local"] if name else []


def _of_cards() -> list[str]:
    request = _GET_ADDRESS.get(sys.platform)
    if request is None or sys.platform == "win32":
        with contextlib.suppress(OSError):
            return socket.gethostbyname_ex(platform.node())[2]
        return []
    import fcntl

    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        for _, card in socket.if_nameindex():
            with contextlib.suppress(OSError):  # a card without an address
                answer = fcntl.ioctl(asked, request, struct.pack("256s", card.encode()[:15]))
                found.append(socket.inet_ntoa(answer[_OFFSET : _OFFSET + 4]))
    return found
