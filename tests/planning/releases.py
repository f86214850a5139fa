"""Two releases of the time zone database that differ: one that never was follows the real one."""

from pathlib import Path

from tests.types.zone_files import LocalType, put, time_zone_file
from wtisd_model import Zones

CITY, ABROAD = "Europe/Zurich", "Asia/Tokyo"
CET, CEST = LocalType(3600, is_dst=False, name="CET"), LocalType(7200, is_dst=True, name="CEST")
JST, JDT = LocalType(32_400, is_dst=False, name="JST"), LocalType(36_000, is_dst=True, name="JDT")
OLD = {
    CITY: time_zone_file("CET-1CEST,M3.5.0,M10.5.0/3", [CET, CEST]),
    ABROAD: time_zone_file("JST-9", [JST]),
}
"""What these zones have; nobody plans to change that."""
NEW = {
    CITY: time_zone_file("CEST-2", [CEST]),
    ABROAD: time_zone_file("JST-9JDT,M3.2.0,M11.1.0", [JST, JDT]),
}
"""There is no winter time in Zurich, and there is summer time in Tokyo."""


def release(folder: Path, zones: dict[str, bytes]) -> Zones:
    for name, data in zones.items():
        put(folder, name, data)
    return Zones(folder)
