"""The addresses, a few to a file. Each reads a request, makes a call, shows what came of it."""
