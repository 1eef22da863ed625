"""Facts about pictures on their way into the site: `generator.media`.

Pictures are built here piece by piece, so that a test knows which bytes are pixels and which are not.
"""

from __future__ import annotations

import datetime
import os
import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.media import cleaned
from generator.media.faults import MOST_PIECES
from generator.memory import Memory
from generator.problems import Problem
from generator.sources import Sources, read_sources
from generator.survey import survey

CANARY = b"Canary 50.5955N 36.5873E serial 4711"


def row(*pieces: bytes) -> bytes:
    return b"".join(pieces)


# ---------------------------------------------------------------- JPEG


def segment(marker: int, payload: bytes) -> bytes:
    return b"\xff%c%b%b" % (marker, struct.pack(">H", len(payload) + 2), payload)


def tiff(order: str, turned: int) -> bytes:
    """Exif's directory with an orientation between a camera's serial number and the place of another directory."""
    mark = {"<": b"II", ">": b"MM"}[order]
    entries = (
        struct.pack(f"{order}HHII", 0x010F, 2, len(CANARY), 200),
        struct.pack(f"{order}HHIHH", 0x0112, 3, 1, turned, 0),
        struct.pack(f"{order}HHII", 0x8825, 4, 1, 100),
    )
    head = mark + struct.pack(f"{order}HIH", 42, 8, len(entries)) + b"".join(entries) + struct.pack(f"{order}I", 0)
    return head.ljust(200, b"\0") + CANARY


def exif(order: str = "<", turned: int = 6) -> bytes:
    return segment(0xE1, b"Exif\0\0" + tiff(order, turned) + b"\xff\xd8\xff\xd9" + CANARY)


def frame(width: int = 8, height: int = 8, marker: int = 0xC0) -> bytes:
    return segment(marker, struct.pack(">BHHBBBB", 8, height, width, 1, 1, 0x11, 0))


# One grey block of 8 × 8, with the smallest tables that code it; the second scan holds a restart and a stuffed FF.
TABLES = segment(0xDB, bytes((0, *[1] * 64))) + b"".join(
    segment(0xC4, bytes((kind, 1, *[0] * 15, 0))) for kind in (0x00, 0x10)
)
SCAN = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x3f"
SECOND_SCAN = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x3f\xff\x00\x3f\xff\xd0\x3f"
PIXELS = TABLES + frame() + SCAN + SECOND_SCAN
JFIF = b"JFIF\0\1\2\1\0\x48\0\x48"
PROFILE = segment(0xE2, b"ICC_PROFILE\0\1\1" + b"colours")
ADOBE = segment(0xEE, b"Adobe\0\x64\0\0\0\0\1")
JPEG_WASTE = {
    "thumbnail": segment(0xE0, b"JFXX\0\x10" + CANARY),
    "xmp": segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + CANARY),
    "several pictures": segment(0xE2, b"MPF\0" + CANARY),
    "maker": segment(0xE5, CANARY),
    "iptc": segment(0xED, b"Photoshop 3.0\0" + CANARY),
    "unnamed": segment(0xEF, CANARY),
    "comment": segment(0xFE, CANARY),
    "fill": b"\xff\xff\xff" + segment(0xFE, CANARY),
}
JPEG = b"\xff\xd8" + segment(0xE0, JFIF + b"\0\0") + PIXELS + b"\xff\xd9"
FULL_JPEG = row(
    b"\xff\xd8",
    segment(0xE0, JFIF + b"\3\4" + CANARY),
    exif(),
    *JPEG_WASTE.values(),
    PROFILE,
    segment(0xEE, ADOBE[4:] + CANARY),
    TABLES,
    frame(),
    JPEG_WASTE["xmp"],
    SCAN,
    JPEG_WASTE["comment"],
    SECOND_SCAN,
    JPEG_WASTE["maker"],
    b"\xff\xd9",
    b"\0\0",
    CANARY,
    JPEG,
)


# ---------------------------------------------------------------- PNG


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def header(width: int = 2, height: int = 2) -> bytes:
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))


PNG_HEAD = b"\x89PNG\r\n\x1a\n"
PNG_END = chunk(b"IEND", b"")
IDAT = zlib.compress(b"\0\1\2\0\3\4")
PNG_PIXELS = chunk(b"IDAT", IDAT[:5]) + chunk(b"IDAT", IDAT[5:])
PNG_LOOK = row(
    chunk(b"gAMA", b"\0\0\xb1\x8f"),
    chunk(b"cHRM", bytes(32)),
    chunk(b"sRGB", b"\0"),
    chunk(b"sBIT", b"\x08"),
    chunk(b"iCCP", b"p\0\0" + zlib.compress(b"colours")),
    chunk(b"cICP", b"\1\15\0\1"),
    chunk(b"PLTE", b"\1\2\3"),
    chunk(b"tRNS", b"\0\1"),
    chunk(b"bKGD", b"\0\2"),
    chunk(b"pHYs", bytes(9)),
)
PNG_FILM = chunk(b"acTL", struct.pack(">II", 2, 0))
PNG_FIRST = chunk(b"fcTL", struct.pack(">IIIIIHHBB", 0, 2, 2, 0, 0, 1, 10, 0, 0))
PNG_SECOND = chunk(b"fcTL", struct.pack(">IIIIIHHBB", 1, 2, 2, 0, 0, 1, 10, 0, 0))
PNG_SECOND_PIXELS = chunk(b"fdAT", struct.pack(">I", 2) + IDAT)
PNG_WASTE = {
    name.decode(): chunk(name, b"\0" + CANARY)
    for name in (b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME", b"prVt", b"caBX", b"iDOT", b"hIST")
}
PNG = PNG_HEAD + header() + PNG_PIXELS + PNG_END
FULL_PNG = row(
    PNG_HEAD,
    header(),
    *PNG_WASTE.values(),
    PNG_LOOK,
    PNG_FILM,
    PNG_FIRST,
    PNG_PIXELS,
    PNG_WASTE["iTXt"],
    PNG_SECOND,
    PNG_SECOND_PIXELS,
    PNG_WASTE["tEXt"],
    PNG_END,
    CANARY,
    PNG,
)


# ---------------------------------------------------------------- WebP


def part(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def riff(*parts: bytes) -> bytes:
    whole = b"WEBP" + b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(whole)) + whole


def uint24(number: int) -> bytes:
    return number.to_bytes(3, "little")


def vp8x(flags: int, width: int = 8, height: int = 8) -> bytes:
    return part(b"VP8X", bytes((flags, 0, 0, 0)) + uint24(width - 1) + uint24(height - 1))


def vp8(width: int = 8, height: int = 8) -> bytes:
    return part(b"VP8 ", b"\x10\0\0\x9d\x01\x2a" + struct.pack("<HH", width, height) + b"pixels!")


def vp8l(width: int = 8, height: int = 8) -> bytes:
    return part(b"VP8L", b"\x2f" + struct.pack("<I", width - 1 | (height - 1) << 14) + b"lossless")


def animated(*parts: bytes, width: int = 8, height: int = 8) -> bytes:
    return part(b"ANMF", bytes(6) + uint24(width - 1) + uint24(height - 1) + uint24(100) + b"\0" + b"".join(parts))


ALPHA, COLOURS, LOOPS = part(b"ALPH", b"\0alpha"), part(b"ICCP", b"colours"), part(b"ANIM", bytes(6))
WEBP_WASTE = {name.decode(): part(name, CANARY) for name in (b"EXIF", b"XMP ", b"ABCD", b"\0\0\0\0")}
WEBP = riff(vp8())
FULL_WEBP = riff(vp8x(0xFF & ~2), COLOURS, WEBP_WASTE["ABCD"], ALPHA, vp8(), *WEBP_WASTE.values()) + CANARY
FULL_FILM = riff(
    *(vp8x(0x2E), COLOURS, LOOPS, animated(ALPHA, WEBP_WASTE["EXIF"], vp8(), WEBP_WASTE["ABCD"])),
    *(WEBP_WASTE["XMP "], animated(vp8l()), WEBP_WASTE["EXIF"]),
)


# ---------------------------------------------------------------- GIF


def blocks(*contents: bytes) -> bytes:
    return b"".join(bytes((len(content),)) + content for content in contents) + b"\0"


def screen(width: int = 2, height: int = 2) -> bytes:
    return b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"


def shown(left: int = 0, width: int = 2, height: int = 2) -> bytes:
    return b"," + struct.pack("<HHHHB", left, 0, width, height, 0x80) + b"\1\2\3\4\5\6" + b"\x02" + blocks(b"\x84\x51")


CONTROL = b"!\xf9" + blocks(b"\4\x0a\0\0")
LOOP = b"!\xff" + blocks(b"NETSCAPE2.0", b"\1\0\0")
GIF_WASTE = {
    "comment": b"!\xfe" + blocks(CANARY, CANARY),
    "xmp": b"!\xff" + blocks(b"XMP DataXMP", CANARY, CANARY),
    "unknown": b"!\x77" + blocks(CANARY),
    "text": CONTROL + b"!\x01" + blocks(bytes(12), CANARY),
    "odd control": b"!\xf9" + blocks(CANARY),
}
GIF = screen() + shown() + b";"
FULL_GIF = row(
    screen(),
    GIF_WASTE["comment"],
    b"!\xff" + blocks(b"NETSCAPE2.0", b"\1\0\0", CANARY),
    *GIF_WASTE.values(),
    b"!\xf9" + blocks(b"\4\x0a\0\0", CANARY),
    GIF_WASTE["comment"],
    shown(),
    *GIF_WASTE.values(),
    CONTROL,
    shown(),
    GIF_WASTE["xmp"],
    b";",
    CANARY,
    GIF,
)


# ---------------------------------------------------------------- all of them


class Sample(NamedTuple):
    """A picture full of metadata, the same as it should be published, and the name of its file."""

    name: str
    full: bytes
    clean: bytes


def orientation(turned: int) -> bytes:
    return b"MM\0*\0\0\0\x08\0\1\x01\x12\0\3\0\0\0\1" + struct.pack(">HHI", turned, 0, 0)


UPRIGHT = segment(0xE1, b"Exif\0\0" + orientation(6))
SAMPLES = (
    Sample(
        "a.jpg",
        FULL_JPEG,
        row(b"\xff\xd8", segment(0xE0, JFIF + b"\0\0"), UPRIGHT, PROFILE, ADOBE, PIXELS, b"\xff\xd9"),
    ),
    Sample(
        "a.png",
        FULL_PNG,
        row(PNG_HEAD, header(), PNG_LOOK, PNG_FILM, PNG_FIRST, PNG_PIXELS, PNG_SECOND, PNG_SECOND_PIXELS, PNG_END),
    ),
    Sample("a.webp", FULL_WEBP, riff(vp8x(0x30), COLOURS, ALPHA, vp8())),
    Sample("b.webp", FULL_FILM, riff(vp8x(0x22), COLOURS, LOOPS, animated(ALPHA, vp8()), animated(vp8l()))),
    Sample("a.gif", FULL_GIF, screen() + LOOP + CONTROL + shown() + CONTROL + shown() + b";"),
)
PLAIN = (("a.jpg", JPEG), ("a.png", PNG), ("a.webp", WEBP), ("b.webp", riff(vp8l())), ("a.gif", GIF))


def jpeg_with(piece: bytes) -> bytes:
    return b"\xff\xd8" + piece + PIXELS + b"\xff\xd9"


def png_with(piece: bytes) -> bytes:
    return PNG_HEAD + header() + piece + PNG_PIXELS + PNG_END


def published(name: str, data: bytes) -> bytes:
    result = cleaned(name, data, f"content/media/{name}")
    assert isinstance(result, bytes), result
    return result


def refusal(name: str, data: bytes) -> Problem:
    result = cleaned(name, data, f"content/media/{name}")
    assert isinstance(result, Problem), result[:60]
    assert result.path == f"content/media/{name}"
    return result


by_name = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)


@by_name
def test_of_a_picture_full_of_metadata_its_pixels_and_their_look_are_left(sample: Sample) -> None:
    assert CANARY in sample.full
    assert published(sample.name, sample.full) == sample.clean


@pytest.mark.parametrize(("name", "data"), PLAIN)
def test_a_picture_without_metadata_is_published_as_it_is(name: str, data: bytes) -> None:
    assert published(name, data) == data


def spoilt(sample: Sample) -> Iterator[bytes]:
    """The picture with the canary in each piece of metadata alone, wherever its format lets one stand."""
    waste, ends = {
        "a.jpg": (JPEG_WASTE, (*re.finditer(rb"(?<=^\xff\xd8)|(?=\xff[\xda\xc0\xd9])", JPEG),)),
        "a.png": (PNG_WASTE, (*re.finditer(rb"(?=....(?:IDAT|IEND))", PNG, re.DOTALL),)),
        "a.webp": (WEBP_WASTE, (*re.finditer(rb"(?=ICCP|ALPH|VP8 )|\Z", sample.clean),)),
        "b.webp": (WEBP_WASTE, (*re.finditer(rb"(?=ANIM|ANMF)|\Z", sample.clean),)),
        "a.gif": (GIF_WASTE, (*re.finditer(rb"(?=,\0)|(?=;\Z)", GIF),)),
    }[sample.name]
    plain = {"a.jpg": JPEG, "a.png": PNG, "a.gif": GIF}.get(sample.name, sample.clean)
    for found in ends:
        for piece in waste.values():
            data = plain[: found.start()] + piece + plain[found.start() :]
            yield data[:4] + struct.pack("<I", len(data) - 8) + data[8:] if "webp" in sample.name else data


@by_name
def test_metadata_is_left_out_wherever_it_stands(sample: Sample) -> None:
    spoilt_ones = list(spoilt(sample))
    assert len(spoilt_ones) >= 8
    for data in spoilt_ones:
        assert CANARY in data
        result = published(sample.name, data)
        assert CANARY not in result
        assert published(sample.name, result) == result


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("turned", range(1, 9))
def test_a_turned_picture_stays_turned_and_tells_nothing_else(order: str, turned: int) -> None:
    segments = segment(0xE1, b"Exif\0\0" + orientation(turned)) if turned > 1 else b""
    chunks = chunk(b"eXIf", orientation(turned)) if turned > 1 else b""
    assert published("a.jpg", jpeg_with(exif(order, turned))) == jpeg_with(segments)
    assert published("a.png", png_with(chunk(b"eXIf", tiff(order, turned)))) == png_with(chunks)


@given(st.binary(max_size=60) | st.binary(max_size=60).map(lambda data: tiff("<", 6)[:10] + data))
def test_of_exif_that_cannot_be_read_nothing_but_an_orientation_is_left(data: bytes) -> None:
    possible = [jpeg_with(segment(0xE1, b"Exif\0\0" + orientation(turned))) for turned in range(2, 9)]
    assert published("a.jpg", jpeg_with(segment(0xE1, b"Exif\0\0" + data))) in [jpeg_with(b""), *possible]


def test_only_the_first_exif_turns_a_picture() -> None:
    assert published("a.jpg", jpeg_with(exif("<", 1) + exif("<", 6))) == jpeg_with(b"")
    twice = chunk(b"eXIf", tiff("<", 1)) + chunk(b"eXIf", tiff("<", 6))
    assert published("a.png", png_with(twice)) == png_with(b"")


# ---------------------------------------------------------------- any bytes at all

ALL = [(sample.name, sample.full) for sample in SAMPLES] + list(PLAIN)


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, bytes]:
    """A picture in which some bytes are replaced, taken out or doubled."""
    name, data = draw(st.sampled_from(ALL))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = start + draw(st.sampled_from((0, 1, 2, 4, 40)))
        new = draw(
            st.binary(max_size=4)
            | st.sampled_from((data[start:end] * 2, b"\xff\xff", b"\xff\xff\xff\x7f", b"\0\0\0\0"))
        )
        data = data[:start] + new + data[end:]
    return name, data


def is_settled(name: str, data: bytes) -> bool:
    """Whether cleaning gives a problem, or a picture that cleaning leaves as it is."""
    result = cleaned(name, data, name)
    if isinstance(result, Problem):
        return result.rule in ("media-type", "media-broken", "media-too-large") and bool(result.message and result.hint)
    return len(result) <= len(data) and cleaned(name, result, name) == result


@given(mutated())
def test_a_damaged_picture_is_a_problem_or_a_picture_that_is_clean(picture: tuple[str, bytes]) -> None:
    assert is_settled(*picture)


STARTS = (b"\xff\xd8", PNG_HEAD, b"RIFF\x40\0\0\0WEBP", b"GIF89a", b"<", b"PK\3\4", b"\0\0\0\x18ftyp", b"")


@given(
    st.sampled_from(STARTS), st.binary(max_size=200), st.sampled_from(("a.jpg", "a.png", "a.webp", "a.gif", "a", ""))
)
@example(b"GIF89a", b"\0\0\0\0\0\0\0!", "a.gif")
@example(b"GIF89a", b"\0\0\0\0\0\0\0,", "a.gif")
@example(PNG_HEAD, PNG_END, "a.png")
@example(b"\xff\xd8", b"\xff\xda\0\2\xff\xd9", "a.jpg")
@example(b"\xff\xd8", b"\xff\xd9", "a.jpg")
def test_any_bytes_give_a_problem_or_a_clean_picture(start: bytes, rest: bytes, name: str) -> None:
    assert is_settled(name, start + rest)


@pytest.mark.parametrize(("name", "data"), ALL)
def test_a_picture_that_is_cut_off_is_a_problem(name: str, data: bytes) -> None:
    whole = published(name, data)
    for length in range(len(whole)):
        assert refusal(name, whole[:length]).rule in ("media-broken", "media-type")


@given(st.binary(max_size=80))
def test_what_follows_a_picture_is_not_published(trailer: bytes) -> None:
    for name, data in ALL:
        assert published(name, data + trailer) == published(name, data)


CRUMBS = (
    ("a.jpg", b"\xff\xd8" + b"\xff" * 8_000_000),
    ("a.jpg", b"\xff\xd8" + b"\xff\xfe\0\2" * 2_000_000),
    ("a.jpg", JPEG[:-2] + b"\xff\xda\0\6\1\0\0\0" * 1_000_000),
    ("a.jpg", JPEG[:-2] + b"\xff\0" * 4_000_000),
    ("a.png", PNG_HEAD + header() + chunk(b"teXt", b"") * 700_000 + PNG_PIXELS + PNG_END),
    ("a.webp", riff(vp8x(2), part(b"ABCD", b"") * 1_000_000)),
    ("a.webp", riff(vp8x(2), animated(part(b"ABCD", b"") * 1_000_000))),
    ("a.gif", screen() + CONTROL * 1_000_000),
    ("a.gif", screen() + shown()[:-4] + b"\1\1" * 4_000_000),
    ("a.svg", b"<!" + b"<svg" * 2_000_000),
    ("a.txt", b" " * 8_000_000),
)


@pytest.mark.parametrize(("name", "data"), CRUMBS, ids=range(len(CRUMBS)))
def test_megabytes_of_crumbs_are_refused_in_a_moment(name: str, data: bytes) -> None:
    assert len(data) > MOST_PIECES
    assert refusal(name, data).rule in ("media-broken", "media-type")


# ---------------------------------------------------------------- what is said of a file that is refused

REFUSED = (
    ("a.pdf", b"%PDF-1.7\n", "is a PDF document"),
    ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "is an SVG drawing"),
    ("a.svg", b"\xef\xbb\xbf <?xml version='1.0'?>\n<!-- by me -->\n<svg>", "is an SVG drawing"),
    ("a.jpg", b"\n<!DOCTYPE HTML><title>x</title>", "is an HTML page"),
    ("a.jpg", b"<HTML>", "is an HTML page"),
    ("a.kml", b"<?xml version='1.0'?><kml/>", "is an XML file"),
    ("a.heic", b"\0\0\0\x18ftypheic", "is a HEIC picture"),
    ("a.avif", b"\0\0\0\x1cftypavif", "is an AVIF picture"),
    ("a.mp4", b"\0\0\0\x18ftypisom", "is a film"),
    ("a.mov", b"\0\0\0\x14ftypqt  ", "is a film"),
    ("a.webm", b"\x1a\x45\xdf\xa3", "is a film"),
    ("a.m4a", b"\0\0\0\x1cftypM4A ", "is a sound recording"),
    ("a.mp3", b"ID3\4", "is a sound recording"),
    ("a.wav", b"RIFF\0\0\0\0WAVEfmt ", "is a sound recording"),
    ("a.tif", b"II*\0\x08\0\0\0", "is a TIFF or camera raw picture"),
    ("a.bmp", b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0", "is another kind of picture"),
    ("a.jxl", b"\xff\x0a\0\0", "is another kind of picture"),
    ("a.docx", b"PK\3\4" + bytes(22) + b"\x13\0\0\0[Content_Types].xml", "is an office document"),
    ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an office document"),
    ("a.zip", b"PK\3\4" + bytes(22) + b"\5\0\0\0a.txt", "is an archive"),
    ("a.md", "---\ntitle: ä\n---\n".encode(), "is a text"),
    ("a.bin", b"\0\1\2\3", "is of a kind that is not known here"),
)


@pytest.mark.parametrize(("name", "data", "what"), REFUSED)
def test_what_is_no_picture_is_named(name: str, data: bytes, what: str) -> None:
    problem = refusal(name, data)
    assert problem.rule == "media-type"
    assert problem.message == f"{what}; only JPEG, PNG, WebP and GIF pictures are published"
    assert problem.hint


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.png", JPEG, 'is a JPEG picture, but its name ends in ".png"'),
        ("a.jpg", WEBP, 'is a WebP picture, but its name ends in ".jpg"'),
        ("2025.12/a", PNG, "is a PNG picture, but its name does not say so"),
        ("a.jpg.html", GIF, 'is a GIF picture, but its name ends in ".html"'),
    ],
)
def test_a_name_that_says_another_kind_is_a_problem(name: str, data: bytes, message: str) -> None:
    problem = refusal(name, data)
    assert (problem.rule, problem.message) == ("media-type", message)
    assert problem.hint.startswith("rename it so that it ends in .")


@pytest.mark.parametrize("name", ["a.JPG", "a.jpeg", "2025/a.b.Jpg"])
def test_a_camera_may_write_the_ending_in_capitals(name: str) -> None:
    assert published(name, JPEG) == JPEG


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jpg", JPEG.replace(frame(), frame(8000, 7000))),
        ("a.png", PNG_HEAD + header(50_000, 50_000) + PNG_PIXELS + PNG_END),
        ("a.webp", riff(vp8(16_000, 16_000))),
        ("a.webp", riff(vp8l(16_384, 16_384))),
        ("a.webp", riff(vp8x(0, 1 << 24, 1 << 24), vp8())),
        ("a.webp", riff(vp8x(2), LOOPS, animated(vp8(), width=1 << 24))),
        ("a.gif", screen(65_535, 65_535) + shown() + b";"),
        ("a.gif", screen() + shown(0, 65_535, 65_535) + b";"),
        ("a.gif", screen() + shown(65_535, 2, 65_535) + b";"),
    ],
)
def test_more_than_fifty_million_pixels_are_too_many(name: str, data: bytes) -> None:
    problem = refusal(name, data)
    assert problem.rule == "media-too-large"
    assert problem.message.endswith("pixels; at most 50 million are allowed")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jpg", JPEG.replace(frame(), frame(10_000, 5_000))),
        ("a.png", PNG_HEAD + header(10_000, 5_000) + PNG_PIXELS + PNG_END),
        ("a.webp", riff(vp8(10_000, 5_000))),
        ("a.gif", screen(10_000, 5_000) + shown() + b";"),
    ],
)
def test_fifty_million_pixels_are_not_too_many(name: str, data: bytes) -> None:
    assert published(name, data) == data


WRONG_SUM = PNG_HEAD + header() + PNG_PIXELS[:-1] + b"?" + PNG_END
BROKEN = (
    ("a.jpg", b"", "is empty"),
    ("a.jpg", JPEG[:-2], "the JPEG file is cut off: it ends before its end mark"),
    ("a.jpg", b"\xff\xd8\xff\xd9", "the JPEG file does not hold exactly one picture"),
    ("a.jpg", JPEG.replace(frame(), frame() * 2), "the JPEG file does not hold exactly one picture"),
    ("a.jpg", JPEG.replace(frame(), b""), "the JPEG file does not hold exactly one picture"),
    ("a.jpg", JPEG.replace(frame(), frame(8, 0)), "the JPEG file says that it is 8 × 0 pixels"),
    ("a.jpg", JPEG.replace(frame(), frame(marker=0xC3)), "the JPEG file is coded in a way that browsers do not show (part FFC3)"),
    ("a.jpg", JPEG.replace(frame(), segment(0xC0, b"\x08\0\1\0\1\3")), "the JPEG file has a header of the wrong length"),
    ("a.jpg", JPEG.replace(SCAN, segment(0xDA, CANARY)), "the JPEG file has a scan with a header of the wrong length"),
    ("a.jpg", b"\xff\xd8\xff\xfe\0\0" + JPEG[2:], "the JPEG file has a part of impossible length (FFFE)"),
    ("a.jpg", b"\xff\xd8" + CANARY + JPEG[2:], "the JPEG file holds bytes that belong to no part of it"),
    ("a.png", WRONG_SUM, 'the PNG file is damaged: the checksum of its part "IDAT" is wrong'),
    ("a.png", PNG_HEAD + header() * 2 + PNG_PIXELS + PNG_END, "the PNG file does not hold exactly one picture"),
    ("a.png", PNG_HEAD + header() + PNG_END, "the PNG file does not hold exactly one picture"),
    ("a.png", PNG_HEAD + header(0) + PNG_PIXELS + PNG_END, "the PNG file says that it is 0 × 2 pixels"),
    ("a.png", PNG_HEAD + chunk(b"CgBI", b"") + PNG[8:], 'the PNG file is coded in a way that browsers do not show (part "CgBI")'),
    ("a.png", PNG_HEAD + header() + chunk(b"pHYs", CANARY) + PNG_PIXELS + PNG_END, 'the PNG file has a part of impossible length ("pHYs")'),
    ("a.webp", riff(), "the WebP file does not hold exactly one picture"),
    ("a.webp", riff(vp8(), vp8l()), "the WebP file does not hold exactly one picture"),
    ("a.webp", riff(vp8x(0), vp8(), vp8()), "the WebP file does not hold exactly one picture"),
    ("a.webp", riff(vp8x(0), animated(vp8())), "the WebP file does not hold exactly one picture"),
    ("a.webp", riff(vp8x(2), vp8()), "the WebP file does not hold exactly one picture"),
    ("a.webp", riff(vp8x(2), animated(vp8(), vp8l())), "the WebP file does not hold exactly one picture"),
    ("a.webp", riff(part(b"VP8 ", bytes(20))), "the WebP file says that it is 0 × 0 pixels"),
    ("a.webp", riff(part(b"VP8L", b"")), 'the WebP file has a part of impossible length ("VP8L")'),
    ("a.gif", GIF[:-1], "the GIF file is cut off: it ends before its end mark"),
    ("a.gif", screen() + b";", "the GIF file does not hold exactly one picture"),
    ("a.gif", screen() + CANARY + shown() + b";", "the GIF file holds bytes that belong to no part of it"),
)  # fmt: skip


@pytest.mark.parametrize(("name", "data", "message"), BROKEN)
def test_a_broken_picture_is_told_from_a_sound_one(name: str, data: bytes, message: str) -> None:
    problem = refusal(name, data)
    assert (problem.rule, problem.message) == ("media-broken", message)


# ---------------------------------------------------------------- on the way into the site


def sources_of(root: Path) -> Sources:
    """The sources of a chronicle, as a build with the memory of former ones finds them."""
    with Memory(root / ".cache", "engine") as memory:
        return read_sources(
            root, survey(root, memory.known_files()), memory, datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC), 1
        )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for sample in SAMPLES:
        medium = tmp_path / "content" / "media" / sample.name
        medium.parent.mkdir(parents=True, exist_ok=True)
        medium.write_bytes(sample.full)
        os.utime(medium, (1, 1))
    return tmp_path


def media_problems(sources: Sources) -> list[tuple[str, str]]:
    return [(problem.path, problem.rule) for problem in sources.problems if "/media/" in problem.path]


def test_only_cleaned_pictures_leave_the_sources(root: Path) -> None:
    for _ in ("read", "remembered"):
        sources = sources_of(root)
        assert not media_problems(sources)
        assert {name: sources.medium(name) for name in sources.media} == {s.name: s.clean for s in SAMPLES}


def test_a_file_that_cannot_be_published_is_told_by_every_build_and_is_not_missing(root: Path) -> None:
    (root / "content/media/a.pdf").write_bytes(b"%PDF-1.7")
    (root / "content/media/a.gif").write_bytes(GIF[:-1])
    for _ in ("first", "second"):
        sources = sources_of(root)
        assert media_problems(sources) == [
            ("content/media/a.gif", "media-broken"),
            ("content/media/a.pdf", "media-type"),
        ]
        assert {"a.gif", "a.pdf"} <= sources.media.keys()
        assert isinstance(sources.medium("a.pdf"), Problem)


def test_a_picture_that_changes_during_a_build_is_not_published(root: Path) -> None:
    sources = sources_of(root)
    (root / "content/media/a.jpg").write_bytes(JPEG)
    changed = sources.medium("a.jpg")
    assert isinstance(changed, Problem)
    assert changed.rule == "file-changing"
