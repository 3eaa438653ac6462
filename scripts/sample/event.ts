import { placeTexts } from "./places.ts";
import type { Random } from "./random.ts";

/** An AquaTech record before it is written. Every member but the time is JSON text; an empty text leaves it out. */
export interface SampleEvent {
  readonly user: string;
  readonly event: string;
  readonly timeMs: number;
  readonly uuid: string;
  readonly elements: string;
  readonly place: string;
  /** Members that no column takes, such as `"$lib":"web"`. */
  readonly extra: string;
}

/** The record as it stands in a pull. */
export function eventText(event: SampleEvent): string {
  const time = new Date(event.timeMs).toISOString();
  const head = `{"distinct_id":${event.user},"event":"${event.event}","timestamp":"${time}","uuid":"${event.uuid}"`;
  return [head, event.elements, event.place, event.extra].filter((part) => part !== "").join(",") + "}";
}

const names = [
  "$identify",
  "$pageview",
  "$pageview",
  "$pageleave",
  "$autocapture",
  "feed_fish",
  "open_pond",
  "buy_feed",
  "sell_harvest",
  "water_quality_check",
  "export_report",
];

const clicked = [
  '"elements":[{"tag_name":"button","text":"Save \\"pond\\", now","nth_child":2}]',
  '"elements":[{"tag_name":"a","href":"/pond/12","text":"Kolam\\n12"},{"tag_name":"div","attr__class":"row, col"}]',
  '"elements":[{"tag_name":"span","text":"kédai 🐟","attributes":{"data-ids":[1,2,3],"data-note":null}}]',
];

/** The text of a user's id: mostly 1 to 7 digits, a few with letters. A few are sent now as text, now as a number. */
export function userText(user: number, random: Random): string {
  if (user % 47 === 9) {
    return `"a${user.toString(36)}-farm"`;
  }
  const id = user % 3 === 0 ? user : (user * 30_011) % 9_999_999;
  return user % 41 === 5 && random.chance(0.5) ? String(id) : `"${String(id)}"`;
}

/** A user out of `users`, some far more active than others. */
export function pickUser(users: number, random: Random): number {
  return 1 + Math.floor(users * random.fraction() * random.fraction());
}

/** Where a user is most of the time. */
function placeOf(user: number): string {
  return placeTexts[1 + ((user * 7 + Math.floor(user / 5)) % (placeTexts.length - 1))] ?? "";
}

/** Another place than the given one, for a record whose properties are corrected. */
export function otherPlace(place: string, random: Random): string {
  return random.pick(placeTexts.filter((text) => text !== place && text !== ""));
}

function elementsOf(event: string, random: Random): string {
  if (event === "$autocapture") {
    return random.pick(clicked);
  }
  return random.chance(0.02) ? random.pick(["", '"elements":null']) : '"elements":[]';
}

function extraOf(random: Random): string {
  if (!random.chance(0.05)) {
    return "";
  }
  return random.pick(['"$lib":"web"', '"$lib":"web","lib":"posthog-js"', '"$screen":{"width":360,"height":740}']);
}

/** A new record of a user at an instant, with an id that no other record has. */
export function newEvent(
  timeMs: number,
  { users, random }: { readonly users: number; readonly random: Random },
): SampleEvent {
  const user = pickUser(users, random);
  const event = random.pick(names);
  const time = timeMs.toString(16).padStart(12, "0");
  return {
    user: userText(user, random),
    event,
    timeMs,
    uuid: `${time.slice(-12, -4)}-${time.slice(-4)}-0001-${random.hex(4)}-${random.hex(8)}${random.hex(4)}`,
    elements: elementsOf(event, random),
    place: random.chance(0.02) ? "" : placeOf(user),
    extra: extraOf(random),
  };
}
