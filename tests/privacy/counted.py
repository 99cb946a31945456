"""A network whose only way out is read by us: every packet that would have left is told.

Usage: python counted.py REPORT COMMAND…  Runs the command where loopback works and everything
else is routed into a tunnel that ends here. Nothing reaches a real network. Linux; needs no
rights but those to make a user namespace. Source: network_namespaces(7), tun.txt, netdevice(7).
"""

from __future__ import annotations

import ctypes
import fcntl
import json
import os
import select
import socket
import struct
import subprocess
import sys
import threading
from pathlib import Path

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_TUNSETIFF, _IFF_TUN, _IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
_SET_ADDRESS, _SET_MASK, _SET_FLAGS, _GET_INDEX, _ADD_ROUTE = 0x8916, 0x891C, 0x8914, 0x8933, 0x890B
_UP_AND_RUNNING, _ROUTE_UP = 0x1 | 0x40, 0x1
_NAME = b"counted"


class _Route(ctypes.Structure):
    _fields_ = (
        ("pad1", ctypes.c_ulong),
        ("target", ctypes.c_ubyte * 16),
        ("gateway", ctypes.c_ubyte * 16),
        ("mask", ctypes.c_ubyte * 16),
        ("flags", ctypes.c_ushort),
        ("pad2", ctypes.c_short),
        ("pad3", ctypes.c_ulong),
        ("pad4", ctypes.c_void_p),
        ("metric", ctypes.c_short),
        ("device", ctypes.c_char_p),
        ("rest", ctypes.c_ulong * 3),
    )


def enter() -> int:
    """Move this process into the counted network; returns the tunnel's descriptor."""
    libc = ctypes.CDLL(None, use_errno=True)
    user, group = os.getuid(), os.getgid()
    if libc.unshare(_NEW_NETWORK | (_NEW_USER if user else 0)) != 0:
        raise OSError(ctypes.get_errno(), "no network namespace here")
    if user:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"0 {user} 1")
        Path("/proc/self/gid_map").write_text(f"0 {group} 1")
    tunnel = os.open("/dev/net/tun", os.O_RDWR)
    fcntl.ioctl(tunnel, _TUNSETIFF, struct.pack("16sH22x", _NAME, _IFF_TUN | _IFF_NO_PI))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as four:
        _raise(four, b"lo")
        _ask(four, _SET_ADDRESS, _NAME, _address("192.0.2.2"))
        _ask(four, _SET_MASK, _NAME, _address("255.255.255.0"))
        _raise(four, _NAME)
        _route_everything(four, libc)
        found = _ask(four, _GET_INDEX, _NAME, b"")
        index = struct.unpack("16xi", found[:20])[0]
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as six:
        own = socket.inet_pton(socket.AF_INET6, "2001:db8::2")
        fcntl.ioctl(six, _SET_ADDRESS, struct.pack("16sIi", own, 64, index))
        nowhere = bytes(16)
        fcntl.ioctl(
            six,
            _ADD_ROUTE,
            struct.pack(
                "16s16s16sIHHILIi", nowhere, nowhere, nowhere, 0, 0, 0, 1, 0, _ROUTE_UP, index
            ),
        )
    return tunnel


def _raise(control: socket.socket, name: bytes) -> None:
    _ask(control, _SET_FLAGS, name, struct.pack("H", _UP_AND_RUNNING))


def _ask(control: socket.socket, request: int, name: bytes, value: bytes) -> bytes:
    return fcntl.ioctl(control, request, struct.pack("16s24s", name, value))


def _address(text: str) -> bytes:
    return struct.pack("=HH4s8x", socket.AF_INET, 0, socket.inet_aton(text))


def _route_everything(control: socket.socket, libc: ctypes.CDLL) -> None:
    route = _Route(flags=_ROUTE_UP, device=_NAME)
    for field in (route.target, route.mask):
        ctypes.memmove(field, _address("0.0.0.0"), 16)
    if libc.ioctl(control.fileno(), ctypes.c_ulong(_ADD_ROUTE), ctypes.byref(route)) != 0:
        raise OSError(ctypes.get_errno(), "no route")


def told(packet: bytes) -> str | None:
    """A packet in words; None for what the kernel says by itself when a card comes up."""
    if packet[0] >> 4 == 4:
        return f"protocol {packet[9]} to {socket.inet_ntoa(packet[16:20])}"
    follows, target = packet[6], socket.inet_ntop(socket.AF_INET6, packet[24:40])
    if follows == 0 or (follows == 58 and 130 <= packet[40] <= 143):
        return None  # group reports, router and neighbour solicitations
    return f"protocol {follows} to {target}"


def main() -> None:
    """Run the command and write what left to the report, as a JSON list."""
    report, command = Path(sys.argv[1]), sys.argv[2:]
    tunnel = enter()
    left: list[str] = []
    over = threading.Event()

    def read() -> None:
        while not over.is_set():
            if select.select([tunnel], [], [], 0.1)[0]:
                words = told(os.read(tunnel, 65536))
                if words is not None:
                    left.append(words)

    reader = threading.Thread(target=read)
    reader.start()
    status = subprocess.run(command, check=False).returncode
    over.wait(0.3)
    over.set()
    reader.join()
    report.write_text(json.dumps(left))
    sys.exit(status)


if __name__ == "__main__":
    main()
