"""Small parts that more than one window uses."""
