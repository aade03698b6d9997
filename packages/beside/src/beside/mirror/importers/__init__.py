"""Files of many kinds, each become the lines that somebody spoke."""
