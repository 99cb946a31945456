"""Whether words that were read are those of a receipt or a bill: sums, taxes and ways of paying."""

from __future__ import annotations

import re
import unicodedata

_SAID = re.compile(
    r"\b(?:sub-?total|total[aei]?|totaal|summe|gesamt\w*|betrag|zu zahlen|importe|montant|suma"
    r"|amount|balance|due|vat|tax|mwst|ust|tva|iva|btw|dph|moms|cash|change|bar(?:zahlung)?"
    r"|visa|mastercard|maestro|ec-?karte|receipt|invoice|rechnung|quittung|beleg|kassenbon"
    r"|scontrino|ricevuta|recibo|factura|facture|ticket|bon)\b"
)
_PRICE = re.compile(r"(?<![\d.,:/-])\d{1,4}[.,]\d{2}(?![\d.,:/-])")
_ENOUGH = 2


def is_receipt(text: str) -> bool:
    """Whether a text names a sum or a tax, and besides that another one or a price."""
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    said = set(_SAID.findall(plain))
    return bool(said) and len(said) + len(_PRICE.findall(plain)) >= _ENOUGH
