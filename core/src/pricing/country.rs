//! The dial prefixes of countries.

use crate::phone::Region;

use super::Prefix;

/// For each country or territory the prefixes that are its own, no other's.
///
/// Where several share a calling code, one of them has the bare code and the others what lies
/// below it (`US1`, `BS1242`). A star stands before a code that cannot be told apart by prefix:
/// the territory's numbers lie among those of another.
///
/// Sources: ITU-T E.164, list of assigned country codes; the published numbering plans below +1
/// (area codes of Canada and the Caribbean), +7, +39, +44, +47, +61, +212, +262, +290, +358,
/// +599 and +672.
const PREFIXES: &str = "\
AC247 AD376 AE971 AF93 AG1268 AI1264 AL355 AM374 AO244 AQ6721 AR54 AS1684 AT43 AU61 AW297 \
AX35818 AZ994 BA387 BB1246 BD880 BE32 BF226 BG359 BH973 BI257 BJ229 BL*590 BM1441 BN673 BO591 \
BQ599 BR55 BS1242 BT975 BV*47 BW267 BY375 BZ501 \
CA1204,1226,1236,1249,1250,1257,1263,1289,1306,1343,1354,1365,1367,1368,1382,1403,1416,1418,\
1428,1431,1437,1438,1450,1460,1468,1474,1506,1514,1519,1548,1579,1581,1584,1587,1600,1604,1613,\
1639,1647,1672,1683,1705,1709,1742,1753,1778,1780,1782,1807,1819,1825,1867,1873,1879,1902,1905,\
1942 \
CC6189162 CD243 CF236 CG242 CH41 CI225 CK682 CL56 CM237 CN86 CO57 CR506 CU53 CV238 CW5999 \
CX6189164 CY357 CZ420 DE49 DJ253 DK45 DM1767 DO1809,1829,1849 DZ213 EC593 EE372 EG20 \
EH2125288,2125289 ER291 ES34 ET251 FI358 FJ679 FK500 FM691 FO298 FR33 GA241 GB44 GD1473 GE995 \
GF594 GG441481,447781,447839,4479111,4479117 GH233 GI350 GL299 GM220 GN224 GP590 GQ240 GR30 \
GS*500 GT502 GU1671 GW245 GY592 HK852 HM*672 HN504 HR385 HT509 HU36 ID62 IE353 IL972 \
IM441624,4474576,447524,447624,447924 IN91 IO246 IQ964 IR98 IS354 IT39 \
JE441534,4477003,4477007,4477008,447509,447797,447829,447937 JM1658,1876 JO962 JP81 KE254 KG996 \
KH855 KI686 KM269 KN1869 KP850 KR82 KW965 KY1345 KZ76,77 LA856 LB961 LC1758 LI423 LK94 LR231 \
LS266 LT370 LU352 LV371 LY218 MA212 MC377 MD373 ME382 MF*590 MG261 MH692 MK389 ML223 MM95 MN976 \
MO853 MP1670 MQ596 MR222 MS1664 MT356 MU230 MV960 MW265 MX52 MY60 MZ258 NA264 NC687 NE227 NF6723 \
NG234 NI505 NL31 NO47 NP977 NR674 NU683 NZ64 OM968 PA507 PE51 PF689 PG675 PH63 PK92 PL48 PM508 \
PN*64 PR1787,1939 PS970 PT351 PW680 PY595 QA974 RE262 RO40 RS381 RU7 RW250 SA966 SB677 SC248 \
SD249 SE46 SG65 SH290 SI386 SJ4779 SK421 SL232 SM378 SN221 SO252 SR597 SS211 ST239 SV503 SX1721 \
SY963 SZ268 TA2908 TC1649 TD235 TF*262 TG228 TH66 TJ992 TK690 TL670 TM993 TN216 TO676 TR90 \
TT1868 TV688 TW886 TZ255 UA380 UG256 UM*1 US1 UY598 UZ998 VA379,3906698 VC1784 VE58 VG1284 \
VI1340 VN84 VU678 WF681 WS685 XK383 YE967 YT262269,262639,2627093 ZA27 ZM260 ZW263";

/// The part of [`PREFIXES`] behind a country's letters.
fn listed(country: Region) -> &'static str {
    PREFIXES
        .split_ascii_whitespace()
        .find_map(|entry| entry.strip_prefix(country.as_str()))
        .unwrap_or_default()
}

/// The prefixes that a country's numbers begin with and no other country's do.
///
/// Where countries share a calling code, the longest prefix decides: `1` stands for the United
/// States because what belongs to Canada or the Caribbean has longer prefixes of its own. There
/// are none for a territory whose numbers lie among another's and cannot be told apart by prefix
/// (`BL` and `MF` in +590, `PN` in +64).
///
/// ```
/// use iap_core::pricing::country_prefixes;
///
/// let prefixes = |country: &str| -> Vec<String> {
///     country_prefixes(country.parse().unwrap()).map(|prefix| prefix.to_string()).collect()
/// };
/// assert_eq!(prefixes("BE"), ["32"]);
/// assert_eq!(prefixes("DO"), ["1809", "1829", "1849"]);
/// assert!(prefixes("PN").is_empty());
/// ```
pub fn country_prefixes(country: Region) -> impl Iterator<Item = Prefix> {
    listed(country).split(',').filter_map(|prefix| prefix.parse().ok())
}

/// Whether numbers with a prefix can be a country's: both have the same calling code.
///
/// Looser than [`country_prefixes`], so that a rate for an area code newer than that list can
/// still name its country.
pub(super) fn may_contain(country: Region, prefix: Prefix) -> bool {
    let code = prefix.calling_code();
    code.is_some()
        && listed(country)
            .split(',')
            .filter_map(|listed| listed.trim_start_matches('*').parse::<Prefix>().ok())
            .any(|listed| listed.calling_code() == code)
}
