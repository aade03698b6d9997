"""What a person takes along, and what they bring in."""
