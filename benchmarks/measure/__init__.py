"""What `benchmarks.gauge` measures, a file for each kind of question."""
