"""Whether the encryption library is here and works; asked without needing it."""

from contextlib import closing


def cipher_version() -> str | None:
    """The version of the encryption library; None where it is not there or does not work."""
    try:
        import sqlcipher3

        with closing(sqlcipher3.connect(":memory:")) as connection:
            row = connection.execute("PRAGMA cipher_version").fetchone()
    except Exception:  # noqa: BLE001 - whatever is wrong with it, it is not usable
        return None
    return str(row[0]) if row else None
