"""Signatures: what an authority prints is signed with its certificate; what comes in signed is examined.

Adapters only: bytes in, facts out. Keys and roots come from settings, the clock from the caller, nothing from a
network.

`facts` is light; `cms`, `keys` and `pdf` carry pyHanko and are imported where something is signed or examined, so that
a web worker that does neither does not hold them in memory.
"""
