/** The `$geoip_*` members of a record, each value as it is written in JSON; `undefined` leaves the key out. */
type Place = readonly [
  city: string,
  country: string,
  countryCode: string,
  continent: string,
  continentCode: string,
  latitude: string,
  longitude: string,
  timeZone: string,
  subdivisionCode: string | undefined,
  subdivision: string | undefined,
];

const keys = [
  "$geoip_city_name",
  "$geoip_country_name",
  "$geoip_country_code",
  "$geoip_continent_name",
  "$geoip_continent_code",
  "$geoip_latitude",
  "$geoip_longitude",
  "$geoip_time_zone",
  "$geoip_subdivision_1_code",
  "$geoip_subdivision_1_name",
] as const;

const asia = ['"Asia"', '"AS"'] as const;
const indonesia = ['"Indonesia"', '"ID"', ...asia] as const;

const places: readonly Place[] = [
  ['"Palembang"', ...indonesia, "-2.9146", "104.7535", '"Asia/Jakarta"', '"SS"', '"South Sumatra"'],
  ['"Jakarta"', ...indonesia, "-6.2114", "106.8440", '"Asia/Jakarta"', '"JK"', '"Jakarta"'],
  ['"Surabaya"', ...indonesia, "-7.2484", "112.7419", '"Asia/Jakarta"', '"JI"', '"East Java"'],
  ['"Bandung"', ...indonesia, "-6.9217", "107.6071", '"Asia/Jakarta"', '"JB"', '"West Java"'],
  ['"Medan"', ...indonesia, "3.5847", "98.6629", '"Asia/Jakarta"', '"SU"', '"North Sumatra"'],
  ['"Makassar"', ...indonesia, "-5.1446", "119.4327", '"Asia/Makassar"', '"SN"', '"South Sulawesi"'],
  ["null", ...indonesia, "-6.1750", "106.8286", '"Asia/Jakarta"', "null", "null"],
  ['"Singapore"', '"Singapore"', '"SG"', ...asia, "1.2929", "103.8547", '"Asia/Singapore"', undefined, undefined],
  ['"Cần Thơ"', '"Vietnam"', '"VN"', ...asia, "10.0371", "105.7883", '"Asia/Ho_Chi_Minh"', '"CT"', '"Cần Thơ"'],
  ['"กรุงเทพมหานคร"', '"Thailand"', '"TH"', ...asia, "13.7540", "100.5014", '"Asia/Bangkok"', '"10"', '"Bangkok"'],
  ['"Kochi"', '"India"', '"IN"', ...asia, "9.9399", "76.2602", '"Asia/Kolkata"', '"KL"', '"Kerala"'],
  ['"Beira"', '"Mozambique"', '"MZ"', '"Africa"', '"AF"', "-19.8436", "34.8389", '"Africa/Maputo"', '"S"', '"Sofala"'],
];

/** Each place's members as JSON text, without braces; the first one, `""`, is a record that knows no place. */
export const placeTexts: readonly string[] = [
  "",
  ...places.map((place) =>
    keys.flatMap((key, index) => (place[index] === undefined ? [] : [`"${key}":${place[index]}`])).join(","),
  ),
];
