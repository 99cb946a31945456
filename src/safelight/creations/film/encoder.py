"""Encoding by the program `ffmpeg`: called, not linked, so its licence stays its own.

Frames go in through a pipe. The finished file never touches a disk where the system can keep a
file in memory (Linux); elsewhere it lies in a private folder until it is read back, then goes.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tempfile
import wave
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from safelight.creations.film.ahead import made_ahead
from safelight.creations.film.music import RATE, Sound
from safelight.creations.film.silencing import silenced
from safelight.creations.film.takes import FPS
from safelight.model.errors import RenderError

_CHOICES: dict[str, tuple[str, ...]] = {
    # Less search for parts of pixels: a quarter of the work less, a third of a decibel.
    # With a thread of its own that looks ahead, some films on a busy machine have other bytes; in
    # step they are the same (240 of 240, 3 ways in 40 without), in the same time and size.
    "libx264": (
        "-preset",
        "veryfast",
        "-x264-params",
        "subme=1:sync-lookahead=0",
        "-crf",
        "21",
        "-profile:v",
        "high",
        "-level",
        "4.2",
    ),
    "h264_videotoolbox": ("-b:v", "10M", "-profile:v", "high"),
    "h264_mf": (
        "-b:v",
        "10M",
    ),
    "libopenh264": (
        "-b:v",
        "10M",
    ),
}
"""H.264 encoders, best first, with how each is asked."""

_MUSIC_FORMATS = "wav,mp3,mov,ogg,flac,aac,aiff,w64"
_VIDEO_FORMATS = "mov,matroska,avi,mpegts,ogg"
_UNHEARD = (
    "This music cannot be played: it is no WAV, MP3, M4A, OGG, FLAC or AIFF, or it is damaged."
)
_LISTENING_S = 60
_PIPE_BYTES = 1 << 20  # where a pipe can have it: a frame has three times that
_CLEAN = ("-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact",
          "-flags:a", "+bitexact")  # fmt: skip
_WITHOUT_NOTES = "filter_units=remove_types=6"  # in which encoders sign with all their settings
_COLOUR = ("-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709",
           "-color_range", "tv")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Encoder:
    """A program that encodes, and the codec that it is asked for.

    Attributes:
        before: words before the program's own, which shut it in.
    """

    program: str
    codec: str
    before: tuple[str, ...] = ()

    def encode(
        self,
        frames: Iterator[bytes],
        count: int,
        size: tuple[int, int],
        sound: Sound | None,
        report: Callable[[float], None],
    ) -> bytes:
        """An MP4 of these frames with this sound.

        Args:
            frames: planar YUV 4:2:0, drawn on a thread of its own while earlier ones are encoded.
            count: how many there are; the film is no longer than these.
            sound: None for none.
            report: told the share that is done; what it raises ends the encoding.

        Raises:
            RenderError: the program fails.
        """
        with ExitStack() as held:
            wav = as_wav(sound) if sound is not None else b""
            music = held.enter_context(_private_file("music.wav", wav))
            film = held.enter_context(_private_file("film.mp4", b""))
            command = self._command(
                size, count / FPS, music.name if sound is not None else None, film.name
            )
            process = subprocess.Popen(  # noqa: S603  # arguments of our own, no shell
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                pipesize=_PIPE_BYTES,
                pass_fds=[each.descriptor for each in (music, film) if each.descriptor >= 0],
            )
            held.callback(_end, process)
            self._feed(process, frames, count, report)
            return silenced(film.read())

    def listen(self, given: bytes | int, seconds: float, begin: float = 0.0) -> Sound:
        """Some seconds of a music file or of a video's sound, fewer where it ends before.

        Args:
            given: a file's bytes, or the descriptor of an open one.
            begin: seconds into it.

        Raises:
            RenderError: it has no sound that can be decoded.
        """
        with ExitStack() as held:
            if isinstance(given, int):
                name, descriptor, formats = f"/dev/fd/{given}", given, _VIDEO_FORMATS
            else:
                music = held.enter_context(_private_file("music", given))
                name, descriptor, formats = music.name, music.descriptor, _MUSIC_FORMATS
            # Only what sound comes in, and no playlist: one could name files and addresses.
            command = [*self.before, self.program, "-v", "error", "-nostdin"]
            command += ["-protocol_whitelist", "file", "-format_whitelist", formats]
            command += ["-ss", f"{begin:.3f}", "-i", name, "-vn", "-sn", "-dn", "-t", str(seconds)]
            command += ["-ac", "2", "-ar", str(RATE), "-f", "s16le", "pipe:1"]
            try:
                done = subprocess.run(  # noqa: S603  # arguments of our own, no shell
                    command,
                    capture_output=True,
                    timeout=_LISTENING_S,
                    check=True,
                    pass_fds=[descriptor] if descriptor >= 0 else [],
                )
            except (OSError, subprocess.SubprocessError) as error:
                raise RenderError(_UNHEARD) from error
        whole = len(done.stdout) // 4 * 4
        sound = np.frombuffer(done.stdout[:whole], "<i2").reshape(-1, 2)
        return np.asarray(sound.astype(np.float32) / 32_768, np.float32)

    def _feed(
        self,
        process: subprocess.Popen[bytes],
        frames: Iterator[bytes],
        count: int,
        report: Callable[[float], None],
    ) -> None:
        assert process.stdin is not None
        assert process.stderr is not None
        try:
            for number, frame in enumerate(made_ahead(frames), 1):
                process.stdin.write(frame)
                if number % FPS == 0:
                    report(min(0.99, number / count))
            process.stdin.close()
            said = process.stderr.read().decode(errors="replace").strip()
            failed = process.wait(120) != 0
        except BrokenPipeError:
            said = process.stderr.read().decode(errors="replace").strip()
            failed = True
        if failed:
            raise RenderError(f"The film cannot be encoded: {said[-300:] or 'ffmpeg stopped'}.")

    def _command(
        self, size: tuple[int, int], seconds: float, music: str | None, film: str
    ) -> list[str]:
        heard = ("-f", "wav", "-i", music, "-map", "0:v", "-map", "1:a") if music else ()
        return [
            *(*self.before, self.program, "-v", "error", "-nostdin", "-y"),
            *("-protocol_whitelist", "file,pipe"),
            *("-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", f"{size[0]}x{size[1]}"),
            *("-color_range", "tv", "-colorspace", "bt709", "-r", str(FPS), "-i", "pipe:0"),
            *heard,
            *("-c:v", self.codec, *_CHOICES[self.codec], "-pix_fmt", "yuv420p", *_COLOUR),
            *("-bsf:v", _WITHOUT_NOTES),
            *("-g", str(2 * FPS), "-threads", str(min(4, os.cpu_count() or 1))),
            # Not "-shortest": where that ends the sound depends on which thread came first.
            *("-c:a", "aac", "-b:a", "160k", "-t", f"{seconds:.6f}", *_CLEAN),
            # However long sound waits for pictures on a busy machine, they stand in one order.
            *(
                "-max_interleave_delta",
                "0",
                "-movflags",
                "+faststart",
                "-empty_hdlr_name",
                "1",
                "-f",
                "mp4",
                film,
            ),
        ]


@cache
def find_encoder() -> Encoder | None:
    """The system's ffmpeg, or the one that the extra `film` brings; None where there is none."""
    for program in filter(None, (shutil.which("ffmpeg"), _brought())):
        try:
            done = subprocess.run(  # noqa: S603  # a program that we looked for ourselves
                [program, "-v", "error", "-encoders"], capture_output=True, timeout=20, check=True
            )
        except (OSError, subprocess.SubprocessError):
            continue
        known = done.stdout.decode(errors="replace").split()
        for codec in _CHOICES:
            if codec in known and "aac" in known:
                return Encoder(program, codec)
    return None


def _brought() -> str | None:
    try:
        import imageio_ffmpeg

        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except (ImportError, RuntimeError, OSError):
        return None


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.kill()
    for pipe in (process.stdin, process.stderr):
        if pipe is not None:
            try:
                pipe.close()
            except BrokenPipeError:
                continue
    process.wait(10)


@dataclass(frozen=True, slots=True)
class _File:
    """A file for one other program; `descriptor` is -1 where it has a place on a disk."""

    name: str
    descriptor: int

    def read(self) -> bytes:
        return Path(self.name).read_bytes()


@contextmanager
def _private_file(name: str, content: bytes) -> Iterator[_File]:
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create(name)
        try:
            with os.fdopen(os.dup(descriptor), "wb") as file:
                file.write(content)
            yield _File(f"/proc/self/fd/{descriptor}", descriptor)
        finally:
            os.close(descriptor)
    else:
        with tempfile.TemporaryDirectory(prefix="safelight-film-") as folder:
            path = Path(folder, name)
            path.write_bytes(content)
            yield _File(str(path), -1)


def as_wav(sound: Sound) -> bytes:
    """Sound as a WAV file, 16 bits a sample."""

    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((np.clip(sound, -1, 1) * 32_767).astype("<i2").tobytes())
    return out.getvalue()
