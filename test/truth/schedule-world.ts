import { malformedPull, type MalformedKind } from "../../scripts/sample/malformed.ts";

/** An event time as a sender may write it, and its UTC day; no day where it cannot be read. */
export interface Moment {
  readonly text: string;
  readonly day: string | undefined;
}

/** A record of a small world. One without user, or whose moment has no day, will be turned away. */
export interface WorldRecord {
  readonly uuid: string | undefined;
  readonly user: string | number | undefined;
  readonly event: string;
  readonly moment: Moment;
  readonly city: string | null;
}

/** A pull of a small world. A damaged one is written malformed in that way, and none of its records can be read. */
export interface WorldPull {
  readonly records: readonly WorldRecord[];
  readonly damage: MalformedKind | undefined;
}

/** The pulls of a raw folder by their times (seconds since the epoch, which are their names). */
export type World = ReadonlyMap<number, WorldPull>;

/** The bytes of a pull. */
export function pullBytes(pull: WorldPull): Buffer {
  const records = pull.records.map((record) =>
    JSON.stringify({
      distinct_id: record.user,
      event: record.event,
      timestamp: record.moment.text,
      uuid: record.uuid,
      elements: [{ tag_name: "button", text: record.event }],
      $geoip_city_name: record.city,
      $geoip_latitude: -2.9146,
    }),
  );
  return pull.damage === undefined ? Buffer.from(`[${records.join(",")}]`) : malformedPull(pull.damage, records);
}

/** True when a record becomes a row. */
export function isAccepted(record: WorldRecord): boolean {
  return record.user !== undefined && record.moment.day !== undefined;
}

function identityOf(record: WorldRecord): string {
  return record.uuid ?? JSON.stringify(record);
}

function acceptedRecords(pull: WorldPull | undefined): readonly WorldRecord[] {
  return pull === undefined || pull.damage !== undefined ? [] : pull.records.filter(isAccepted);
}

/** The day of every event, by identity, as the latest pull has it. */
function eventDays(world: World): ReadonlyMap<string, string | undefined> {
  const inOrder = [...world].sort(([left], [right]) => left - right);
  return new Map(
    inOrder.flatMap(([, pull]) =>
      acceptedRecords(pull).map((record) => [identityOf(record), record.moment.day] as const),
    ),
  );
}

/**
 * True when a merge can follow the change of one pull: each row of the pull is still one of it, at most with another
 * content, and every event keeps its day.
 */
export function isFollowed(before: World, { after, time }: { readonly after: World; readonly time: number }): boolean {
  const kept = new Set(acceptedRecords(after.get(time)).map(identityOf));
  if (!acceptedRecords(before.get(time)).every((record) => kept.has(identityOf(record)))) {
    return false;
  }
  const days = eventDays(after);
  return [...eventDays(before)].every(([identity, day]) => days.get(identity) === day);
}
