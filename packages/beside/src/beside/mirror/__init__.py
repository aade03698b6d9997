"""A practitioner looks at their own words, and practises."""
