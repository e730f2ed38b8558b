"""The facts that other pages tell of the years after the two documents: 100 statements and what became of each.

Statements, dates, numbers and confidence are typed here from the two lists they were collected in, agreements and
events (61) and programmes and figures (39). A: the page of the body concerned, of the Commission, the platform or a
public authority, so that its source is official; B: press or a partner, secondary.
"""

from typing import NamedTuple

import pytest

RELIABILITY = {"A": "official", "B": "secondary"}
UNDATED = {"start_on": None, "end_on": None, "date_precision": "undated"}
PLATFORM = "European Cluster Collaboration Platform"


class Statement(NamedTuple):
    """What a page says, how sure it is, how the page is found in `sources`, and the records that tell it."""

    text: str
    confidence: str
    page: str  # title or address of the source
    records: tuple[tuple[str, str, dict], ...]
    is_new: bool = True  # False: the record was there already, and the page is cited with it


def day(first: str, last: str | None = None, precision: str = "day") -> dict:
    return {"start_on": first, "end_on": last or first, "date_precision": precision}


def month(year: int, number: int, last_day: int) -> dict:
    return day(f"{year}-{number:02}-01", f"{year}-{number:02}-{last_day}", "month")


def year(number: int) -> dict:
    return day(f"{number}-01-01", f"{number}-12-31", "year")


def coop(record_id: str, kind: str, status: str, is_eu_us: bool, date: dict) -> tuple[str, str, dict]:
    return "cooperations", record_id, {"kind": kind, "status": status, "is_eu_us": is_eu_us} | date


def event(record_id: str, kind: str, status: str, date: dict) -> tuple[str, str, dict]:
    return "events", record_id, {"kind": kind, "status_in_source": status} | date


def fig(record_id: str, value: float | None, unit: str, qualifier: str, as_of: str | None) -> tuple[str, str, dict]:
    return "figures", record_id, {"value": value, "unit": unit, "qualifier": qualifier, "as_of": as_of}


def place(record_id: str, name: str | None, country: str | None) -> tuple[str, str, dict]:
    return "event_places", record_id, {"place": name, "country_code": country}


def policy(record_id: str, kind: str, side: str, date: dict) -> tuple[str, str, dict]:
    return "policies", record_id, {"kind": kind, "side": side} | date


def other(table: str, record_id: str, field: str, value: str) -> tuple[str, str, dict]:
    """Another value for a field of a record, which keeps its own."""
    return "alternative_values", f"{table}|{record_id}|{field}|{value}", {"value": value}


def attends(event_id: str, *organisations: str, role: str = "participant") -> tuple[tuple[str, str, dict], ...]:
    return tuple(("event_organisations", f"{event_id}|{name}|{role}", {"role": role}) for name in organisations)


SILICON = "Silicon Europe Worldwide is driving internationalization in the USA"
FORUM = "business-connection-forum-albany-2017"
MOU_NANO = "mou-silicon-europe-ny-loves-nanotech-2017"
CEG = "https://ceg.org/?p=6612"
MAGIA = (
    "The MAGIA Alliance organises its first fact-finding mission on Medical Technologies to US and signs a first "
    "international partnership agreement"
)
IAGUA = (
    "https://www.iagua.es/noticias/catalan-water-partnership/"
    "catalan-water-partnership-cierra-acuerdo-mayor-cluster-estados"
)
WATER_2021 = "The Water Council grows international reach"
WATER_MEMORANDA = "TWC grows European network"
WATER_2019 = "Wisconsin's water hub continues to strengthen global ties"
ROADSHOW = "MAI Carbon: Transatlantic Cluster Roadshow mit Composites United und MAI Carbon"
TCI = "Transatlantic Cluster Initiative"
TCI_GERMAN = (
    "https://kooperation-international.de/aktuelles/nachrichten/detail/info/"
    "transatlantische-cluster-initiative-foerdert-wissenstransfer-zwischen-deutschen-und-amerikanischen-in"
)
MISSION_2018 = (
    "https://inno-tsd.fr/en/article/us-cluster-mission-to-the-eu-led-by-inno-tsd-incl-roundtable-for-knowledge-"
    "exchange-and-visits-of-eu-clusters"
)
BOSTON = "catalan-clusters-mission-boston"

AGREEMENTS = (
    Statement(
        "Pittsburgh Robotics Network and Odense Robotics announce a partnership at automatica in Munich",
        "A",
        "Pittsburgh Robotics Network Forms Alliance with Denmark to Boost Robotics Adoption",
        (
            coop(
                "agreement-odense-robotics-pittsburgh-robotics-network-2023",
                "agreement",
                "signed",
                True,
                day("2023-06-29"),
            ),
            ("organisations", "odense-robotics", {"country_code": "DK", "side": "EU", "is_cluster_organisation": True}),
        ),
    ),
    Statement(
        "Silicon Europe, 12 clusters, and NY loves Nanotech sign a memorandum in Albany",
        "A",
        SILICON,
        (
            coop(MOU_NANO, "MoU", "signed", True, day("2017-10-03", "2017-10-05")),
            fig("silicon-europe-alliance-clusters", 12, "clusters", "exact", "2017-10"),
        ),
    ),
    Statement(
        "The forum in Albany was held, which the document of February 2017 plans",
        "A",
        SILICON,
        (
            other("events", FORUM, "status_in_source", "held"),
            other("events", FORUM, "start_on", "2017-10-03"),
            other("events", FORUM, "end_on", "2017-10-05"),
            *attends(FORUM, "center-for-economic-growth", "ny-loves-nanotech", role="organiser"),
            *attends(FORUM, "suny-polytechnic-institute", role="host"),
        ),
        is_new=False,
    ),
    Statement(
        "The Center for Economic Growth states that it executed the memorandum",
        "A",
        CEG,
        (
            ("cooperation_parties", f"{MOU_NANO}|3", {"organisation_id": "center-for-economic-growth", "side": "US"}),
            other("cooperations", MOU_NANO, "start_on", "2017-10-01"),
        ),
    ),
    Statement(
        "Second forum near Munich, no year in the excerpt",
        "A",
        CEG,
        (
            event("business-connection-forum-munich", "matchmaking", "not stated", UNDATED),
            place("business-connection-forum-munich|1", "near Munich", "DE"),
        ),
    ),
    Statement(
        "MAGIA signs with Medical Alley during its first mission",
        "A",
        MAGIA,
        (
            ("cooperations", "mou-magia-medical-alley", {"kind": "MoU", "status": "signed"}),
            event("magia-mission-usa-2019", "mission", "held", day("2019-04-15", "2019-04-19")),
            *attends("magia-mission-usa-2019", "medical-alley-association", role="host"),
        ),
        is_new=False,
    ),
    Statement(
        "Places of that mission: Minneapolis, Washington DC",
        "A",
        MAGIA,
        (
            ("event_places", "magia-mission-usa-2019|1", {"country_code": "US"}),
            *attends("magia-mission-usa-2019", "mayo-clinic", role="host"),
        ),
        is_new=False,
    ),
    Statement(
        "MAGIA: eight memoranda of two years, one with a US body and seven with Chinese ones",
        "B",
        "https://actuia.com/actualite/le-projet-europeen-magia-ouvre-de-nouvelles-portes-vers-la-chine-et-les-etats-"
        "unis-pour-les-pme-du-pole-de-competitivite-lyonbiopole",
        (
            fig("magia-mous", 8, "MoUs", "exact", None),
            fig("magia-mous-china", 7, "MoUs", "exact", None),
            fig("magia-mou-term", 2, "years", "exact", None),
        ),
        is_new=False,
    ),
    Statement(
        "The Water Council and Catalan Water Partnership: three-year agreement, mission of 12 firms to New Orleans",
        "B",
        IAGUA,
        (
            coop("agreement-water-council-catalan-water-partnership-2018", "agreement", "signed", True, year(2018)),
            fig("water-council-catalan-water-partnership-term", 3, "years", "exact", "2018"),
            event("catalan-water-mission-new-orleans-2018", "mission", "held", year(2018)),
            place("catalan-water-mission-new-orleans-2018|1", "New Orleans", "US"),
            fig("catalan-water-mission-2018-firms", 12, "firms", "exact", "2018"),
        ),
    ),
    Statement(
        "They renew it in October 2021",
        "A",
        WATER_2021,
        (coop("mou-water-council-catalan-water-partnership-2021", "MoU", "renewed", True, month(2021, 10, 31)),),
    ),
    Statement(
        "A dozen members visit Milwaukee in autumn 2019",
        "A",
        WATER_2021,
        (
            event("catalan-water-visit-milwaukee-2019", "visit", "held", day("2019-09-01", "2019-11-30", "season")),
            fig("catalan-water-visit-2019-members", 12, "members", "exact", "2019"),
        ),
    ),
    Statement(
        "Virtual exchange in 2020",
        "A",
        WATER_2021,
        (
            event("catalan-water-virtual-exchange-2020", "visit", "held", year(2020)),
            place("catalan-water-virtual-exchange-2020|1", None, None),
        ),
    ),
    Statement(
        "Joint venture of SIGMA DAF Clarifiers and Clearwater Industries, 2021",
        "A",
        WATER_2021,
        (coop("collaboration-sigma-daf-clearwater-2021", "collaboration", "completed", True, year(2021)),),
    ),
    Statement(
        "Memorandum of action with Aqua-Valley and Aquanova, 26 September of a year not in the excerpt",
        "A",
        WATER_MEMORANDA,
        (
            coop("agreement-water-council-poles-eau", "agreement", "signed", True, UNDATED),
            ("cooperation_parties", "agreement-water-council-poles-eau|3", {"organisation_id": "aquanova"}),
        ),
    ),
    Statement(
        "Memorandum of action with the Catalan Water Partnership renews 2018, 29 September of a year not in the excerpt",
        "A",
        WATER_MEMORANDA,
        (coop("agreement-water-council-catalan-water-partnership-renewed", "agreement", "renewed", True, UNDATED),),
    ),
    Statement(
        "Global Water Tech Hub Alliance, 2018",
        "A",
        WATER_2019,
        (coop("alliance-global-water-tech-hub-2018", "alliance", "signed", True, year(2018)),),
    ),
    Statement(
        "Washington State and Lower Saxony at the 52nd Paris Air Show, June 2017",
        "A",
        "Washington State und Niedersachsen vertiefen ihre Zusammenarbeit",
        (coop("mou-washington-state-lower-saxony-2017", "MoU", "signed", True, month(2017, 6, 30)),),
    ),
    Statement(
        "Niedersachsen Aviation leads 17 to PNAA ADVANCE, 3 to 6 February; cooperation since 2009",
        "A",
        "Niedersachsen Aviation auf der PNAA ADVANCE Conference",
        (
            event("niedersachsen-aviation-mission-seattle", "mission", "not stated", UNDATED),
            fig("niedersachsen-aviation-mission-participants", 17, "organisations", "exact", None),
            coop("collaboration-niedersachsen-aviation-pnaa-2009", "collaboration", "ongoing", True, year(2009)),
        ),
    ),
    Statement(
        "BioSTL leads a delegation to Vitagora in Dijon; a partnership is discussed for 2020",
        "A",
        "Appetite For Innovation: American opportunities for European SMEs",
        (
            event("biostl-delegation-dijon-2019", "mission", "held", month(2019, 10, 31)),
            fig("biostl-delegation-days", 3, "days", "exact", "2019-10"),
            fig("biostl-delegation-meetings", 13, "meetings", "up to", "2019-10"),
            coop("collaboration-biostl-vitagora-2020", "collaboration", "possible", True, year(2020)),
        ),
    ),
    Statement(
        "Transatlantic Cluster Roadshow to Tennessee, Indiana and Michigan",
        "A",
        ROADSHOW,
        (
            event("transatlantic-cluster-roadshow-2019", "mission", "held", month(2019, 10, 31)),
            place("transatlantic-cluster-roadshow-2019|1", "Knoxville", "US"),
            place("transatlantic-cluster-roadshow-2019|2", "Indiana", "US"),
            place("transatlantic-cluster-roadshow-2019|3", "Michigan", "US"),
        ),
    ),
    Statement(
        "Composites United and IACMI intend a mutual membership",
        "A",
        ROADSHOW,
        (coop("membership-composites-united-iacmi-2019", "membership", "planned", True, month(2019, 10, 31)),),
    ),
    Statement(
        "Return visit of eleven US representatives",
        "B",
        "Composites United und MAI Carbon begrüßen US-Delegation",
        (
            event("iacmi-visit-germany-2019", "visit", "held", month(2019, 12, 31)),
            fig("iacmi-visit-2019-representatives", 11, "persons", "exact", "2019-12"),
        ),
    ),
    Statement(
        "Carbon Composites and CFK Valley merge to Composites United, about 400 members, Berlin",
        "B",
        "Faserverbunde: Fusion von Carbon Composites und CFK Valley",
        (
            (
                "organisations",
                "composites-united",
                {"place": "Berlin", "member_count": 400, "member_count_as_of": "2019-02"},
            ),
            ("organisations", "carbon-composites", {"successor_id": "composites-united"}),
            ("organisations", "cfk-valley", {"successor_id": "composites-united"}),
        ),
    ),
    Statement(
        "US roadshow on food processing",
        "A",
        TCI,
        (event("tci-food-roadshow-usa-2019", "mission", "planned", day("2019-04-15", "2019-04-19")),),
    ),
    Statement(
        "Delegation to Germany on food processing, 15 planned",
        "A",
        TCI,
        (
            event("tci-food-delegation-germany-2019", "mission", "planned", day("2019-05-13", "2019-05-17")),
            fig("tci-food-delegation-2019-participants", 15, "persons", "planned", "2019-05"),
        ),
    ),
    Statement(
        "US roadshow on lightweight technologies, planned date",
        "A",
        TCI_GERMAN,
        (event("tci-lightweight-roadshow-usa-2017", "mission", "planned", day("2017-02-13", "2017-02-17")),),
    ),
    Statement(
        "Delegation of the US lightweight industry to three German cities",
        "A",
        "Transatlantische Clusterinitiative: Delegation amerikanischer Leichtbau-Industrievertreter in Deutschland",
        (
            event("tci-lightweight-delegation-germany-2017", "mission", "planned", day("2017-06-19", "2017-06-23")),
            place("tci-lightweight-delegation-germany-2017|1", "Stuttgart", "DE"),
            place("tci-lightweight-delegation-germany-2017|2", "Augsburg", "DE"),
            place("tci-lightweight-delegation-germany-2017|3", "Dresden", "DE"),
        ),
    ),
    Statement(
        "Metal programme: 15 visitors to three states, planned; three clusters of each side",
        "A",
        TCI_GERMAN,
        (
            event("tci-metal-delegation-germany-2016", "mission", "planned", day("2016-11-14", "2016-11-18")),
            fig("tci-metal-delegation-2016-visitors", 15, "persons", "planned", "2016-11"),
            fig("tci-metal-programme-german-clusters", 3, "clusters", "exact", "2016"),
            fig("tci-metal-programme-us-clusters", 3, "clusters", "exact", "2016"),
        ),
    ),
    Statement(
        "First meetings in Chicago, Pittsburgh and Cleveland; three years planned",
        "A",
        "Auftakt für transatlantische Clusterinitiative",
        (
            event("tci-first-meetings-usa-2016", "meeting", "held", year(2016)),
            fig("transatlantic-cluster-initiative-duration", 3, "years", "planned", "2016"),
        ),
    ),
    Statement(
        "17 Catalan clusters in Boston, more than 50 meetings, no date in the excerpt",
        "A",
        "CataloniaBio & HealthTech visits Boston with 17 Catalan clusters to seek alliances and strategic opportunities",
        (
            event(BOSTON, "mission", "not stated", UNDATED),
            fig("catalan-clusters-mission-boston-clusters", 17, "clusters", "exact", None),
            fig("catalan-clusters-mission-boston-meetings", 50, "meetings", "more than", None),
            *attends(BOSTON, "massbio", "massmedic", "massachusetts-life-sciences-center", "mehi", "masschallenge"),
        ),
    ),
    Statement(
        "TECH.LAND visits Minnesota, reported on 12 June 2024",
        "A",
        "Cluster for Health and MedTech Visits MedTech Hotspots in Minnesota!",
        (
            event("techland-visit-minnesota", "visit", "held", UNDATED),
            *attends(
                "techland-visit-minnesota",
                "mayo-clinic",
                "minnesota-department-of-employment-and-economic-development",
                "bakken-medical-devices-center",
                role="host",
            ),
        ),
    ),
    Statement(
        "Support announced for a collaboration of the European Battery Alliance and Li-Bridge",
        "A",
        "EU Commission and U.S. Department of Energy support collaboration between the European Battery Alliance and "
        "U.S. Li-Bridge Alliance",
        (
            coop(
                "collaboration-european-battery-alliance-li-bridge-2022",
                "collaboration",
                "planned",
                True,
                day("2022-03-14"),
            ),
        ),
    ),
    Statement(
        "Li-Bridge created by Argonne National Laboratory",
        "B",
        "Bridging the lithium battery supply chain gap: a new alliance in the U.S.",
        (
            (
                "projects",
                "li-bridge",
                {
                    "start_on": "2021-10-27",
                    "start_precision": "day",
                    "lead_organisation_id": "argonne-national-laboratory",
                },
            ),
        ),
    ),
    Statement(
        "Roundtable in Copenhagen with 32 participants",
        "A",
        MISSION_2018,
        (
            event("us-eu-cluster-roundtable-copenhagen-2018", "workshop", "held", day("2018-11-06")),
            fig("us-eu-cluster-roundtable-2018-participants", 32, "persons", "exact", "2018-11-06"),
        ),
    ),
    Statement(
        "Eleven of twelve US organisations of the mission are named; nine were there",
        "A",
        MISSION_2018,
        attends(
            "us-cluster-mission-copenhagen-2018",
            "austin-technology-incubator",
            "california-technology-council",
            "fort-collins-economic-health-office",
            "jobsohio",
            "mississippi-enterprise-for-technology",
            "pureblue",
            "research-triangle-cleantech-cluster",
            "smart-cities-council",
            "the-vault",
            "urban-future-lab",
            "william-factory-small-business-incubator",
        ),
        is_new=False,
    ),
    Statement(
        "biosaxony and Cool Silicon are two of the 19 clusters of May 2017",
        "A",
        "biosaxony und Cool Silicon Cluster: Ausgewählt für Delegation in die USA",
        (
            *attends("techconnect-mission-2017", "biosaxony", "cool-silicon"),
            fig("techconnect-mission-2017-eu-clusters", 19, "clusters", "exact", "2017-05"),
            other("events", "techconnect-mission-2017", "start_on", "2017-05-15"),
            other("events", "techconnect-mission-2017", "end_on", "2017-05-19"),
        ),
        is_new=False,
    ),
    Statement(
        "An Italian cluster meets The Maritime Alliance after that mission",
        "A",
        "EU Cluster Mission to the USA - Follow up",
        (
            coop(
                "contact-italian-cluster-maritime-alliance-2017",
                "contact",
                "completed",
                True,
                day("2017-09-01", "2018-03-31", "month"),
            ),
        ),
    ),
    Statement(
        "The platform at the World Trade Organization",
        "A",
        "The European Cluster Collaboration Platform showcased at the World Trade Organisation",
        (event("eccp-world-trade-organization-2017", "workshop", "held", day("2017-10-31")),),
    ),
    Statement(
        "Four ESCP-4i partnerships sign a memorandum, reported on 5 April 2019",
        "A",
        "https://clustercollaboration.eu/community-news/four-european-strategic-cluster-partnerships-escp-4i-join-"
        "forces-boost",
        (
            coop("mou-four-escp4i-partnerships-2019", "MoU", "signed", False, UNDATED),
            fig("mou-four-escp4i-cluster-organisations", 20, "cluster organisations", "exact", "2019-04"),
            fig("mou-four-escp4i-smes", 3100, "SMEs", "exact", "2019-04"),
        ),
    ),
    Statement(
        "The PERES study group meets World Business Chicago",
        "A",
        "PERES Study Group Meets With World Business Chicago",
        (
            ("events", "peres-study-visit-chicago-2019", {"kind": "visit", "status_in_source": "held"}),
            *attends("peres-study-visit-chicago-2019", "world-business-chicago", role="host"),
        ),
        is_new=False,
    ),
    Statement(
        "SmartCityTech Go Global: label of 2018, the USA planned for 2019",
        "A",
        "https://clustercollaboration.eu/community-news/we-are-already-european-strategic-cluster-partnership-going-"
        "international",
        (
            ("projects", "escp4i2-esct-go-global", {"generation": 2, "start_on": "2018-01-01"}),
            ("project_targets", "escp4i2-esct-go-global|US", {"country_code": "US"}),
            ("project_targets", "escp4i2-esct-go-global|SG", {"country_code": "SG"}),
            ("project_targets", "escp4i2-esct-go-global|IN", {"country_code": "IN"}),
        ),
        is_new=False,
    ),
    Statement(
        "EC2i: four missions planned, two to the USA, 20 to 25 firms each",
        "A",
        "https://www.ec2i.eu/projectpresentation",
        (
            fig("ec2i-missions-planned", 4, "missions", "planned", None),
            fig("ec2i-missions-usa-planned", 2, "missions", "planned", None),
            fig("ec2i-mission-firms-min", 20, "firms", "planned", None),
            fig("ec2i-mission-firms-max", 25, "firms", "planned", None),
        ),
    ),
    Statement(
        "ELCA4i: five targets, the USA among them; three members",
        "A",
        "http://elcacluster.eu/our-projects/elca4i",
        (
            ("project_targets", "escp4i3-elca4i|US", {"country_code": "US"}),
            ("project_targets", "escp4i3-elca4i|CA", {"country_code": "CA"}),
            ("project_targets", "escp4i3-elca4i|AE", {"country_code": "AE"}),
            ("project_targets", "escp4i3-elca4i|SA", {"country_code": "SA"}),
            ("project_targets", "escp4i3-elca4i|JP", {"country_code": "JP"}),
            ("project_members", "escp4i3-elca4i|cicat|partner", {"role": "partner"}),
            ("project_members", "escp4i3-elca4i|cluster-lumiere|partner", {"role": "partner"}),
            ("project_members", "escp4i3-elca4i|luce-in-veneto|lead", {"role": "lead"}),
        ),
        is_new=False,
    ),
    Statement(
        "New York State and the Netherlands on semiconductors",
        "B",
        "americantowns.com",
        (coop("mou-new-york-netherlands-2024", "MoU", "signed", True, day("2024-06-12")),),
    ),
    Statement(
        "Maryland and InnovationQuarter renew for three years, no date in the excerpt",
        "A",
        "Maryland and the greater Rotterdam-The Hague area renew collaborative partnership in cybersecurity",
        (
            coop("mou-maryland-innovationquarter", "MoU", "renewed", True, UNDATED),
            fig("mou-maryland-innovationquarter-term", 3, "years", "exact", None),
        ),
    ),
    Statement(
        "Michigan and Styria on automotive and mobility, no date in the excerpt",
        "B",
        "mobility21.cmu.edu",
        (coop("mou-michigan-styria", "MoU", "signed", True, UNDATED),),
    ),
    Statement(
        "Seminars of the photonics industries of Montana and Lithuania, 7 November of a year not in the excerpt",
        "B",
        "The Montana Lithuania laser connection",
        (coop("exchange-montana-lithuania-photonics", "exchange", "ongoing", True, UNDATED),),
    ),
    Statement(
        "BlueTech Week 2017",
        "A",
        "BlueTech Week 2017",
        (
            event("bluetech-week-san-diego-2017", "conference", "held", day("2017-11-06", "2017-11-10")),
            place("bluetech-week-san-diego-2017|1", "San Diego", "US"),
            fig("bluetech-week-2017-attendees", 496, "persons", "exact", "2017-11"),
            fig("bluetech-week-2017-companies", 95, "companies", "exact", "2017-11"),
            fig("bluetech-week-2017-countries", 16, "countries", "exact", "2017-11"),
            fig("bluetech-week-2017-clusters", 18, "clusters", "exact", "2017-11"),
            fig("bluetech-week-2017-cluster-countries", 11, "countries", "exact", "2017-11"),
            fig("bluetech-week-2017-cluster-states", 7, "states", "exact", "2017-11"),
        ),
    ),
    Statement(
        "White paper of TMA BlueTech and The Ocean Foundation",
        "B",
        "The Blue Wave: Investing in BlueTech Clusters",
        (
            coop(
                "collaboration-maritime-alliance-ocean-foundation-2021",
                "collaboration",
                "completed",
                False,
                day("2021-05-13"),
            ),
        ),
    ),
    Statement(
        "Representatives of US east coast states in Denmark for four days",
        "B",
        "US Picks Denmark's Offshore Wind Brain",
        (
            event("us-east-coast-states-visit-denmark-2019", "visit", "held", month(2019, 8, 31)),
            fig("us-east-coast-states-visit-2019-days", 4, "days", "exact", "2019-08"),
        ),
    ),
    Statement(
        "Business Finland, Research Council of Finland and the National Science Foundation, five years",
        "B",
        "Finland and United States sign major agreement on cooperation in scientific research and innovation",
        (
            coop("mou-finland-nsf-2024", "MoU", "signed", True, day("2024-03-28")),
            fig("mou-finland-nsf-term", 5, "years", "exact", "2024"),
        ),
    ),
    Statement(
        "Maryland and Midlands Engine; the United Kingdom is EU by the membership of 2017",
        "A",
        "commerce.maryland.gov",
        (
            coop("mou-maryland-midlands-engine-2017", "MoU", "signed", True, day("2017-06-21")),
            ("organisations", "midlands-engine", {"country_code": "GB", "side": "EU"}),
        ),
    ),
    Statement(
        "Correction: BioXclusters plus signed with South Australian bodies",
        "A",
        "bioXclusters PLUS partnership and Australian organisations sign international super cluster agreement",
        (
            coop("agreement-bioxclusters-plus-south-australia-2016", "agreement", "signed", False, day("2016-06-08")),
            event("bioxclusters-agreement-bio-san-francisco-2016", "signature", "held", day("2016-06-08")),
            *attends("bioxclusters-agreement-bio-san-francisco-2016", "biosa", "health-industries-south-australia"),
        ),
    ),
    Statement(
        "Contradiction: nine clusters founded the BlueTech Cluster Alliance, not seven",
        "B",
        "Promoting a Sustainable Blue Economy",
        (other("figures", "btca-charter-members", "value", "9"),),
        is_new=False,
    ),
    Statement(
        "The Hague Security Delta and the State of Maryland, three years",
        "A",
        "HSD and the State of Maryland Sign MOU on Science and Technology",
        (
            coop("mou-the-hague-security-delta-maryland-2014", "MoU", "signed", True, day("2014-10-30")),
            fig("mou-the-hague-security-delta-term", 3, "years", "exact", "2014"),
        ),
    ),
    Statement(
        "Four joint projects of the Massachusetts Life Sciences Center, BioWin and Alsace BioValley",
        "A",
        "Massachusetts Life Sciences Center and international partners announce grants",
        (
            coop(
                "collaboration-massachusetts-life-sciences-center-icip-2014",
                "collaboration",
                "ongoing",
                True,
                day("2014-03-10"),
            ),
            fig("massachusetts-life-sciences-center-icip-projects", 4, "projects", "exact", "2014-03-10"),
        ),
    ),
    Statement(
        "Lyonbiopôle and the Massachusetts Life Sciences Center announce a collaboration",
        "B",
        "Lyonbiopôle renforce sa présence à Boston et annonce sa collaboration avec le Massachusetts Life Science Center",
        (
            coop(
                "collaboration-lyonbiopole-massachusetts-life-sciences-center-2014",
                "collaboration",
                "planned",
                True,
                month(2014, 10, 31),
            ),
        ),
    ),
    Statement(
        "FlandersBio and BioNJ",
        "B",
        "FlandersBio Pursues Biotech Opportunities Across Borders",
        (coop("mou-flandersbio-bionj-2010", "MoU", "signed", True, month(2010, 5, 31)),),
    ),
    Statement(
        "Silicon Saxony and the College of Nanoscale Science and Engineering, 2013",
        "A",
        "Silicon Saxony: Europäische Halbleiterindustrie treibt Internationalisierung in den USA voran",
        (coop("mou-silicon-saxony-college-of-nanoscale-2013", "MoU", "signed", True, year(2013)),),
    ),
    Statement(
        "International Cleantech Network: founded 2009, Research Triangle joins in February 2011",
        "A",
        "Energiecluster Lombardei tritt dem International Cleantech Network (ICN) bei",
        (
            coop("alliance-international-cleantech-network-2009", "alliance", "signed", True, year(2009)),
            coop(
                "membership-research-triangle-cleantech-cluster-icn-2011",
                "membership",
                "completed",
                False,
                month(2011, 2, 28),
            ),
        ),
    ),
    Statement(
        "Denmark and the US Bureau of Ocean Energy Management",
        "B",
        "Denmark, US to Partner on Offshore Wind",
        (coop("mou-denmark-boem-2016", "MoU", "signed", True, day("2016-05-04")),),
    ),
)

LEUVEN = "6th Ministerial Meeting of the EU-US Trade and Technology Council"
LEUVEN_DAYS = day("2024-04-04", "2024-04-05")
GRANTS = "tech-hubs-implementation-grants-2024"
ROCHESTER = "EDA announces $504 million in funding to 12 designated Tech Hubs across America"
ENGINES = "nsf-engines-first-awards-2024"

PROGRAMMES = (
    Statement(
        "Trade and Technology Council established in June 2021, first meeting in Pittsburgh",
        "A",
        "archives.gov",
        (
            policy("trade-and-technology-council", "dialogue", "BOTH", month(2021, 6, 30)),
            event("ttc-inaugural-pittsburgh-2021", "meeting", "held", day("2021-09-29")),
            place("ttc-inaugural-pittsburgh-2021|1", "Pittsburgh", "US"),
        ),
    ),
    Statement(
        "It has ten working groups",
        "B",
        "Trade and Technology Council: U.S. and EU announce inaugural meeting",
        (fig("trade-and-technology-council-working-groups", 10, "working groups", "exact", "2021-09-09"),),
    ),
    Statement(
        "Fourth meeting, Luleå",
        "A",
        "FACT SHEET: U.S.-EU Trade and Technology Council Deepens Transatlantic Ties",
        (
            event("ttc-fourth-lulea-2023", "meeting", "held", day("2023-05-30", "2023-05-31")),
            place("ttc-fourth-lulea-2023|1", "Luleå", "SE"),
        ),
    ),
    Statement(
        "Sixth meeting, Leuven; semiconductor arrangements extended, 6G arrangement signed",
        "A",
        LEUVEN,
        (
            event("ttc-sixth-leuven-2024", "meeting", "held", LEUVEN_DAYS),
            place("ttc-sixth-leuven-2024|1", "Leuven", "BE"),
            policy("ttc-semiconductor-arrangements", "arrangement", "BOTH", LEUVEN_DAYS),
            fig("ttc-semiconductor-arrangements-extension", 3, "years", "exact", "2024-04"),
            policy("ttc-6g-research-arrangement", "arrangement", "BOTH", LEUVEN_DAYS),
        ),
    ),
    Statement(
        "Quantum Task Force announced",
        "B",
        "Forging the Future: EU-US Strengthen Bonds Over Trade and Technology",
        (policy("ttc-quantum-task-force", "initiative", "BOTH", day("2024-04-05")),),
    ),
    Statement(
        "31 Tech Hubs in 32 states and Puerto Rico, 29 strategy grants",
        "A",
        "EDA designates 31 Tech Hubs, makes 29 Strategy Development Grants",
        (
            policy("tech-hubs", "programme", "US", month(2023, 10, 31)),
            fig("tech-hubs-designated", 31, "hubs", "exact", "2023-10"),
            fig("tech-hubs-states", 32, "states", "exact", "2023-10"),
            fig("tech-hubs-strategy-grants", 29, "grants", "exact", "2023-10"),
        ),
    ),
    Statement(
        "Phase 2: 182 projects, $2 billion requested",
        "B",
        "Tech Hubs share plans to boost future industries' strength",
        (
            fig("tech-hubs-phase-2-projects", 182, "projects", "exact", "2024-02"),
            fig("tech-hubs-phase-2-requested", 2e9, "USD", "exact", "2024-02"),
        ),
    ),
    Statement(
        "About $504 million to twelve hubs",
        "A",
        ROCHESTER,
        (
            event(GRANTS, "award", "held", day("2024-07-02")),
            fig("tech-hubs-implementation-grants", 504e6, "USD", "about", "2024-07-02"),
            fig("tech-hubs-funded", 12, "hubs", "exact", "2024-07-02"),
        ),
    ),
    Statement(
        "The twelve hubs; two are known under the name of their lead organisation",
        "A",
        ROCHESTER,
        attends(
            GRANTS,
            "elevate-quantum",
            "headwaters-hub",
            "heartland-bioworks",
            "ifab-tech-hub",
            "nevada-tech-hub",
            "centerstate-ceo",  # NY SMART I-Corridor
            "regen-valley-tech-hub",
            "sc-nexus-for-advanced-resilient-energy",
            "south-florida-climateready-tech-hub",
            "sustainable-polymers-tech-hub",
            "tulsa-hub-for-equitable-and-trustworthy-autonomy",
            "bioforward-wisconsin",  # Wisconsin Biohealth
        ),
    ),
    Statement(
        "About $210 million planned for six more hubs",
        "A",
        "iconnect007.com",
        (
            policy("tech-hubs-further-grants-2025", "financing", "US", day("2025-01-14")),
            fig("tech-hubs-further-amount", 210e6, "USD", "planned", "2025-01-14"),
            fig("tech-hubs-further-hubs", 6, "hubs", "planned", "2025-01-14"),
            fig("tech-hubs-further-min", 22e6, "USD", "planned", "2025-01-14"),
            fig("tech-hubs-further-max", 48e6, "USD", "planned", "2025-01-14"),
            fig("tech-hubs-further-total-hubs", 18, "hubs", "planned", "2025-01-14"),
            fig("tech-hubs-further-total", 700e6, "USD", "more than", "2025-01-14"),
        ),
    ),
    Statement(
        "Fact sheet of May 2025: 31, 12, $504 million, and a loan of $220 million",
        "A",
        "Tech Hubs Program Fact Sheet",
        (
            fig("tech-hubs-designated", 31, "hubs", "exact", "2023-10"),
            fig("tech-hubs-funded", 12, "hubs", "exact", "2024-07-02"),
            fig("tech-hubs-implementation-grants", 504e6, "USD", "about", "2024-07-02"),
            fig("tech-hubs-spectrum-loan", 220e6, "USD", "exact", "2025-03"),
        ),
    ),
    Statement(
        "Ten Engines in 18 states, up to $15 million and up to $160 million each",
        "A",
        "NSF establishes 10 inaugural Regional Innovation Engines across the country",
        (
            event(ENGINES, "award", "held", day("2024-01-29")),
            fig("nsf-engines-established", 10, "engines", "exact", "2024-01-29"),
            fig("nsf-engines-states", 18, "states", "exact", "2024-01-29"),
            fig("nsf-engines-first-two-years", 15e6, "USD", "up to", "2024-01-29"),
            fig("nsf-engines-ten-years", 160e6, "USD", "up to", "2024-01-29"),
        ),
    ),
    Statement(
        "The ten Engines, known under the names of their lead organisations; 16 finalists",
        "B",
        "https://ww2.aip.org/fyi/nsf-announces-first-winners-of-major-engine-awards",
        (
            *attends(
                ENGINES,
                "bridg",  # Central Florida Semiconductor
                "innosphere-ventures",  # Colorado-Wyoming Climate Resilience
                "current-innovation",  # Great Lakes Water
                "future-use-of-energy-in-louisiana",  # Louisiana Energy Transition
                "the-industrial-commons",  # North Carolina Textile
                "north-dakota-advanced-agriculture-technology-engine",
                "west-texas-aerospace-and-defense-manufacturing-coalition",  # Paso del Norte
                "piedmont-triad-regenerative-medicine-engine",
                "southwest-sustainability-innovation-engine",
                "new-energy-new-york",  # Upstate New York Energy Storage
            ),
            fig("nsf-engines-finalists", 16, "teams", "exact", "2024-01-29"),
        ),
    ),
    Statement(
        "Development awards: $43 million to 44 teams",
        "B",
        "NSF Grants Funding to 44 Projects Under New Regional Innovation Engines Program",
        (
            policy("nsf-regional-innovation-engines", "programme", "US", day("2023-05-11")),
            fig("nsf-engines-development-teams", 44, "teams", "exact", "2023-05-11"),
            fig("nsf-engines-development-awards", 43e6, "USD", "exact", "2023-05-11"),
        ),
    ),
    Statement(
        "Build Back Better Regional Challenge: 529 applicants",
        "B",
        "Another federal regional cluster funding opportunity emerges",
        (
            policy("build-back-better-regional-challenge", "award or competition", "US", UNDATED),
            fig("build-back-better-applicants", 529, "applicants", "exact", "2022-05-10"),
        ),
    ),
    Statement(
        "US participations in Horizon 2020",
        "A",
        "Commission publishes Monitoring Flash on International Cooperation in Horizon 2020",
        (
            fig("horizon-2020-us-participations", 1100, "participations", "more than", "2019-03-07"),
            fig("horizon-2020-us-share-participations", 28, "percent", "exact", "2019-03-07"),
            fig("horizon-2020-us-share-applications", 30, "percent", "about", "2019-03-07"),
            fig("horizon-2020-us-share-msca", 40, "percent", "exact", "2019-03-07"),
        ),
    ),
    Statement(
        "Horizon 2020 beyond the EU: 124 countries, 4,700 participants, 7 % and 4 %",
        "B",
        "vdocuments.us",
        (
            fig("horizon-2020-non-eu-countries", 124, "countries", "exact", "2019"),
            fig("horizon-2020-non-eu-participants", 4700, "participants", "exact", "2019"),
            fig("horizon-2020-share-associated", 7, "percent", "exact", "2019"),
            fig("horizon-2020-share-non-associated", 4, "percent", "exact", "2019"),
        ),
    ),
    Statement(
        "62 Horizon 2020 projects with US organisations or researchers, no date in the excerpt",
        "B",
        "FAQ on opportunities in Horizon 2020 for US researchers and organisations",
        (
            fig("horizon-2020-projects-with-us", 62, "projects", "exact", None),
            fig("horizon-2020-projects-with-us-excellent-science", 9, "projects", "exact", None),
            fig("horizon-2020-projects-with-us-industrial-leadership", 12, "projects", "exact", None),
            fig("horizon-2020-projects-with-us-societal-challenges", 39, "projects", "exact", None),
            fig("horizon-2020-projects-with-us-swafs", 1, "projects", "exact", None),
            fig("horizon-2020-projects-with-us-euratom", 1, "projects", "exact", None),
        ),
    ),
    Statement(
        "The platform after two years",
        "A",
        "The European Cluster Collaboration Platform: 2 years after",
        (
            fig("eccp-two-years-meetings", 2180, "meetings", "exact", "2017"),
            fig("eccp-two-years-european-participants", 300, "participants", "exact", "2017"),
            fig("eccp-two-years-other-participants", 140, "participants", "exact", "2017"),
            fig("eccp-two-years-cooperations", 416, "cooperations", "exact", "2017"),
            fig("eccp-two-years-countries", 7, "countries", "exact", "2017"),
        ),
    ),
    Statement(
        "Over 1,000 cluster organisations on the platform, undated",
        "A",
        "Cluster internationalisation",
        (fig("eccp-cluster-organisations-europe", 1000, "cluster organisations", "more than", None),),
    ),
    Statement(
        "The Water Council: 17 international agreements",
        "A",
        WATER_2019,
        (fig("water-council-international-agreements", 17, "agreements", "exact", "2019-09-25"),),
    ),
    Statement(
        "The Water Council: five memoranda with European organisations",
        "A",
        WATER_2021,
        (fig("water-council-european-mous", 5, "MoUs", "exact", "2021-10"),),
    ),
    Statement(
        "Catalan Water Partnership: created 2008, 81 members; The Water Council: more than 200",
        "B",
        IAGUA,
        (
            ("organisations", "catalan-water-partnership", {"founded_year": 2008}),
            other("organisations", "catalan-water-partnership", "member_count", "81"),
            other("organisations", "milwaukee-water-council", "member_count", "200"),
        ),
        is_new=False,
    ),
    Statement(
        "BlueTech Cluster Alliance: 10 clusters in 8 countries, undated",
        "A",
        "Fostering Innovation through Collaboration",
        (
            fig("btca-clusters-later", 10, "clusters", "exact", None),
            fig("btca-countries-later", 8, "countries", "exact", None),
        ),
    ),
    Statement(
        "The ecosystems of Odense and Pittsburgh",
        "B",
        "'Robot Bridge' between Denmark and USA",
        (
            fig("odense-robotics-companies", 500, "companies", "more than", "2023-06"),
            fig("odense-robotics-employees", 12700, "persons", "more than", "2023-06"),
            fig("pittsburgh-robotics-companies", 100, "companies", "more than", "2023-06"),
        ),
    ),
    Statement(
        "Pittsburgh: 130+ robotics organisations",
        "B",
        "Pittsburgh Robotics Network and Odense Robotics create transatlantic partnership",
        (fig("pittsburgh-robotics-organisations", 130, "organisations", "at least", "2023-06"),),
    ),
    Statement(
        "Lyonbiopôle: 208 members at the end of 2017",
        "",  # the page stands in sources since before; its reliability is not decided here
        "https://www.aderly.com/2018/03/lyonbiopole-joins-forces-with-3-european-clusters-for-improved-international-"
        "impact",
        (other("organisations", "lyonbiopole", "member_count", "208"),),
        is_new=False,
    ),
    Statement(
        "BioWin: 260 members, 18,500 employees; MEDVIA: 150 members",
        "B",
        "BioWin and MEDVIA sign first strategic collaboration between health clusters in Wallonia and Flanders",
        (
            fig("biowin-members", 260, "members", "exact", "2024-05-14"),
            fig("biowin-employees", 18500, "persons", "exact", "2024-05-14"),
            ("organisations", "medvia", {"country_code": "BE", "member_count": 150}),
        ),
    ),
    Statement(
        "InterSpiN: 32 clusters; ARENA2036 with partners in Ohio and Michigan",
        "A",
        "https://interspin.de/en/cluster-network",
        (
            policy("interspin-leading-edge-clusters", "programme", "EU", UNDATED),
            fig("interspin-clusters", 32, "clusters", "exact", "2020-04-16"),
            coop("collaboration-arena2036-us-partners", "collaboration", "ongoing", True, UNDATED),
        ),
    ),
    Statement(
        "MAI Carbon: IACMI has over 160 partners, five states visited",
        "A",
        "Spitzencluster MAI Carbon treibt Internationalisierung voran",
        (
            fig("iacmi-partners", 160, "partners", "more than", "2017"),
            event("mai-carbon-mission-usa-2017", "mission", "held", year(2017)),
            fig("mai-carbon-mission-2017-states", 5, "states", "exact", "2017"),
        ),
    ),
    Statement(
        "A French study finds 74 US clusters in eight themes",
        "A",
        "Les clusters américains : quelles opportunités pour les pôles de compétitivité français ?",
        (
            fig("poles-us-clusters", 74, "clusters", "exact", None),
            fig("poles-us-cluster-themes", 8, "themes", "exact", None),
        ),
    ),
    Statement(
        "European Panorama 2020: 51 sectors, 2,950 clusters, almost every fourth job",
        "A",
        "European Cluster Panorama",
        (
            policy("european-cluster-panorama", "platform", "EU", year(2020)),
            fig("european-cluster-panorama-clusters", 2950, "clusters", "exact", "2020"),
            fig("european-cluster-panorama-sectors", 51, "sectors", "exact", "2020"),
            fig("european-cluster-panorama-jobs", None, "jobs", "unquantified", "2020"),
        ),
    ),
    Statement(
        "ENRICH began as three Horizon 2020 projects, NearUS for the USA",
        "B",
        "Strengthening engagement of universities and industries internationally: the case of ENRICH",
        (
            fig("enrich-projects", 3, "projects", "exact", None),
            ("projects", "nearus", {"programme": "Horizon 2020", "start_on": None}),
        ),
    ),
    Statement(
        "Second meeting, Paris-Saclay",
        "A",
        "Second ministerial meeting, Paris-Saclay, 15–16 May 2022",
        (
            event("ttc-second-paris-saclay-2022", "meeting", "held", day("2022-05-15", "2022-05-16")),
            place("ttc-second-paris-saclay-2022|1", "Paris-Saclay", "FR"),
        ),
    ),
    Statement(
        "Third meeting, in Washington DC as the page says",
        "B",
        "EU–US Trade and Technology Council holds third ministerial meeting",
        (
            event("ttc-third-washington-2022", "meeting", "held", day("2022-12-05")),
            place("ttc-third-washington-2022|1", "Washington", "US"),
        ),
    ),
    Statement(
        "Fifth meeting, Washington DC",
        "A",
        "TTC5: EU and US take stock of trade and technology cooperation",
        (
            event("ttc-fifth-washington-2024", "meeting", "held", day("2024-01-30")),
            place("ttc-fifth-washington-2024|1", "Washington", "US"),
        ),
    ),
    Statement(
        "Kohesio: more than 1.5 million projects",
        "A",
        "EU cohesion policy: more than 1.5 million EU-funded projects accessible in new public platform",
        (
            policy("kohesio", "platform", "EU", day("2022-03-17")),
            fig("kohesio-projects", 1.5e6, "projects", "more than", "2022-03-17"),
        ),
    ),
    Statement(
        "S3 Community of Practice Observatory launched at the forum of 2023",
        "B",
        "Launch of the S3 CoP Observatory",
        (policy("s3-community-of-practice-observatory", "platform", "EU", year(2023)),),
    ),
    Statement(
        "StatsAmerica: 17 industry clusters",
        "A",
        "Industry clusters",
        (
            policy("statsamerica-industry-clusters", "platform", "US", UNDATED),
            fig("statsamerica-industry-clusters", 17, "clusters", "exact", None),
        ),
    ),
)
STATEMENTS = AGREEMENTS + PROGRAMMES

KEYS = {
    "organisations": "organisation_id",
    "projects": "project_id",
    "cooperations": "cooperation_id",
    "events": "event_id",
    "figures": "figure_id",
    "policies": "policy_id",
    "cooperation_parties": "concat_ws('|', cooperation_id, party_order)",
    "event_places": "concat_ws('|', event_id, sequence)",
    "event_organisations": "concat_ws('|', event_id, organisation_id, role)",
    "project_targets": "concat_ws('|', project_id, country_code)",
    "project_members": "concat_ws('|', project_id, organisation_id, role)",
    "alternative_values": "concat_ws('|', table_name, record_id, field, value)",
}


def plain(value: object) -> object:
    """Dates as text and whole numbers without a point, so that a row compares with what is typed here."""
    return value if value is None or isinstance(value, (bool, int, float, str)) else str(value)


def test_every_statement_of_the_two_lists_is_here():
    """61 statements on agreements and events, 39 on programmes and figures."""
    assert (len(AGREEMENTS), len(PROGRAMMES)) == (61, 39)
    assert all(statement.records for statement in STATEMENTS)


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda statement: statement.text[:60])
def test_the_records_say_what_the_page_says(rows, statement):
    """Kind, status, date and precision, number and hedge, place and party: each as typed from the page."""
    for table, record_id, expected in statement.records:
        found = rows(f"SELECT DISTINCT {', '.join(expected)} FROM {table} WHERE {KEYS[table]} = $1", record_id)
        assert [tuple(map(plain, row)) for row in found] == [tuple(expected.values())], (table, record_id)


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda statement: statement.text[:60])
def test_the_records_cite_the_page(rows, statement):
    """A page of confidence A is official, one of confidence B secondary."""
    known = rows("SELECT source_id, reliability FROM sources WHERE title = $1 OR url = $1", statement.page)
    assert len(known) == 1, statement.page
    [(source_id, reliability)] = known
    assert reliability == RELIABILITY.get(statement.confidence, reliability)
    for table, record_id, _ in statement.records:
        if table == "alternative_values":
            sources = rows(f"SELECT source_id FROM {table} WHERE {KEYS[table]} = $1", record_id)
        else:
            sources = rows(
                "SELECT source_id FROM citations WHERE table_name = $1 AND record_id = $2", table, record_id
            )
        assert (source_id,) in sources, (table, record_id)


def test_what_is_new_rests_on_no_seed_document(rows):
    """A new record cites no seed document, so that a page can tell where those end."""
    new = [
        (table, record_id)
        for statement in STATEMENTS
        if statement.is_new
        for table, record_id, _ in statement.records
        if table in {"cooperations", "policies", "projects"}
    ]
    assert len(new) > 40
    for table, record_id in new:
        assert not rows(
            "SELECT source_id FROM citations JOIN sources USING (source_id) "
            "WHERE table_name = $1 AND record_id = $2 AND reliability = 'seed'",
            table,
            record_id,
        ), (table, record_id)


def test_the_days_of_leuven_and_of_the_grants_stand_on_other_pages(rows):
    """The page on Leuven has no days, that on the grants no date: each cites the page that has."""
    dated = rows(
        "SELECT record_id, publisher FROM citations JOIN sources USING (source_id) WHERE field = 'start_on' AND "
        "table_name = 'events' AND record_id IN ('ttc-sixth-leuven-2024', 'tech-hubs-implementation-grants-2024') "
        "ORDER BY record_id"
    )
    assert dated == [("tech-hubs-implementation-grants-2024", "NCRC"), ("ttc-sixth-leuven-2024", "AENEAS")]


def test_a_year_that_the_excerpt_lacks_is_unknown_and_says_so(rows):
    """No year was guessed, and `not stated` is not said of a page that was read in part."""
    undated = {
        (table, record_id)
        for statement in STATEMENTS
        if statement.is_new
        for table, record_id, values in statement.records
        if values.get("date_precision") == "undated"
    }
    assert len(undated) == 14
    reasons = rows("SELECT table_name, record_id FROM missing_values WHERE reason = 'not in the excerpt'")
    assert undated <= set(reasons)


def test_the_contradiction_of_seven_and_nine_founders_is_declared(rows):
    """The number of the document stays; the other is told beside it."""
    [(first, second)] = rows(
        "SELECT statement_a, statement_b FROM contradictions WHERE contradiction_id = 'btca-founders-seven-or-nine'"
    )
    assert "Seven" in first and "nine clusters of seven countries" in second
    assert rows("SELECT value FROM figures WHERE figure_id = 'btca-charter-members'") == [(7,)]


def test_the_story_runs_from_2009_to_2025(rows):
    """Dated links, events and policy instruments together."""
    first, last = rows(
        "SELECT min(year(start_on)), max(year(start_on)) FROM (SELECT start_on FROM cooperations "
        "UNION ALL SELECT start_on FROM events UNION ALL SELECT start_on FROM policies)"
    )[0]
    assert (first, last) == (2009, 2025)
    years = {
        year
        for (year,) in rows(
            "SELECT DISTINCT year(start_on) FROM (SELECT start_on FROM cooperations UNION ALL "
            "SELECT start_on FROM events UNION ALL SELECT start_on FROM policies) WHERE start_on IS NOT NULL"
        )
    }
    assert years >= set(range(2017, 2026))


def test_addresses_that_name_a_person_are_shortened(rows):
    """Pages whose address names a politician or an author are cited by their site, and their title says why."""
    shortened = rows("SELECT url FROM sources WHERE accessed_on = '2026-11-26' AND title LIKE '%address shortened%'")
    assert {url for (url,) in shortened} == {
        "americantowns.com",
        "archives.gov",
        "commerce.maryland.gov",
        "iconnect007.com",
        "mobility21.cmu.edu",
        "vdocuments.us",
    }
