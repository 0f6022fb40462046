"""The twenty-six checks, in four parts: what founds an inspection, how it is opened, its course, its results.

Each check is a function of `Facts` that returns a list of Problems; `law.inspections.blockers` runs them.
"""
