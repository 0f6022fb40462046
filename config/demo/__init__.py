"""Invented data of every kind and state, made by the services with the days on which it would have happened.

`load()` fills an empty database in one transaction; LOGINS says who can log in, `api_key()` gives one key.
"""

from config.demo.holders import MINER
from config.demo.keys import api_key, miner_identifier
from config.demo.loading import Loaded, load, signers
from config.demo.people import LOGINS, PASSWORD

__all__ = ["LOGINS", "MINER", "PASSWORD", "Loaded", "api_key", "load", "miner_identifier", "signers"]
