"""Search by words over what may be known: things seen, places, dates, people, words written.

>>> index = build_index(shots, documents, sightings)
>>> search(index, parse("beach last summer", date.today()))
"""

from safelight.analysis.search.index import Document, Encoder, Field, Index, build_index
from safelight.analysis.search.query import Query, parse
from safelight.analysis.search.ranking import Hit, Meaning, search
from safelight.analysis.search.why import Match, why

__all__ = [
    "Document",
    "Encoder",
    "Field",
    "Hit",
    "Index",
    "Match",
    "Meaning",
    "Query",
    "build_index",
    "parse",
    "search",
    "why",
]
