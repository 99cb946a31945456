"""A small world for generated lives: real cities, and made-up towns around them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from safelight.model.places import Place

_KM_PER_DEGREE = 111.2


@dataclass(frozen=True, slots=True)
class Spot:
    """A point and its name."""

    latitude: float
    longitude: float
    place: Place

    @property
    def offset_s(self) -> float:
        """Seconds east of UTC, as the sun has it."""
        return round(self.longitude / 15) * 3600.0

    def km_to(self, other: Spot) -> float:
        """Great-circle distance in kilometres (spherical law of cosines)."""
        a, b = math.radians(self.latitude), math.radians(other.latitude)
        turn = math.radians(other.longitude - self.longitude)
        cosine = math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(turn)
        return 6371.0088 * math.acos(max(-1.0, min(1.0, cosine)))

    def moved(self, km: float, bearing: float, name: str | None = None) -> Spot:
        """A point `km` away, with the bearing in radians from north; a made-up town if named."""
        lat = self.latitude + km * math.cos(bearing) / _KM_PER_DEGREE
        wide = _KM_PER_DEGREE * math.cos(math.radians(self.latitude))
        lon = self.longitude + km * math.sin(bearing) / wide
        own = self.place
        place = Place(name, own.region, own.country, own.country_code) if name else own
        return Spot(lat, lon, place)

    def near(self, rng: np.random.Generator, low_km: float, high_km: float) -> Spot:
        """A random point between two distances, under the same name."""
        return self.moved(rng.uniform(low_km, high_km), rng.uniform(0, 2 * math.pi))


_TABLE = """
Prague|Prague|Czechia|CZ|50.0755|14.4378
Brno|South Moravia|Czechia|CZ|49.1951|16.6068
Vienna|Vienna|Austria|AT|48.2082|16.3738
Salzburg|Salzburg|Austria|AT|47.8095|13.0550
Innsbruck|Tyrol|Austria|AT|47.2692|11.4041
Munich|Bavaria|Germany|DE|48.1351|11.5820
Berlin|Berlin|Germany|DE|52.5200|13.4050
Hamburg|Hamburg|Germany|DE|53.5511|9.9937
Cologne|North Rhine-Westphalia|Germany|DE|50.9375|6.9603
Dresden|Saxony|Germany|DE|51.0504|13.7373
Venice|Veneto|Italy|IT|45.4408|12.3155
Florence|Tuscany|Italy|IT|43.7696|11.2558
Rome|Lazio|Italy|IT|41.9028|12.4964
Milan|Lombardy|Italy|IT|45.4642|9.1900
Bologna|Emilia-Romagna|Italy|IT|44.4949|11.3426
Naples|Campania|Italy|IT|40.8518|14.2681
Paris|Île-de-France|France|FR|48.8566|2.3522
Lyon|Rhône-Alpes|France|FR|45.7640|4.8357
Marseille|Provence|France|FR|43.2965|5.3698
Bordeaux|Nouvelle-Aquitaine|France|FR|44.8378|-0.5792
Barcelona|Catalonia|Spain|ES|41.3874|2.1686
Madrid|Madrid|Spain|ES|40.4168|-3.7038
Seville|Andalusia|Spain|ES|37.3891|-5.9845
Granada|Andalusia|Spain|ES|37.1773|-3.5986
Lisbon|Lisbon|Portugal|PT|38.7223|-9.1393
Porto|Porto|Portugal|PT|41.1579|-8.6291
London|Greater London|United Kingdom|GB|51.5074|-0.1278
Bath|Somerset|United Kingdom|GB|51.3811|-2.3590
Edinburgh|Scotland|United Kingdom|GB|55.9533|-3.1883
Manchester|Greater Manchester|United Kingdom|GB|53.4808|-2.2426
Dublin|Dublin|Ireland|IE|53.3498|-6.2603
Amsterdam|North Holland|Netherlands|NL|52.3676|4.9041
Copenhagen|Capital Region|Denmark|DK|55.6761|12.5683
Stockholm|Stockholm|Sweden|SE|59.3293|18.0686
Oslo|Oslo|Norway|NO|59.9139|10.7522
Bergen|Vestland|Norway|NO|60.3913|5.3221
Kraków|Lesser Poland|Poland|PL|50.0647|19.9450
Warsaw|Mazovia|Poland|PL|52.2297|21.0122
Budapest|Budapest|Hungary|HU|47.4979|19.0402
Ljubljana|Ljubljana|Slovenia|SI|46.0569|14.5058
Split|Dalmatia|Croatia|HR|43.5081|16.4402
Athens|Attica|Greece|GR|37.9838|23.7275
Istanbul|Istanbul|Türkiye|TR|41.0082|28.9784
San Francisco|California|United States|US|37.7749|-122.4194
Los Angeles|California|United States|US|34.0522|-118.2437
San Diego|California|United States|US|32.7157|-117.1611
Las Vegas|Nevada|United States|US|36.1699|-115.1398
Reno|Nevada|United States|US|39.5296|-119.8138
Flagstaff|Arizona|United States|US|35.1983|-111.6513
Phoenix|Arizona|United States|US|33.4484|-112.0740
Moab|Utah|United States|US|38.5733|-109.5498
Salt Lake City|Utah|United States|US|40.7608|-111.8910
Denver|Colorado|United States|US|39.7392|-104.9903
Santa Fe|New Mexico|United States|US|35.6870|-105.9378
Portland|Oregon|United States|US|45.5152|-122.6784
Seattle|Washington|United States|US|47.6062|-122.3321
Vancouver|British Columbia|Canada|CA|49.2827|-123.1207
New York|New York|United States|US|40.7128|-74.0060
Boston|Massachusetts|United States|US|42.3601|-71.0589
Philadelphia|Pennsylvania|United States|US|39.9526|-75.1652
Toronto|Ontario|Canada|CA|43.6532|-79.3832
Montreal|Quebec|Canada|CA|45.5017|-73.5673
Tokyo|Tokyo|Japan|JP|35.6762|139.6503
Kyoto|Kyoto|Japan|JP|35.0116|135.7681
Hiroshima|Hiroshima|Japan|JP|34.3853|132.4553
Sydney|New South Wales|Australia|AU|-33.8688|151.2093
Melbourne|Victoria|Australia|AU|-37.8136|144.9631
Canberra|ACT|Australia|AU|-35.2809|149.1300
"""

CITIES: tuple[Spot, ...] = tuple(
    Spot(float(lat), float(lon), Place(city, region, country, code))
    for city, region, country, code, lat, lon in (
        line.split("|") for line in _TABLE.strip().splitlines()
    )
)


def cities_within(spot: Spot, low_km: float, high_km: float) -> list[Spot]:
    """Cities between two distances of a spot."""
    return [city for city in CITIES if low_km <= spot.km_to(city) <= high_km]
