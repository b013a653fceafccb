"""The window of the family: large, plain, masked."""
