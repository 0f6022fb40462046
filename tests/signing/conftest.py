"""The broker of the tests of background work, for those that kill a process."""

from tests.background.conftest import broker

__all__ = ["broker"]
