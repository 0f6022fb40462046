"""What the regulation says: provisions, definitions, terms, fees, checks.

No Django, no database, no clock: every function takes the date that picks the version of the law
and says in its docstring which date that is. A fact that the law does not give raises
`law.provisions.NotInForce`; a fact that breaks the law is a `law.problems.Problem`.
Texts are English msgids marked by the no-op `_` of `law.problems` and are translated at the edge.
"""
