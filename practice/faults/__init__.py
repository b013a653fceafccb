"""Devices that can be broken at will, each behind the very interface of the real one: for training, for developers and for tests."""
