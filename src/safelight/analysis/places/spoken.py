"""Names as people say them, where the place data writes them otherwise."""

from __future__ import annotations

import re

_COUNTRIES = """
AD Andorra|AE United Arab Emirates|AF Afghanistan|AG Antigua and Barbuda|AI Anguilla|AL Albania
AM Armenia|AO Angola|AQ Antarctica|AR Argentina|AS American Samoa|AT Austria|AU Australia|AW Aruba
AX Åland|AZ Azerbaijan|BA Bosnia and Herzegovina|BB Barbados|BD Bangladesh|BE Belgium
BF Burkina Faso|BG Bulgaria|BH Bahrain|BI Burundi|BJ Benin|BL Saint Barthélemy|BM Bermuda|BN Brunei
BO Bolivia|BQ Bonaire|BR Brazil|BS Bahamas|BT Bhutan|BW Botswana|BY Belarus|BZ Belize|CA Canada
CC Cocos Islands|CD DR Congo|CF Central African Republic|CG Congo|CH Switzerland|CI Ivory Coast
CK Cook Islands|CL Chile|CM Cameroon|CN China|CO Colombia|CR Costa Rica|CU Cuba|CV Cape Verde
CW Curaçao|CX Christmas Island|CY Cyprus|CZ Czechia|DE Germany|DJ Djibouti|DK Denmark|DM Dominica
DO Dominican Republic|DZ Algeria|EC Ecuador|EE Estonia|EG Egypt|EH Western Sahara|ER Eritrea
ES Spain|ET Ethiopia|FI Finland|FJ Fiji|FK Falkland Islands|FM Micronesia|FO Faroe Islands|FR France
GA Gabon|GB United Kingdom|GD Grenada|GE Georgia|GF French Guiana|GG Guernsey|GH Ghana|GI Gibraltar
GL Greenland|GM Gambia|GN Guinea|GP Guadeloupe|GQ Equatorial Guinea|GR Greece|GS South Georgia
GT Guatemala|GU Guam|GW Guinea-Bissau|GY Guyana|HK Hong Kong|HN Honduras|HR Croatia|HT Haiti
HU Hungary|ID Indonesia|IE Ireland|IL Israel|IM Isle of Man|IN India|IO Chagos Islands|IQ Iraq
IR Iran|IS Iceland|IT Italy|JE Jersey|JM Jamaica|JO Jordan|JP Japan|KE Kenya|KG Kyrgyzstan
KH Cambodia|KI Kiribati|KM Comoros|KN Saint Kitts and Nevis|KP North Korea|KR South Korea|KW Kuwait
KY Cayman Islands|KZ Kazakhstan|LA Laos|LB Lebanon|LC Saint Lucia|LI Liechtenstein|LK Sri Lanka
LR Liberia|LS Lesotho|LT Lithuania|LU Luxembourg|LV Latvia|LY Libya|MA Morocco|MC Monaco|MD Moldova
ME Montenegro|MF Saint Martin|MG Madagascar|MH Marshall Islands|MK North Macedonia|ML Mali
MM Myanmar|MN Mongolia|MO Macau|MP Northern Mariana Islands|MQ Martinique|MR Mauritania
MS Montserrat|MT Malta|MU Mauritius|MV Maldives|MW Malawi|MX Mexico|MY Malaysia|MZ Mozambique
NA Namibia|NC New Caledonia|NE Niger|NF Norfolk Island|NG Nigeria|NI Nicaragua|NL Netherlands
NO Norway|NP Nepal|NR Nauru|NU Niue|NZ New Zealand|OM Oman|PA Panama|PE Peru|PF French Polynesia
PG Papua New Guinea|PH Philippines|PK Pakistan|PL Poland|PM Saint Pierre and Miquelon|PN Pitcairn
PR Puerto Rico|PS Palestine|PT Portugal|PW Palau|PY Paraguay|QA Qatar|RE Réunion|RO Romania
RS Serbia|RU Russia|RW Rwanda|SA Saudi Arabia|SB Solomon Islands|SC Seychelles|SD Sudan|SE Sweden
SG Singapore|SH Saint Helena|SI Slovenia|SJ Svalbard|SK Slovakia|SL Sierra Leone|SM San Marino
SN Senegal|SO Somalia|SR Suriname|SS South Sudan|ST São Tomé and Príncipe|SV El Salvador
SX Sint Maarten|SY Syria|SZ Eswatini|TC Turks and Caicos Islands|TD Chad
TF French Southern Territories|TG Togo|TH Thailand|TJ Tajikistan|TK Tokelau|TL Timor-Leste
TM Turkmenistan|TN Tunisia|TO Tonga|TR Türkiye|TT Trinidad and Tobago|TV Tuvalu|TW Taiwan
TZ Tanzania|UA Ukraine|UG Uganda|US United States|UY Uruguay|UZ Uzbekistan|VA Vatican City
VC Saint Vincent and the Grenadines|VE Venezuela|VG British Virgin Islands|VI US Virgin Islands
VN Vietnam|VU Vanuatu|WF Wallis and Futuna|WS Samoa|XK Kosovo|YE Yemen|YT Mayotte|ZA South Africa
ZM Zambia|ZW Zimbabwe
"""
COUNTRIES: dict[str, str] = {
    entry[:2]: entry[3:] for entry in re.split(r"[|\n]", _COUNTRIES.strip()) if entry
}
"""Country code (ISO 3166-1 alpha-2, and XK) to short English name."""

SAID_CITY: dict[tuple[str, str], str] = {
    ("US", "New York City"): "New York",
    ("US", "Paradise"): "Las Vegas",
    ("US", "Winchester"): "Las Vegas",
    ("US", "Washington"): "Washington, D.C.",
    ("US", "Brooklyn"): "New York",
    ("US", "Manhattan"): "New York",
    ("US", "Queens"): "New York",
    ("US", "The Bronx"): "New York",
    ("US", "Staten Island"): "New York",
    ("DE", "Köln"): "Cologne",
    ("CA", "Montréal"): "Montreal",
    ("CA", "Québec"): "Quebec City",
    ("GB", "City of London"): "London",
    ("GB", "City of Westminster"): "London",
    ("MX", "Iztapalapa"): "Mexico City",
    ("MX", "Álvaro Obregón"): "Mexico City",
    ("MX", "Gustavo Adolfo Madero"): "Mexico City",
    ("TR", "Çankaya"): "Ankara",
    ("FR", "La Defense"): "Paris",
    ("TR", "Bağcılar"): "Istanbul",  # noqa: RUF001  # so it is spelt
    ("MV", "Male"): "Malé",
    ("IS", "Reykjavik"): "Reykjavík",
}
"""City names by country code and written name; quarters too big to be swallowed among them."""

_SAID_REGION: dict[tuple[str, str], str] = {
    ("FR", "Provence-Alpes-Côte d'Azur"): "Provence",
    ("FR", "Centre"): "Loire Valley",
    ("FR", "Auvergne-Rhône-Alpes"): "Auvergne and Rhône-Alpes",
    ("FR", "Bourgogne-Franche-Comté"): "Burgundy",
    ("IT", "Basilicate"): "Basilicata",
    ("IT", "The Marches"): "Marche",
    ("IT", "Trentino-Alto Adige"): "South Tyrol and Trentino",
    ("DE", "Baden-Wurttemberg"): "Baden-Württemberg",
    ("DE", "State of Berlin"): "Berlin",
    ("DE", "City state Bremen"): "Bremen",
    ("DE", "Rheinland-Pfalz"): "Rhineland-Palatinate",
    ("DE", "Mecklenburg-Vorpommern"): "Mecklenburg",
    ("ES", "Castille and León"): "Castile and León",
    ("ES", "Castille-La Mancha"): "Castile-La Mancha",
    ("PT", "Faro"): "Algarve",
    ("GR", "South Aegean"): "Aegean Islands",
    ("GR", "North Aegean"): "Aegean Islands",
    ("GB", "Highland"): "Scottish Highlands",
    ("GB", "Eilean Siar"): "Outer Hebrides",
    ("CH", "Saint Gallen"): "St. Gallen",
    ("NZ", "Tasman District"): "Tasman",
    ("CZ", "South Moravian"): "South Moravia",
    ("CZ", "Jihočeský kraj"): "South Bohemia",
    ("CZ", "Moravskoslezský"): "Moravia-Silesia",
    ("CZ", "Karlovarský kraj"): "Karlovy Vary",
    ("CZ", "Královéhradecký kraj"): "Hradec Králové",
    ("CZ", "Liberecký kraj"): "Liberec",
    ("CZ", "Ústecký kraj"): "Ústí nad Labem",
    ("CZ", "Olomoucký"): "Olomouc",
    ("CZ", "Pardubický"): "Pardubice",
    ("IE", "An Cabhán"): "Cavan",
    ("IE", "An Longfort"): "Longford",
    ("IE", "Uíbh Fhailí"): "Offaly",
    ("GB", "Brighton and Hove"): "East Sussex",
    ("GB", "County Durham"): "County Durham",
    ("MX", "Mexico City"): "Mexico City",
}

_TRIMMED = re.compile(
    r"^(City and Borough of|City and County of|Metropolitan Borough of|Royal Borough of"
    r"|Borough of|District of|City of|County of|County|Sir|State of) "
    r"|,? (County Borough|county borough|Province|province|Region|Voivodeship|City|County|District"
    r"|kraj|City and County Council)$"
)


_NO_NAME = re.compile(
    r"(?:(?:North|South|East|West)(?:ern)?|Central|Capital|Federal)"
    r"(?: (?:(?:North|South|East|West)(?:ern)?|Central))?"
)
"""What is left of "Western Province" and its like says nothing by itself."""


def said_region(code: str, state: str | None, county: str | None) -> str | None:
    """The region that people name: English and Irish counties, elsewhere the first division."""
    written = county if _county_is_said(code, state) and county else state
    if written is None:
        return None
    said = _SAID_REGION.get((code, written))
    if said or code == "US":
        return said or written
    trimmed = _TRIMMED.sub("", written)
    return written if _NO_NAME.fullmatch(trimmed) else trimmed


def _county_is_said(code: str, state: str | None) -> bool:
    return code == "IE" or (code == "GB" and state == "England")
