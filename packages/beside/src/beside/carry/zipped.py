"""One file out of a zip, never larger than is allowed, whatever the zip says of itself."""

import zipfile

HIGHEST_RATIO = 200
"""How many times larger a file in a zip may be than its packed form."""

_CHUNK = 1 << 20


class TooLarge(Exception):
    """More would be unpacked than is allowed."""


def unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> bytes:
    """The bytes of one member; never more than `most` are unpacked.

    Raises TooLarge; NotImplementedError where it is packed in a way whose size cannot be watched.
    """
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise NotImplementedError  # the others unpack a chunk at once, however large it becomes
    most = min(most, max(_CHUNK, member.compress_size * HIGHEST_RATIO))
    chunks: list[bytes] = []
    size = 0
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > most:
                raise TooLarge
            chunks.append(chunk)
    return b"".join(chunks)
