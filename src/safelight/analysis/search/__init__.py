"""Search by words over what may be known: things seen, places, dates, people, words written.

>>> index = build_index(shots, documents, sightings)
>>> search(index, parse("beach last summer", date.today()))
"""

from safelight.analysis.search.index import Document, Encoder, Index, build_index
from safelight.analysis.search.query import Query, parse
from safelight.analysis.search.ranking import Hit, Meaning, search

__all__ = [
    "Document",
    "Encoder",
    "Hit",
    "Index",
    "Meaning",
    "Query",
    "build_index",
    "parse",
    "search",
]
