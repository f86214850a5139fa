"""The accepted names of time zones, and hints for names that are not accepted.

Source: tzdata 2026.6 (the IANA time zone database, release 2026f): its list ``zones`` without ``Factory``. ``_PLACES``
is ``zone.tab``, ``_LINKS`` the rest of the form Area/City, and ``_WITHOUT_AREA`` everything else. Windows names: CLDR
as in Babel 2.18.0. Other names for zones were collected by hand, last on 2026-11-24. ``tests/data/generate.py`` writes
all but these.
"""

from collections.abc import Mapping
from functools import cache
from typing import Final

_PLACES = """
Africa/Abidjan Africa/Accra Africa/Addis_Ababa Africa/Algiers Africa/Asmara Africa/Bamako Africa/Bangui Africa/Banjul
Africa/Bissau Africa/Blantyre Africa/Brazzaville Africa/Bujumbura Africa/Cairo Africa/Casablanca Africa/Ceuta
Africa/Conakry Africa/Dakar Africa/Dar_es_Salaam Africa/Djibouti Africa/Douala Africa/El_Aaiun Africa/Freetown
Africa/Gaborone Africa/Harare Africa/Johannesburg Africa/Juba Africa/Kampala Africa/Khartoum Africa/Kigali
Africa/Kinshasa Africa/Lagos Africa/Libreville Africa/Lome Africa/Luanda Africa/Lubumbashi Africa/Lusaka Africa/Malabo
Africa/Maputo Africa/Maseru Africa/Mbabane Africa/Mogadishu Africa/Monrovia Africa/Nairobi Africa/Ndjamena Africa/Niamey
Africa/Nouakchott Africa/Ouagadougou Africa/Porto-Novo Africa/Sao_Tome Africa/Tripoli Africa/Tunis Africa/Windhoek
America/Adak America/Anchorage America/Anguilla America/Antigua America/Araguaina America/Argentina/Buenos_Aires
America/Argentina/Catamarca America/Argentina/Cordoba America/Argentina/Jujuy America/Argentina/La_Rioja
America/Argentina/Mendoza America/Argentina/Rio_Gallegos America/Argentina/Salta America/Argentina/San_Juan
America/Argentina/San_Luis America/Argentina/Tucuman America/Argentina/Ushuaia America/Aruba America/Asuncion
America/Atikokan America/Bahia America/Bahia_Banderas America/Barbados America/Belem America/Belize America/Blanc-Sablon
America/Boa_Vista America/Bogota America/Boise America/Cambridge_Bay America/Campo_Grande America/Cancun America/Caracas
America/Cayenne America/Cayman America/Chicago America/Chihuahua America/Ciudad_Juarez America/Costa_Rica
America/Coyhaique America/Creston America/Cuiaba America/Curacao America/Danmarkshavn America/Dawson
America/Dawson_Creek America/Denver America/Detroit America/Dominica America/Edmonton America/Eirunepe
America/El_Salvador America/Fort_Nelson America/Fortaleza America/Glace_Bay America/Goose_Bay America/Grand_Turk
America/Grenada America/Guadeloupe America/Guatemala America/Guayaquil America/Guyana America/Halifax America/Havana
America/Hermosillo America/Indiana/Indianapolis America/Indiana/Knox America/Indiana/Marengo America/Indiana/Petersburg
America/Indiana/Tell_City America/Indiana/Vevay America/Indiana/Vincennes America/Indiana/Winamac America/Inuvik
America/Iqaluit America/Jamaica America/Juneau America/Kentucky/Louisville America/Kentucky/Monticello
America/Kralendijk America/La_Paz America/Lima America/Los_Angeles America/Lower_Princes America/Maceio America/Managua
America/Manaus America/Marigot America/Martinique America/Matamoros America/Mazatlan America/Menominee America/Merida
America/Metlakatla America/Mexico_City America/Miquelon America/Moncton America/Monterrey America/Montevideo
America/Montserrat America/Nassau America/New_York America/Nome America/Noronha America/North_Dakota/Beulah
America/North_Dakota/Center America/North_Dakota/New_Salem America/Nuuk America/Ojinaga America/Panama
America/Paramaribo America/Phoenix America/Port-au-Prince America/Port_of_Spain America/Porto_Velho America/Puerto_Rico
America/Punta_Arenas America/Rankin_Inlet America/Recife America/Regina America/Resolute America/Rio_Branco
America/Santarem America/Santiago America/Santo_Domingo America/Sao_Paulo America/Scoresbysund America/Sitka
America/St_Barthelemy America/St_Johns America/St_Kitts America/St_Lucia America/St_Thomas America/St_Vincent
America/Swift_Current America/Tegucigalpa America/Thule America/Tijuana America/Toronto America/Tortola
America/Vancouver America/Whitehorse America/Winnipeg America/Yakutat Antarctica/Casey Antarctica/Davis
Antarctica/DumontDUrville Antarctica/Macquarie Antarctica/Mawson Antarctica/McMurdo Antarctica/Palmer Antarctica/Rothera
Antarctica/Syowa Antarctica/Troll Antarctica/Vostok Arctic/Longyearbyen Asia/Aden Asia/Almaty Asia/Amman Asia/Anadyr
Asia/Aqtau Asia/Aqtobe Asia/Ashgabat Asia/Atyrau Asia/Baghdad Asia/Bahrain Asia/Baku Asia/Bangkok Asia/Barnaul
Asia/Beirut Asia/Bishkek Asia/Brunei Asia/Chita Asia/Colombo Asia/Damascus Asia/Dhaka Asia/Dili Asia/Dubai Asia/Dushanbe
Asia/Famagusta Asia/Gaza Asia/Hebron Asia/Ho_Chi_Minh Asia/Hong_Kong Asia/Hovd Asia/Irkutsk Asia/Jakarta Asia/Jayapura
Asia/Jerusalem Asia/Kabul Asia/Kamchatka Asia/Karachi Asia/Kathmandu Asia/Khandyga Asia/Kolkata Asia/Krasnoyarsk
Asia/Kuala_Lumpur Asia/Kuching Asia/Kuwait Asia/Macau Asia/Magadan Asia/Makassar Asia/Manila Asia/Muscat Asia/Nicosia
Asia/Novokuznetsk Asia/Novosibirsk Asia/Omsk Asia/Oral Asia/Phnom_Penh Asia/Pontianak Asia/Pyongyang Asia/Qatar
Asia/Qostanay Asia/Qyzylorda Asia/Riyadh Asia/Sakhalin Asia/Samarkand Asia/Seoul Asia/Shanghai Asia/Singapore
Asia/Srednekolymsk Asia/Taipei Asia/Tashkent Asia/Tbilisi Asia/Tehran Asia/Thimphu Asia/Tokyo Asia/Tomsk
Asia/Ulaanbaatar Asia/Urumqi Asia/Ust-Nera Asia/Vientiane Asia/Vladivostok Asia/Yakutsk Asia/Yangon Asia/Yekaterinburg
Asia/Yerevan Atlantic/Azores Atlantic/Bermuda Atlantic/Canary Atlantic/Cape_Verde Atlantic/Faroe Atlantic/Madeira
Atlantic/Reykjavik Atlantic/South_Georgia Atlantic/St_Helena Atlantic/Stanley Australia/Adelaide Australia/Brisbane
Australia/Broken_Hill Australia/Darwin Australia/Eucla Australia/Hobart Australia/Lindeman Australia/Lord_Howe
Australia/Melbourne Australia/Perth Australia/Sydney Europe/Amsterdam Europe/Andorra Europe/Astrakhan Europe/Athens
Europe/Belgrade Europe/Berlin Europe/Bratislava Europe/Brussels Europe/Bucharest Europe/Budapest Europe/Busingen
Europe/Chisinau Europe/Copenhagen Europe/Dublin Europe/Gibraltar Europe/Guernsey Europe/Helsinki Europe/Isle_of_Man
Europe/Istanbul Europe/Jersey Europe/Kaliningrad Europe/Kirov Europe/Kyiv Europe/Lisbon Europe/Ljubljana Europe/London
Europe/Luxembourg Europe/Madrid Europe/Malta Europe/Mariehamn Europe/Minsk Europe/Monaco Europe/Moscow Europe/Oslo
Europe/Paris Europe/Podgorica Europe/Prague Europe/Riga Europe/Rome Europe/Samara Europe/San_Marino Europe/Sarajevo
Europe/Saratov Europe/Simferopol Europe/Skopje Europe/Sofia Europe/Stockholm Europe/Tallinn Europe/Tirane
Europe/Ulyanovsk Europe/Vaduz Europe/Vatican Europe/Vienna Europe/Vilnius Europe/Volgograd Europe/Warsaw Europe/Zagreb
Europe/Zurich Indian/Antananarivo Indian/Chagos Indian/Christmas Indian/Cocos Indian/Comoro Indian/Kerguelen Indian/Mahe
Indian/Maldives Indian/Mauritius Indian/Mayotte Indian/Reunion Pacific/Apia Pacific/Auckland Pacific/Bougainville
Pacific/Chatham Pacific/Chuuk Pacific/Easter Pacific/Efate Pacific/Fakaofo Pacific/Fiji Pacific/Funafuti
Pacific/Galapagos Pacific/Gambier Pacific/Guadalcanal Pacific/Guam Pacific/Honolulu Pacific/Kanton Pacific/Kiritimati
Pacific/Kosrae Pacific/Kwajalein Pacific/Majuro Pacific/Marquesas Pacific/Midway Pacific/Nauru Pacific/Niue
Pacific/Norfolk Pacific/Noumea Pacific/Pago_Pago Pacific/Palau Pacific/Pitcairn Pacific/Pohnpei Pacific/Port_Moresby
Pacific/Rarotonga Pacific/Saipan Pacific/Tahiti Pacific/Tarawa Pacific/Tongatapu Pacific/Wake Pacific/Wallis
"""

# Accepted as well, because stored documents contain them: older spellings, and names of regions.
_LINKS = """
Africa/Asmera Africa/Timbuktu America/Argentina/ComodRivadavia America/Atka America/Buenos_Aires America/Catamarca
America/Coral_Harbour America/Cordoba America/Ensenada America/Fort_Wayne America/Godthab America/Indianapolis
America/Jujuy America/Knox_IN America/Louisville America/Mendoza America/Montreal America/Nipigon America/Pangnirtung
America/Porto_Acre America/Rainy_River America/Rosario America/Santa_Isabel America/Shiprock America/Thunder_Bay
America/Virgin America/Yellowknife Antarctica/South_Pole Asia/Ashkhabad Asia/Calcutta Asia/Choibalsan Asia/Chongqing
Asia/Chungking Asia/Dacca Asia/Harbin Asia/Istanbul Asia/Kashgar Asia/Katmandu Asia/Macao Asia/Rangoon Asia/Saigon
Asia/Tel_Aviv Asia/Thimbu Asia/Ujung_Pandang Asia/Ulan_Bator Atlantic/Faeroe Atlantic/Jan_Mayen Australia/ACT
Australia/Canberra Australia/Currie Australia/LHI Australia/NSW Australia/North Australia/Queensland Australia/South
Australia/Tasmania Australia/Victoria Australia/West Australia/Yancowinna Brazil/Acre Brazil/DeNoronha Brazil/East
Brazil/West Canada/Atlantic Canada/Central Canada/Eastern Canada/Mountain Canada/Newfoundland Canada/Pacific
Canada/Saskatchewan Canada/Yukon Chile/Continental Chile/EasterIsland Europe/Belfast Europe/Kiev Europe/Nicosia
Europe/Tiraspol Europe/Uzhgorod Europe/Zaporozhye Mexico/BajaNorte Mexico/BajaSur Mexico/General Pacific/Enderbury
Pacific/Johnston Pacific/Ponape Pacific/Samoa Pacific/Truk Pacific/Yap US/Alaska US/Aleutian US/Arizona US/Central
US/East-Indiana US/Eastern US/Hawaii US/Indiana-Starke US/Michigan US/Mountain US/Pacific US/Samoa
"""

# Accepted as well, because calendars contain them. A place is suggested instead where one is known: EST is UTC-5 in
# summer too, and so is Etc/GMT+5.
_WITHOUT_AREA = """
CET CST6CDT Cuba EET EST EST5EDT Egypt Eire Etc/GMT Etc/GMT+0 Etc/GMT+1 Etc/GMT+10 Etc/GMT+11 Etc/GMT+12 Etc/GMT+2
Etc/GMT+3 Etc/GMT+4 Etc/GMT+5 Etc/GMT+6 Etc/GMT+7 Etc/GMT+8 Etc/GMT+9 Etc/GMT-0 Etc/GMT-1 Etc/GMT-10 Etc/GMT-11
Etc/GMT-12 Etc/GMT-13 Etc/GMT-14 Etc/GMT-2 Etc/GMT-3 Etc/GMT-4 Etc/GMT-5 Etc/GMT-6 Etc/GMT-7 Etc/GMT-8 Etc/GMT-9
Etc/GMT0 Etc/Greenwich Etc/UCT Etc/UTC Etc/Universal Etc/Zulu GB GB-Eire GMT GMT+0 GMT-0 GMT0 Greenwich HST Hongkong
Iceland Iran Israel Jamaica Japan Kwajalein Libya MET MST MST7MDT NZ NZ-CHAT Navajo PRC PST8PDT Poland Portugal ROC ROK
Singapore Turkey UCT UTC Universal W-SU WET Zulu
"""

# The names in Outlook and Exchange, without Windows' offsets that have no place (UTC-11).
_WINDOWS = """
AUS Central Standard Time = Australia/Darwin; AUS Eastern Standard Time = Australia/Sydney;
Afghanistan Standard Time = Asia/Kabul; Alaskan Standard Time = America/Anchorage;
Aleutian Standard Time = America/Adak; Altai Standard Time = Asia/Barnaul; Arab Standard Time = Asia/Riyadh;
Arabian Standard Time = Asia/Dubai; Arabic Standard Time = Asia/Baghdad;
Argentina Standard Time = America/Argentina/Buenos_Aires; Astrakhan Standard Time = Europe/Astrakhan;
Atlantic Standard Time = America/Halifax; Aus Central W. Standard Time = Australia/Eucla;
Azerbaijan Standard Time = Asia/Baku; Azores Standard Time = Atlantic/Azores; Bahia Standard Time = America/Bahia;
Bangladesh Standard Time = Asia/Dhaka; Belarus Standard Time = Europe/Minsk;
Bougainville Standard Time = Pacific/Bougainville; Canada Central Standard Time = America/Regina;
Cape Verde Standard Time = Atlantic/Cape_Verde; Caucasus Standard Time = Asia/Yerevan;
Cen. Australia Standard Time = Australia/Adelaide; Central America Standard Time = America/Guatemala;
Central Asia Standard Time = Asia/Bishkek; Central Brazilian Standard Time = America/Cuiaba;
Central Europe Standard Time = Europe/Budapest; Central European Standard Time = Europe/Warsaw;
Central Pacific Standard Time = Pacific/Guadalcanal; Central Standard Time = America/Chicago;
Central Standard Time (Mexico) = America/Mexico_City; Chatham Islands Standard Time = Pacific/Chatham;
China Standard Time = Asia/Shanghai; Cuba Standard Time = America/Havana; E. Africa Standard Time = Africa/Nairobi;
E. Australia Standard Time = Australia/Brisbane; E. Europe Standard Time = Europe/Chisinau;
E. South America Standard Time = America/Sao_Paulo; Easter Island Standard Time = Pacific/Easter;
Eastern Standard Time = America/New_York; Eastern Standard Time (Mexico) = America/Cancun;
Egypt Standard Time = Africa/Cairo; Ekaterinburg Standard Time = Asia/Yekaterinburg; FLE Standard Time = Europe/Kyiv;
Fiji Standard Time = Pacific/Fiji; GMT Standard Time = Europe/London; GTB Standard Time = Europe/Bucharest;
Georgian Standard Time = Asia/Tbilisi; Greenland Standard Time = America/Nuuk;
Greenwich Standard Time = Atlantic/Reykjavik; Haiti Standard Time = America/Port-au-Prince;
Hawaiian Standard Time = Pacific/Honolulu; India Standard Time = Asia/Kolkata; Iran Standard Time = Asia/Tehran;
Israel Standard Time = Asia/Jerusalem; Jordan Standard Time = Asia/Amman;
Kaliningrad Standard Time = Europe/Kaliningrad; Korea Standard Time = Asia/Seoul; Libya Standard Time = Africa/Tripoli;
Line Islands Standard Time = Pacific/Kiritimati; Lord Howe Standard Time = Australia/Lord_Howe;
Magadan Standard Time = Asia/Magadan; Magallanes Standard Time = America/Punta_Arenas;
Marquesas Standard Time = Pacific/Marquesas; Mauritius Standard Time = Indian/Mauritius;
Middle East Standard Time = Asia/Beirut; Montevideo Standard Time = America/Montevideo;
Morocco Standard Time = Africa/Casablanca; Mountain Standard Time = America/Denver;
Mountain Standard Time (Mexico) = America/Mazatlan; Myanmar Standard Time = Asia/Yangon;
N. Central Asia Standard Time = Asia/Novosibirsk; Namibia Standard Time = Africa/Windhoek;
Nepal Standard Time = Asia/Kathmandu; New Zealand Standard Time = Pacific/Auckland;
Newfoundland Standard Time = America/St_Johns; Norfolk Standard Time = Pacific/Norfolk;
North Asia East Standard Time = Asia/Irkutsk; North Asia Standard Time = Asia/Krasnoyarsk;
North Korea Standard Time = Asia/Pyongyang; Omsk Standard Time = Asia/Omsk; Pacific SA Standard Time = America/Santiago;
Pacific Standard Time = America/Los_Angeles; Pacific Standard Time (Mexico) = America/Tijuana;
Pakistan Standard Time = Asia/Karachi; Paraguay Standard Time = America/Asuncion;
Qyzylorda Standard Time = Asia/Qyzylorda; Romance Standard Time = Europe/Paris;
Russia Time Zone 10 = Asia/Srednekolymsk; Russia Time Zone 11 = Asia/Kamchatka; Russia Time Zone 3 = Europe/Samara;
Russian Standard Time = Europe/Moscow; SA Eastern Standard Time = America/Cayenne;
SA Pacific Standard Time = America/Bogota; SA Western Standard Time = America/La_Paz;
SE Asia Standard Time = Asia/Bangkok; Saint Pierre Standard Time = America/Miquelon;
Sakhalin Standard Time = Asia/Sakhalin; Samoa Standard Time = Pacific/Apia; Sao Tome Standard Time = Africa/Sao_Tome;
Saratov Standard Time = Europe/Saratov; Singapore Standard Time = Asia/Singapore;
South Africa Standard Time = Africa/Johannesburg; South Sudan Standard Time = Africa/Juba;
Sri Lanka Standard Time = Asia/Colombo; Sudan Standard Time = Africa/Khartoum; Syria Standard Time = Asia/Damascus;
Taipei Standard Time = Asia/Taipei; Tasmania Standard Time = Australia/Hobart;
Tocantins Standard Time = America/Araguaina; Tokyo Standard Time = Asia/Tokyo; Tomsk Standard Time = Asia/Tomsk;
Tonga Standard Time = Pacific/Tongatapu; Transbaikal Standard Time = Asia/Chita; Turkey Standard Time = Europe/Istanbul;
Turks And Caicos Standard Time = America/Grand_Turk; US Eastern Standard Time = America/Indiana/Indianapolis;
US Mountain Standard Time = America/Phoenix; Ulaanbaatar Standard Time = Asia/Ulaanbaatar;
Venezuela Standard Time = America/Caracas; Vladivostok Standard Time = Asia/Vladivostok;
Volgograd Standard Time = Europe/Volgograd; W. Australia Standard Time = Australia/Perth;
W. Central Africa Standard Time = Africa/Lagos; W. Europe Standard Time = Europe/Berlin;
W. Mongolia Standard Time = Asia/Hovd; West Asia Standard Time = Asia/Tashkent; West Bank Standard Time = Asia/Hebron;
West Pacific Standard Time = Pacific/Port_Moresby; Yakutsk Standard Time = Asia/Yakutsk;
Yukon Standard Time = America/Whitehorse
"""

# If several countries share an abbreviation (IST, CST), this is its best-known use. GMT has the same offset all year,
# unlike London, so it means UTC.
_OTHER_NAMES = """
UTC: z, zulu, ut, uct, universal, gmt, gmt0, gmt+0, gmt-0, greenwich, etc/utc, etc/uct, etc/universal, etc/zulu
UTC: etc/gmt, etc/gmt0, etc/gmt+0, etc/gmt-0, etc/greenwich, utc+0, utc-0, utc+00:00, coordinated universal time
UTC: greenwich mean time

Africa/Abidjan: yamoussoukro
Africa/Accra: kumasi
Africa/Algiers: alger, oran
Africa/Asmara: asmera
Africa/Bujumbura: gitega
Africa/Cairo: egypt, alexandria, giza, luxor, sharm el sheikh, sharm el-sheikh
Africa/Casablanca: rabat, marrakesh, marrakech, fez, tangier, agadir
Africa/Dar_es_Salaam: dodoma, zanzibar, arusha
Africa/Douala: yaoundé, yaounde
Africa/Harare: bulawayo, victoria falls
Africa/Johannesburg: sast, pretoria, cape town, durban, stellenbosch
Africa/Lagos: wat, abuja, ibadan, kano, port harcourt
Africa/Lome: lomé
Africa/Maputo: cat
Africa/Mogadishu: hargeisa
Africa/Nairobi: eat, mombasa
Africa/Ndjamena: n'djamena
Africa/Porto-Novo: cotonou, porto novo
Africa/Sao_Tome: são tomé
Africa/Tripoli: libya, benghazi

America/Adak: atka
America/Anchorage: akst, akdt, alaska, fairbanks
America/Argentina/Buenos_Aires: art, buenos aires, la plata
America/Argentina/Cordoba: cordoba, córdoba, rosario
America/Argentina/Mendoza: mendoza
America/Argentina/Ushuaia: ushuaia
America/Asuncion: asunción
America/Bahia: salvador
America/Barbados: bridgetown
America/Belize: belmopan
America/Bogota: cot, bogotá, medellin, medellín, cali, cartagena
America/Cancun: cancún
America/Caracas: vet, maracaibo
America/Chicago: ct, cst, cdt, central time, cst6cdt, houston, dallas, austin, san antonio, minneapolis, new orleans
America/Chicago: nashville, memphis, milwaukee, kansas city, st louis, st. louis, saint louis
America/Denver: mt, mst, mdt, mountain time, mst7mdt, navajo, salt lake city, albuquerque, boulder
America/Dominica: roseau
America/Edmonton: calgary, banff, yellowknife
America/El_Salvador: san salvador
America/Guatemala: guatemala city
America/Guayaquil: quito
America/Guyana: georgetown
America/Halifax: ast, adt, atlantic time
America/Havana: cuba, la habana
America/Indiana/Indianapolis: indianapolis
America/Jamaica: kingston, montego bay
America/Kentucky/Louisville: louisville
America/La_Paz: sucre, cochabamba
America/Lima: pet, cusco
America/Los_Angeles: pt, pst, pdt, pacific time, pst8pdt, la, california, san francisco, seattle, san diego
America/Los_Angeles: las vegas, silicon valley, sacramento, oakland
America/Mexico_City: ciudad de méxico, cdmx, guadalajara, puebla, acapulco
America/New_York: et, est, edt, eastern time, est5edt, nyc, new york city, washington, washington dc, washington d.c.
America/New_York: boston, philadelphia, miami, atlanta, baltimore, orlando, pittsburgh
America/Nuuk: godthab
America/Panama: panama city, panamá
America/Phoenix: arizona, tucson
America/Port-au-Prince: port au prince
America/Puerto_Rico: san juan
America/Regina: saskatoon
America/Santiago: clt, clst, santiago de chile, valparaiso, valparaíso
America/Santo_Domingo: punta cana
America/Sao_Paulo: brt, são paulo, brasilia, brasília, rio, rio de janeiro, belo horizonte, curitiba, porto alegre
America/Sao_Paulo: florianopolis, florianópolis
America/St_Johns: nst, ndt, newfoundland, st johns, st. john's
America/St_Lucia: castries
America/Toronto: ottawa, montreal, montréal, quebec, québec, quebec city, thunder bay
America/Winnipeg: manitoba

Asia/Aden: sana'a, sanaa
Asia/Almaty: astana, nur-sultan
Asia/Amman: petra
Asia/Ashgabat: ashkhabad
Asia/Baghdad: basra, erbil
Asia/Bahrain: manama
Asia/Bangkok: ict, chiang mai, phuket, pattaya
Asia/Brunei: bandar seri begawan
Asia/Colombo: kandy
Asia/Damascus: aleppo
Asia/Dhaka: dacca, chittagong, chattogram
Asia/Dubai: abu dhabi, sharjah
Asia/Hebron: ramallah
Asia/Ho_Chi_Minh: ho chi minh city, saigon, hanoi, da nang, hue
Asia/Hong_Kong: hkt, hongkong
Asia/Jakarta: wib, bandung, surabaya
Asia/Jayapura: wit
Asia/Jerusalem: israel, idt, tel aviv, tel aviv-yafo, haifa
Asia/Kabul: aft
Asia/Karachi: pkt, islamabad, lahore, rawalpindi
Asia/Kathmandu: npt, katmandu, pokhara
Asia/Kolkata: ist, calcutta, mumbai, bombay, delhi, new delhi, bangalore, bengaluru, chennai, madras, hyderabad, pune
Asia/Kolkata: ahmedabad, goa, jaipur, kochi
Asia/Kuala_Lumpur: myt, putrajaya, penang
Asia/Kuwait: kuwait city
Asia/Macau: macao
Asia/Makassar: wita, ujung pandang, bali, denpasar
Asia/Manila: pht, cebu, davao, quezon city
Asia/Nicosia: limassol, larnaca
Asia/Phnom_Penh: siem reap
Asia/Pyongyang: p'yongyang
Asia/Qatar: doha
Asia/Riyadh: mecca, makkah, medina, jeddah, dammam
Asia/Seoul: kst, rok, busan, pusan, incheon, daejeon, daegu, jeju
Asia/Shanghai: prc, beijing, peking, shenzhen, guangzhou, canton, chengdu, chongqing, chungking, wuhan, nanjing
Asia/Shanghai: hangzhou, tianjin, harbin, xi'an, xian, suzhou
Asia/Singapore: sgt
Asia/Taipei: roc, kaohsiung
Asia/Tashkent: uzt
Asia/Tehran: iran, irst, teheran, isfahan, mashhad, shiraz
Asia/Thimphu: thimbu
Asia/Tokyo: jst, japan, osaka, kyoto, nagoya, yokohama, sapporo, hiroshima, fukuoka
Asia/Ulaanbaatar: ulan bator
Asia/Yangon: mmt, rangoon, naypyidaw, nay pyi taw, mandalay
Asia/Yekaterinburg: ekaterinburg

Atlantic/Azores: ponta delgada
Atlantic/Canary: las palmas, tenerife
Atlantic/Cape_Verde: praia, cabo verde
Atlantic/Faroe: faeroe, torshavn, tórshavn
Atlantic/Madeira: funchal
Atlantic/Reykjavik: iceland, reykjavík

Australia/Adelaide: acst, acdt
Australia/Brisbane: gold coast, cairns
Australia/Perth: awst
Australia/Sydney: aet, aest, aedt, canberra

Europe/Amsterdam: the hague, den haag, rotterdam, utrecht, eindhoven
Europe/Athens: eet, eest, athina, thessaloniki, piraeus
Europe/Belgrade: beograd, novi sad
Europe/Berlin: mez, mesz, munich, münchen, frankfurt, frankfurt am main, hamburg, cologne, köln, bonn, stuttgart
Europe/Berlin: düsseldorf, dusseldorf, dresden, leipzig, hanover, hannover, nuremberg, nürnberg
Europe/Brussels: bruxelles, brussel, antwerp, antwerpen, ghent, bruges
Europe/Bucharest: bucurești, bucuresti, cluj-napoca
Europe/Budapest: debrecen
Europe/Chisinau: chișinău, kishinev
Europe/Copenhagen: københavn, kobenhavn, aarhus, odense
Europe/Dublin: eire, cork, galway
Europe/Helsinki: espoo, tampere, turku
Europe/Istanbul: trt, turkey, türkiye, i̇stanbul, ankara, izmir, antalya, asia/ankara
Europe/Kyiv: kiev, lviv, odesa, odessa, kharkiv
Europe/Lisbon: wet, west, portugal, lisboa, porto
Europe/Ljubljana: bled
Europe/London: gb, gb-eire, bst, edinburgh, glasgow, manchester, birmingham, liverpool, cardiff, belfast
Europe/Luxembourg: luxemburg, luxembourg city
Europe/Madrid: barcelona, seville, sevilla, valencia, bilbao, malaga, málaga
Europe/Malta: valletta
Europe/Monaco: monte carlo, monte-carlo
Europe/Moscow: msk, w-su, moskva, st petersburg, st. petersburg, saint petersburg, sochi, kazan, nizhny novgorod
Europe/Oslo: bergen, trondheim
Europe/Paris: lyon, marseille, nice, strasbourg, toulouse, cannes, bordeaux, lille, montpellier
Europe/Prague: praha, brno
Europe/Rome: roma, milan, milano, naples, napoli, turin, torino, florence, firenze, venice, venezia, trieste, bologna
Europe/Sofia: plovdiv, varna
Europe/Stockholm: gothenburg, göteborg, malmö, malmo, uppsala
Europe/Tallinn: tartu
Europe/Tirane: tirana, tiranë
Europe/Vatican: vatican city, holy see
Europe/Vienna: wien, salzburg, graz, linz, innsbruck
Europe/Vilnius: kaunas
Europe/Warsaw: poland, warszawa, krakow, kraków, cracow, gdansk, gdańsk, wroclaw, wrocław, poznan, poznań, lodz, łódź
Europe/Zagreb: split, dubrovnik
Europe/Zurich: cet, cest, met, mest, geneva, genève, geneve, genf, ginevra, ginebra, zürich, bern, berne, basel, basle
Europe/Zurich: bâle, lausanne, lugano, lucerne, luzern, montreux, davos, winterthur, st gallen, st. gallen, switzerland

Indian/Comoro: moroni
Indian/Maldives: malé
Indian/Mauritius: port louis

Pacific/Auckland: nz, nzst, nzdt, wellington, christchurch
Pacific/Chatham: nz-chat
Pacific/Efate: port vila
Pacific/Fiji: suva, nadi
Pacific/Guadalcanal: honiara
Pacific/Honolulu: hst, hawaii
Pacific/Noumea: nouméa
Pacific/Tahiti: papeete
Pacific/Tongatapu: nuku'alofa, nukualofa
"""

AREA_ZONES: Final[frozenset[str]] = frozenset(_PLACES.split()) | frozenset(_LINKS.split())
"""The accepted names of the form Area/City, without the offsets of Etc/."""

ZONES: Final[frozenset[str]] = AREA_ZONES | frozenset(_WITHOUT_AREA.split())
"""Every accepted name: those of the tzdata package. A system may have others, which name no zone for other systems."""


@cache
def windows_zones() -> Mapping[str, str]:
    """Return the zone of the best-known place by Windows zone name (CLDR windowsZones)."""
    return {name: zone for name, _, zone in (entry.strip().partition(" = ") for entry in _WINDOWS.split(";"))}


@cache
def zone_hints() -> Mapping[str, str]:
    """Return the member of ZONES to suggest for each casefolded wrong name: that of a place, if there is one.

    A wrong name may be a city without a zone of its own, with or without an area (``geneva``, ``europe/geneva``), a
    city without its area, an abbreviation, a bare name of the database, a Windows name, or an accepted name in the
    wrong case; with spaces or underscores.
    """
    # Nobody who writes "Petersburg" means America/Indiana/Petersburg.
    hints = {zone.casefold(): zone for zone in _WITHOUT_AREA.split()}
    hints.update((zone.rpartition("/")[2].casefold(), zone) for zone in _PLACES.split() if zone.count("/") == 1)
    hints.update((name.casefold().replace(" ", "_"), zone) for name, zone in windows_zones().items())
    for line in filter(None, _OTHER_NAMES.splitlines()):
        zone, _, names = line.partition(": ")
        area = zone.partition("/")[0].casefold()
        for name in names.replace(", ", ",").replace(" ", "_").split(","):
            hints[name] = zone
            hints[f"{area}/{name}"] = zone
    hints.update((zone.casefold(), zone) for zone in AREA_ZONES)
    return hints | {name.replace("_", " "): zone for name, zone in hints.items() if "_" in name}
