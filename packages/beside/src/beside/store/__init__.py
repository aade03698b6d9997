"""One encrypted file per person: appended, searched, backed up, and really erased on request."""
