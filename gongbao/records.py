"""Records to bytes and back, for the catalogue and for fingerprints; always the same bytes for equal records."""

import hashlib
from typing import TypeVar

import msgspec

T = TypeVar("T")

_encoder = msgspec.json.Encoder(order="deterministic")
_decoders: dict[object, msgspec.json.Decoder[object]] = {}
_packer = msgspec.msgpack.Encoder()
_unpackers: dict[object, msgspec.msgpack.Decoder[object]] = {}


def encode(record: object) -> bytes:
    """A dataclass, or built-in containers of them, as JSON."""
    return _encoder.encode(record)


def decode(data: bytes, kind: type[T]) -> T:
    """The record of type `kind` that `encode` made `data` from."""
    decoder = _decoders.get(kind)
    if decoder is None:
        decoder = _decoders[kind] = msgspec.json.Decoder(kind)
    return decoder.decode(data)  # type: ignore[return-value]


def pack(record: object) -> bytes:
    """A dataclass, or built-in containers of them, on their way to another process."""
    return _packer.encode(record)


def unpack(data: bytes, kind: type[T]) -> T:
    """The record of type `kind` that `pack` made `data` from."""
    decoder = _unpackers.get(kind)
    if decoder is None:
        decoder = _unpackers[kind] = msgspec.msgpack.Decoder(kind)
    return decoder.decode(data)  # type: ignore[return-value]


def digest(data: bytes) -> str:
    """The name of `data`: 32 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(data).hexdigest()[:32]
