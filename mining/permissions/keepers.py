"""Who keeps the registers of mining: officials of the one authority that the declarations of its kinds name."""

import rules

from core.permissions import is_case_officer, is_head, is_inspector, is_staff
from law.licensing import MINING_LICENCES, POOL_ACCREDITATION
from licensing.permissions import of_the_authority_of

of_mining = of_the_authority_of(*MINING_LICENCES, POOL_ACCREDITATION)
is_mining_officer = is_case_officer & of_mining
is_mining_head = is_head & of_mining
is_mining_inspector = is_inspector & of_mining

# Asked of the official himself: which pages and lists are his, and which records of the administration.
rules.add_perm("mining.keep_registers", of_mining)
rules.add_perm("mining.read_registers", is_staff & of_mining)
