"""What the mirror must show, each part in a file of its own."""
