"""A simulated camera over a desk on which papers are laid down, held, turned and taken away."""
