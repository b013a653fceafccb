"""What trials of reliability are made of: a desk whose day runs by itself, a bad line, a killer. For benchmarks and tests; not shipped."""
