/** A record's members; `undefined` leaves a key out. */
type Fields = Readonly<Record<string, unknown>>;

/** A pull written by hand: its name without `.json`, and its records. */
export interface Scene {
  readonly at: string;
  readonly records: readonly Fields[];
}

const palembang = {
  $geoip_city_name: "Palembang",
  $geoip_country_name: "Indonesia",
  $geoip_country_code: "ID",
  $geoip_continent_name: "Asia",
  $geoip_continent_code: "AS",
  $geoip_latitude: -2.9146,
  $geoip_longitude: 104.7535,
  $geoip_time_zone: "Asia/Jakarta",
  $geoip_subdivision_1_code: "SS",
  $geoip_subdivision_1_name: "South Sumatra",
};

const bangkok = {
  ...palembang,
  $geoip_city_name: "กรุงเทพมหานคร",
  $geoip_country_name: "Thailand",
  $geoip_country_code: "TH",
};

/** Record number `id` of the hand-written ones, by user 21920 from Palembang unless `changes` say otherwise. */
export function sceneRecord(id: number, timestamp: unknown, changes: Fields = {}): Fields {
  const uuid = `01842b1c-0000-0001-0000-${String(id).padStart(12, "0")}`;
  return { distinct_id: "21920", event: "$pageview", timestamp, uuid, elements: [], ...palembang, ...changes };
}

const nested = [
  {
    tag_name: "button",
    text: 'Simpan "kolam", lalu\nlanjut',
    attributes: { "data-ids": [1, 2, [3]], "data-note": null },
  },
  { tag_name: "div", attr__class: "row, col", children: [{ tag_name: "span", text: "kédai 🐟" }] },
];

const withoutUuid = sceneRecord(0, "2022-10-30T13:00:01.000Z", { uuid: undefined, event: "$identify" });

/** What the example must hold whatever chance brings: each scene is one pull of it. */
export const scenes: readonly Scene[] = [
  // The edges of days and hours.
  {
    at: "20221030-000000",
    records: [
      sceneRecord(1, "2022-10-29T23:59:59.999Z", { distinct_id: "31" }),
      sceneRecord(2, "2022-10-30T00:00:00.000Z", { distinct_id: "32" }),
    ],
  },
  {
    at: "20221030-230000",
    records: [sceneRecord(3, "2022-10-30T22:59:59.999Z"), sceneRecord(4, "2022-10-30T23:00:00.000Z")],
  },
  { at: "20221030-235959", records: [sceneRecord(5, "2022-10-30T23:59:59.999Z", { distinct_id: "33" })] },
  { at: "20221031-235959", records: [sceneRecord(6, "2022-10-31T23:59:59.999Z", { distinct_id: "34" })] },
  { at: "20221101-000000", records: [sceneRecord(7, "2022-11-01T00:00:00.000Z", { distinct_id: "35" })] },
  { at: "20221101-235959", records: [sceneRecord(8, "2022-11-01T23:59:59.998Z", { distinct_id: "36" })] },

  // Late events, some across the month's boundary.
  {
    at: "20221030-030129",
    records: [
      sceneRecord(10, "2022-09-22T11:09:43.929Z", { distinct_id: "4021" }),
      sceneRecord(11, "2022-10-13T03:00:11.250Z", { distinct_id: "4022" }),
    ],
  },
  {
    at: "20221101-000312",
    records: [
      sceneRecord(12, "2022-10-31T23:58:40.100Z", { distinct_id: "4023" }),
      sceneRecord(13, "2022-10-14T08:20:00.000Z", { distinct_id: "4024" }),
      sceneRecord(14, "2022-09-30T23:59:59.999Z", { distinct_id: "4025" }),
    ],
  },

  // Corrected: another user, other properties, across the month's boundary, and there and back again.
  {
    at: "20221030-081501",
    records: [sceneRecord(20, "2022-10-30T08:14:30.000Z"), sceneRecord(21, "2022-10-30T08:14:31.000Z")],
  },
  { at: "20221030-091502", records: [sceneRecord(20, "2022-10-30T08:14:30.000Z", { distinct_id: "21921" })] },
  { at: "20221101-091503", records: [sceneRecord(21, "2022-10-30T08:14:31.000Z", bangkok)] },
  { at: "20221031-221105", records: [sceneRecord(22, "2022-10-31T22:10:59.000Z", { distinct_id: "5001" })] },
  { at: "20221101-061001", records: [sceneRecord(22, "2022-10-31T22:10:59.000Z", { distinct_id: "5002" })] },
  { at: "20221031-100001", records: [sceneRecord(23, "2022-10-31T10:00:00.000Z")] },
  { at: "20221031-100101", records: [sceneRecord(23, "2022-10-31T10:00:00.000Z", { event: "buy_feed" })] },
  { at: "20221031-100201", records: [sceneRecord(23, "2022-10-31T10:00:00.000Z")] },

  // Sent again, unchanged: a minute later, a day and a month later, and twice in one pull.
  {
    at: "20221031-110001",
    records: [sceneRecord(30, "2022-10-31T11:00:00.000Z"), sceneRecord(31, "2022-10-31T11:00:00.500Z")],
  },
  { at: "20221031-110101", records: [sceneRecord(30, "2022-10-31T11:00:00.000Z")] },
  { at: "20221101-110002", records: [sceneRecord(31, "2022-10-31T11:00:00.500Z")] },
  {
    at: "20221030-120001",
    records: [
      sceneRecord(32, "2022-10-30T12:00:00.000Z"),
      sceneRecord(32, "2022-10-30T12:00:00.000Z"),
      sceneRecord(33, "2022-10-30T12:00:00.000Z", { event: "$autocapture" }),
    ],
  },
  { at: "20221030-130002", records: [withoutUuid] },
  { at: "20221031-130003", records: [withoutUuid, { ...withoutUuid, distinct_id: "6001", uuid: null }] },

  // Nothing to see.
  { at: "20221031-120007", records: [] },

  // Ids.
  {
    at: "20221030-140001",
    records: [
      sceneRecord(40, "2022-10-30T14:00:00.000Z", { distinct_id: "7" }),
      sceneRecord(41, "2022-10-30T14:00:00.000Z", { distinct_id: "0421" }),
      sceneRecord(42, "2022-10-30T14:00:00.000Z", { distinct_id: "9876543" }),
      sceneRecord(43, "2022-10-30T14:00:00.000Z", { distinct_id: "a1b2c3d4e5" }),
      sceneRecord(44, "2022-10-30T14:00:00.000Z", { distinct_id: 58213 }),
      sceneRecord(45, "2022-10-30T14:00:01.000Z", { distinct_id: "58213" }),
    ],
  },

  // Texts, nested elements, keys that are absent, null, empty or unknown.
  {
    at: "20221030-150001",
    records: [
      sceneRecord(50, "2022-10-30T15:00:00.000Z", { ...bangkok, event: 'pakan "ikan", 魚\n🐟' }),
      sceneRecord(51, "2022-10-30T15:00:00.000Z", { event: "$autocapture", elements: nested }),
      sceneRecord(52, "2022-10-30T15:00:00.000Z", { elements: { tag_name: "form", fields: {} } }),
      sceneRecord(53, "2022-10-30T15:00:00.000Z", { $geoip_city_name: null, elements: null }),
      sceneRecord(54, "2022-10-30T15:00:00.000Z", { $geoip_city_name: undefined, elements: undefined }),
      sceneRecord(55, "2022-10-30T15:00:00.000Z", { $geoip_city_name: "", event: "" }),
    ],
  },
  {
    at: "20221031-150001",
    records: [
      sceneRecord(56, "2022-10-31T15:00:00.000Z", { $lib: "web", lib: "posthog-js" }),
      sceneRecord(57, "2022-10-31T15:00:00.000Z", { $session: { id: "s-1", steps: [1, 2] }, $lib: "web" }),
    ],
  },

  // Times as other senders write them: of the UTC day before, of the day after, to the microsecond, short.
  {
    at: "20221101-160001",
    records: [
      sceneRecord(60, "2022-11-01T06:30:00.000+07:00", { distinct_id: "7001" }),
      sceneRecord(61, "2022-10-31T20:15:00-0500", { distinct_id: "7002" }),
      sceneRecord(62, "2022-11-01 15:59:58.123456Z", { distinct_id: "7003" }),
      sceneRecord(63, "2022-11-01T15:59", { distinct_id: "7004" }),
      sceneRecord(64, "2022-11-01", { distinct_id: "7005" }),
    ],
  },

  // Records to be turned away, each beside a good one.
  {
    at: "20221030-170001",
    records: [
      sceneRecord(70, undefined),
      sceneRecord(71, null),
      sceneRecord(72, "yesterday at noon"),
      sceneRecord(73, "2022-02-30T10:00:00.000Z"),
      sceneRecord(74, 1667149200000),
      sceneRecord(75, "2022-10-30T17:00:00.000Z"),
    ],
  },
  {
    at: "20221031-170001",
    records: [
      sceneRecord(76, "2022-10-31T17:00:00.000Z", { distinct_id: undefined }),
      sceneRecord(77, "2022-10-31T17:00:00.000Z", { distinct_id: null }),
      sceneRecord(78, "2022-10-31T17:00:00.000Z", { distinct_id: "" }),
      sceneRecord(79, "2022-10-31T17:00:00.000Z"),
    ],
  },
];
