"""The practice world: fictitious families, specimens of their papers and a simulated camera, for training, demo, tests, benchmarks."""
