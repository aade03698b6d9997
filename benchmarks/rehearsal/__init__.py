"""A rehearsal room: written persons speak to a voice, and what it answers is read and counted."""
