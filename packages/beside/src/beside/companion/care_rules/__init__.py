"""What care looks for: rules as data that a clinician can read, and the small engine under them.

`plain` makes spelling even, `phrases` is the language the rules are written in, `rulebook` reads
the rules, `reading` finds them in one turn, `signs` adds up what says little alone, `carried` adds
what earlier turns left, `sayings` reads what a model wants to say, `tongue` guesses the language.
"""
