"""A secret of 32 bytes seals another: an age file that only this secret opens.

age (https://age-encryption.org/v1) takes an X25519 secret, which is any 32 bytes, and does the rest
(HKDF, ChaCha20-Poly1305): no cipher of our own, and a sealed key can be opened with age itself.
"""

import base64

_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def seal(content: bytes, secret: bytes) -> str:
    """`content`, sealed so that only this 32-byte `secret` opens it; as base64 text."""
    import pyrage

    own = pyrage.x25519.Identity.from_str(age_identity(secret)).to_public()
    return base64.b64encode(pyrage.encrypt(content, [own])).decode("ascii")


def unseal(sealed: str, secret: bytes) -> bytes | None:
    """What was sealed; None where this secret does not open it. ValueError where it is no seal."""
    import pyrage

    try:
        content: bytes = pyrage.decrypt(
            base64.b64decode(sealed, validate=True),
            [pyrage.x25519.Identity.from_str(age_identity(secret))],
        )
    except pyrage.DecryptError:
        return None
    return content


def age_identity(secret: bytes) -> str:
    """The 32 bytes as age writes its secret keys: bech32 (BIP 173), in capitals."""
    prefix = "age-secret-key-"
    bits = int.from_bytes(secret, "big") << 4
    values = [bits >> shift & 31 for shift in range(5 * 51, -1, -5)]
    spread = [ord(each) >> 5 for each in prefix] + [0] + [ord(each) & 31 for each in prefix]
    check = _remainder([*spread, *values, 0, 0, 0, 0, 0, 0]) ^ 1
    values += [check >> shift & 31 for shift in range(25, -1, -5)]
    return (prefix + "1" + "".join(_BECH32[value] for value in values)).upper()


def _remainder(values: list[int]) -> int:
    """What is left of the values, read as a polynomial, after division by bech32's generator."""
    left = 1
    for value in values:
        top = left >> 25
        left = (left & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(_GENERATORS):
            if top >> bit & 1:
                left ^= generator
    return left
