"""The mirror as it is shown: sentences, pictures with their tables, the report."""
