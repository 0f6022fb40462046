"""How a plan is formed: candidates in the order of their risk, judged by the law, placed where an inspector has room.

Only `forming` knows the database; the same facts and settings always give the same plan.
"""
