"""Who may do what to an accredited pool."""

import rules

from core.permissions import is_party
from mining.permissions.keepers import is_mining_officer

rules.add_perm("mining.enter_protocol", is_party | is_mining_officer)
