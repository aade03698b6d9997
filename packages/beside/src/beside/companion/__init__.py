"""The one who answers: a turn from the person's words to the last word of the reply."""
