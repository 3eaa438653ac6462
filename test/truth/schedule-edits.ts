import { malformedKinds } from "../../scripts/sample/malformed.ts";
import type { Random } from "../../scripts/sample/random.ts";
import { isAccepted, type Moment, type World, type WorldPull, type WorldRecord } from "./schedule-world.ts";

/** A pull as it is to be from now on; `undefined` removes it. */
export interface Proposal {
  readonly time: number;
  readonly pull: WorldPull | undefined;
}

/** Proposes an edit of one kind, or nothing where the world has no place for it. */
type Propose = (world: World, random: Random) => Proposal | undefined;

const hour = 3600;
const firstPull = Date.UTC(2022, 9, 30, 20) / 1000;

const moments: readonly Moment[] = [
  { text: "2022-09-15T08:00:00.000Z", day: "2022-09-15" },
  { text: "2022-09-30T23:59:59.999Z", day: "2022-09-30" },
  { text: "2022-10-01T00:00:00.000Z", day: "2022-10-01" },
  { text: "2022-10-13T03:00:11.250Z", day: "2022-10-13" },
  { text: "2022-10-30T20:01:00.000Z", day: "2022-10-30" },
  { text: "2022-10-30T23:59:59.999Z", day: "2022-10-30" },
  { text: "2022-10-31T00:00:00.000Z", day: "2022-10-31" },
  { text: "2022-10-31 12:30:00.123456Z", day: "2022-10-31" },
  { text: "2022-11-01T06:30:00.000+07:00", day: "2022-10-31" },
  { text: "2022-10-31T23:59:59.999Z", day: "2022-10-31" },
  { text: "2022-11-01T00:00:00.000Z", day: "2022-11-01" },
  { text: "2022-10-31T20:15:00-0500", day: "2022-11-01" },
  { text: "2022-11-01T12:00", day: "2022-11-01" },
  { text: "2022-11-02", day: "2022-11-02" },
];
const unreadable: readonly Moment[] = [
  { text: "yesterday", day: undefined },
  { text: "2022-02-30T10:00:00.000Z", day: undefined },
];
const users = ["7", "421", "21920", "21921", "58213", 58213, "a1b2c3"] as const;
const events = ["$pageview", "$identify", "feed_fish", 'jual "ikan" 🐟'] as const;
const cities = ["Palembang", "Cần Thơ", "", null] as const;

function recordAt(moment: Moment, random: Random): WorldRecord {
  return {
    uuid: random.chance(0.1) ? undefined : `${random.hex(8)}-0000-4000-8000-${random.hex(8)}0000`,
    user: random.pick(users),
    event: random.pick(events),
    moment,
    city: random.pick(cities),
  };
}

function newRecord(random: Random): WorldRecord {
  return recordAt(random.pick(moments), random);
}

function newRecords(random: Random): readonly WorldRecord[] {
  return Array.from({ length: 1 + random.below(3) }, () => newRecord(random));
}

function rejectedRecord(random: Random): WorldRecord {
  return random.chance(0.5) ? { ...newRecord(random), user: undefined } : recordAt(random.pick(unreadable), random);
}

/** Another user, another city or another event; the time stays. */
function corrected(record: WorldRecord, random: Random): WorldRecord {
  switch (random.below(3)) {
    case 0:
      return { ...record, user: random.pick(users.filter((user) => user !== record.user)) };
    case 1:
      return { ...record, city: random.pick(cities.filter((city) => city !== record.city)) };
    default:
      return { ...record, event: random.pick(events.filter((event) => event !== record.event)) };
  }
}

/** A time on another day; who and what stay. */
function moved(record: WorldRecord, random: Random): WorldRecord {
  return { ...record, moment: random.pick(moments.filter(({ day }) => day !== record.moment.day)) };
}

/** A time later than every pull's, by minutes or by an hour, now and then the first or the last second of an hour. */
function laterTime(world: World, random: Random): number {
  const last = Math.max(firstPull, ...world.keys());
  const time = last + 60 * (1 + random.below(random.chance(0.5) ? 5 : 80));
  const edge = Math.ceil((time + 1) / hour) * hour;
  return random.chance(0.8) ? time : edge - random.below(2);
}

/** A time that no pull has, before the last pull (or before the one given). */
function earlierTime(world: World, random: Random, before = Math.max(...world.keys())): number | undefined {
  const from = firstPull - 2 * hour;
  const time = world.size === 0 || before <= from ? undefined : from + random.below(before - from);
  return time === undefined || world.has(time) ? undefined : time;
}

function good(records: readonly WorldRecord[]): WorldPull {
  return { records, damage: undefined };
}

function later(recordsOf: (random: Random) => readonly WorldRecord[]): Propose {
  return (world, random) => ({ time: laterTime(world, random), pull: good(recordsOf(random)) });
}

interface Found {
  readonly time: number;
  readonly pull: WorldPull;
  readonly record: WorldRecord;
}

function findRecord(world: World, random: Random, wanted: (record: WorldRecord) => boolean): Found | undefined {
  const found = [...world].flatMap(([time, pull]) =>
    pull.damage === undefined ? pull.records.filter(wanted).map((record) => ({ time, pull, record })) : [],
  );
  return found.length === 0 ? undefined : random.pick(found);
}

function findPull(world: World, random: Random, wanted: (pull: WorldPull) => boolean): Proposal | undefined {
  const found = [...world].filter(([, pull]) => wanted(pull)).map(([time, pull]) => ({ time, pull }));
  return found.length === 0 ? undefined : random.pick(found);
}

/** Rewrites one record where it stands; an `undefined` takes it out. */
function inPlace(
  change: (record: WorldRecord, random: Random) => WorldRecord | undefined,
  wanted: (record: WorldRecord) => boolean = isAccepted,
): Propose {
  return (world, random) => {
    const found = findRecord(world, random, wanted);
    if (found === undefined) {
      return undefined;
    }
    const { time, pull, record } = found;
    const records = pull.records.flatMap((other) => (other === record ? (change(record, random) ?? []) : other));
    return { time, pull: good(records) };
  };
}

function resentLater(change: (record: WorldRecord, random: Random) => WorldRecord): Propose {
  return (world, random) => {
    const found = findRecord(world, random, isAccepted);
    const others = random.chance(0.5) ? newRecords(random) : [];
    return found && { time: laterTime(world, random), pull: good([change(found.record, random), ...others]) };
  };
}

function mended(record: WorldRecord, random: Random): WorldRecord {
  return {
    ...record,
    user: record.user ?? random.pick(users),
    moment: record.moment.day === undefined ? random.pick(moments) : record.moment,
  };
}

/** Edits that a merge can follow, by kind; proposals that it happens not to follow are to be left out (`isFollowed`). */
export const followedEdits = {
  "new pull": later(newRecords),
  "late event": later((random) => [recordAt(random.pick(moments.slice(0, 4)), random)]),
  "empty pull": later(() => []),
  "duplicate in a pull": later((random) => newRecords(random).flatMap((record) => [record, record])),
  "rejected record": later((random) => [rejectedRecord(random), ...newRecords(random)]),
  "malformed pull": (world, random) => ({
    time: laterTime(world, random),
    pull: { records: newRecords(random), damage: random.pick(malformedKinds) },
  }),
  "late pull": (world, random) => {
    const time = earlierTime(world, random);
    return time === undefined ? undefined : { time, pull: good(newRecords(random)) };
  },
  "sent again": resentLater((record) => record),
  "corrected later": resentLater(corrected),
  "corrected earlier": (world, random) => {
    const found = findRecord(world, random, isAccepted);
    const time = found && earlierTime(world, random, found.time);
    if (found === undefined || time === undefined) {
      return undefined;
    }
    const record = corrected(found.record, random);
    return { time, pull: good([random.chance(0.3) ? moved(record, random) : record]) };
  },
  "corrected in place": inPlace(corrected),
  "record mended": inPlace(mended, (record) => !isAccepted(record)),
  "pull grown": (world, random) => {
    const found = findPull(world, random, (pull) => pull.damage === undefined);
    return found?.pull && { time: found.time, pull: good([...found.pull.records, newRecord(random)]) };
  },
  "pull repaired": (world, random) => {
    const found = findPull(world, random, (pull) => pull.damage !== undefined);
    return found?.pull && { time: found.time, pull: good(found.pull.records) };
  },
  "pull touched": (world, random) => findPull(world, random, () => true),
} as const satisfies Readonly<Record<string, Propose>>;

/** Edits by which events move to another day or vanish, by kind. */
export const movingEdits = {
  "moved later": resentLater(moved),
  "moved in place": inPlace(moved),
  "record removed": inPlace(() => undefined),
  "record spoilt": inPlace((record) => ({ ...record, user: undefined })),
  "pull spoilt": (world, random) => {
    const found = findPull(world, random, (pull) => pull.damage === undefined && pull.records.some(isAccepted));
    return found?.pull && { time: found.time, pull: { ...found.pull, damage: random.pick(malformedKinds) } };
  },
  "pull removed": (world, random) => {
    const found = findPull(world, random, () => true);
    return found && { time: found.time, pull: undefined };
  },
} as const satisfies Readonly<Record<string, Propose>>;
