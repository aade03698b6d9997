"""Which addresses and models take words off this machine, and the plain sentence that says so."""

import ipaddress
from urllib.parse import urlsplit, urlunsplit

from beside.errors import VoiceMissing
from beside.sentence import Sentence

_CLOUD_ENDINGS = ("-cloud", ":cloud")


def base_address(written: str) -> str:
    """The base address of a server as someone may type it, in one form: `scheme://host:port/v1`.

    Raises VoiceMissing where it is not the address of a web server.

    >>> base_address("localhost:11434")
    'http://localhost:11434/v1'
    """
    text = written.strip()
    try:
        parts = urlsplit(text if "://" in text else f"http://{text}")
        usable = parts.scheme in ("http", "https") and bool(parts.hostname)
        port = parts.port
    except ValueError:
        usable = False
    if not usable or parts.username is not None or parts.password is not None:
        raise VoiceMissing(
            Sentence(
                "This is not an address that Beside can use. Give it as http://HOST:PORT or "
                "https://HOST, without a name or a password in it; a key goes beside the address."
            )
        )
    if "://" not in text and not is_loopback(text):
        parts = parts._replace(scheme="https")
    host = (parts.hostname or "").lower()
    place = f"[{host}]" if ":" in host else host
    path = parts.path.rstrip("/").removesuffix("/chat/completions").removesuffix("/models")
    return urlunsplit((parts.scheme, f"{place}:{port}" if port else place, path or "/v1", "", ""))


def host_of(address: str) -> str:
    """The name or number of the machine in an address, for people to read."""
    return urlsplit(address if "://" in address else f"http://{address}").hostname or ""


def is_loopback(address: str) -> bool:
    """Whether an address is this machine itself. What is not surely so counts as elsewhere.

    >>> is_loopback("http://127.0.0.1:8080/v1"), is_loopback("http://localhost.example/v1")
    (True, False)
    """
    host = host_of(address)
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_cloud_model(model: str) -> bool:
    """Whether a local server passes this model's words on to another company's machines."""
    return model.lower().endswith(_CLOUD_ENDINGS)


def leaves_machine(address: str, model: str) -> bool:
    """Whether words said to this model at this address leave the machine."""
    return is_cloud_model(model) or not is_loopback(address)


def what_leaves(address: str, model: str) -> Sentence:
    """What leaves the machine and to where, said plainly, for the person to agree to or not."""
    asked = Sentence("Beside does this only after you agree.")
    if is_loopback(address):
        passed_on = Sentence(
            "The model “{model}” does not run on this machine: the server at {address} passes "
            "everything said in the conversation, yours and the companion's, and how Beside asks "
            "the model to answer, on to the company that runs it. They can read and keep it.",
            model=model,
            address=address,
        )
        return passed_on.then(asked)
    sent = Sentence(
        "This voice answers from {host}, which is not this machine. With every message, everything "
        "said in the conversation, yours and the companion's, and how Beside asks the model to "
        "answer, is sent there. Whoever runs it can read and keep it.",
        host=host_of(address),
    )
    if address.startswith("http://"):
        sent = sent.then(
            Sentence("The connection is not encrypted: whoever is on the way can read it too.")
        )
    return sent.then(asked)
