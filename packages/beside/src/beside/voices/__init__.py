"""Those who can speak: a server, a small model inside, authored lines, or a script."""
