"""What a form brought: read strictly, in memory only, with a clear answer where it is broken."""

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from starlette.datastructures import Headers, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

MOST_FIELDS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The fields of a form, each once (the last counts), and the file that came with it."""

    fields: Mapping[str, str] = field(default_factory=dict)
    file: bytes | None = None
    file_name: str = ""

    def __getitem__(self, name: str) -> str:
        """A field; no words where it was not in the form."""
        return self.fields.get(name, "")

    def __contains__(self, name: str) -> bool:
        """Whether the form had this field."""
        return name in self.fields


async def read_form(request: Request) -> Form:
    """The form of a request. Raises HTTPException 400 where it is no form."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/x-www-form-urlencoded":
        body = await request.body()
        try:
            pairs = parse_qsl(
                body.decode("ascii"),
                keep_blank_values=True,
                errors="strict",
                max_num_fields=MOST_FIELDS,
            )
        except ValueError:
            raise HTTPException(400) from None
        return Form(fields=dict(pairs))
    if kind == "multipart/form-data":
        return await _read_parts(request.headers, request.stream())
    raise HTTPException(400)


class _InMemory(MultiPartParser):
    """Never puts a file on the disk, however large: it may be full of someone's words."""

    spool_max_size = 0


async def _read_parts(headers: Headers, stream: AsyncGenerator[bytes, None]) -> Form:
    try:
        parts = await _InMemory(headers, stream, max_files=1, max_fields=MOST_FIELDS).parse()
    except (MultiPartException, ValueError, KeyError):
        raise HTTPException(400) from None
    fields: dict[str, str] = {}
    content: bytes | None = None
    name = ""
    for key, value in parts.multi_items():
        if isinstance(value, UploadFile):
            content, name = await value.read(), value.filename or ""
        else:
            fields[_whole(key)] = _whole(value)
    await parts.close()
    return Form(fields=fields, file=content, file_name=_whole(name))


def _whole(text: str) -> str:
    """The text with half characters replaced, as some charsets can bring them."""
    return text.encode("utf-8", "replace").decode("utf-8")
