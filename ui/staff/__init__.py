"""The window of the person at the desk."""
