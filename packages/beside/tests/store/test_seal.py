import base64

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beside.store.seal import age_identity, seal, unseal

SECRETS = st.binary(min_size=32, max_size=32)


@given(SECRETS, SECRETS)
def test_only_the_secret_that_sealed_opens_again(content: bytes, secret: bytes):
    sealed = seal(content, secret)
    assert unseal(sealed, secret) == content
    other = bytes([secret[0], secret[1] ^ 1]) + secret[2:]
    assert unseal(sealed, other) is None


@given(SECRETS)
def test_a_secret_is_written_as_age_writes_it(secret: bytes):
    identity = age_identity(secret)
    assert str(pyrage.x25519.Identity.from_str(identity)) == identity


def test_a_seal_that_was_altered_does_not_open():
    sealed = bytearray(base64.b64decode(seal(b"k" * 32, b"s" * 32)))
    sealed[-1] ^= 1
    assert unseal(base64.b64encode(sealed).decode(), b"s" * 32) is None


def test_what_is_no_seal_is_refused():
    with pytest.raises(ValueError, match=r"."):
        unseal("not base64!", b"s" * 32)
