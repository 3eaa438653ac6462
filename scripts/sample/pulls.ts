import { eventText, newEvent, otherPlace, pickUser, userText, type SampleEvent } from "./event.ts";
import { malformedKinds, malformedPull } from "./malformed.ts";
import { openRandom, type Random } from "./random.ts";

/** What a sample holds. Every rate is a share from 0 to 1: of records, but for `malformed`, which is a share of pulls. */
export interface SampleSettings {
  readonly seed: string;
  /** The first day, as `YYYY-MM-DD` in UTC. */
  readonly start: string;
  readonly days: number;
  readonly filesPerDay: number;
  /** The mean number of records in a pull. */
  readonly eventsPerFile: number;
  readonly users: number;
  /** Records whose event time lies days or weeks before the pull. */
  readonly late: number;
  /** Records that were sent before, unchanged: most in an earlier pull, some in the same one. */
  readonly duplicates: number;
  /** Records that were sent before with another user or other properties. */
  readonly corrections: number;
  /** Records that were sent before with an event time of another day. */
  readonly moves: number;
  readonly malformed: number;
}

/** A raw file: its path below the raw folder, with `/`, and its bytes. */
export interface Pull {
  readonly path: string;
  readonly bytes: Buffer;
}

const dayMs = 86_400_000;
const daySeconds = 86_400;
const longestDelayDays = 45;
/** How many records are remembered, to be sent again: this alone bounds the memory. */
const remembered = 4096;

/** `YYYY-MM-DD/YYYYMMDD-HHMMSS.json`, the path of the pull of an instant. */
export function pullPath(atMs: number): string {
  const iso = new Date(atMs).toISOString();
  const day = iso.slice(0, 10);
  return `${day}/${day.replaceAll("-", "")}-${iso.slice(11, 19).replaceAll(":", "")}.json`;
}

/** A sample's pulls in the order of their names, made one at a time; equal settings make equal bytes. */
export function* generatePulls(settings: SampleSettings): Generator<Pull> {
  const random = openRandom(settings.seed);
  const memory: SampleEvent[] = [];
  const startMs = Date.parse(`${settings.start}T00:00:00Z`);
  for (let day = 0; day < settings.days; day += 1) {
    for (let file = 0; file < settings.filesPerDay; file += 1) {
      const from = Math.floor((file * daySeconds) / settings.filesPerDay);
      const to = Math.floor(((file + 1) * daySeconds) / settings.filesPerDay);
      const atMs = startMs + day * dayMs + (from + random.below(to - from)) * 1000;
      yield { path: pullPath(atMs), bytes: pullBytes(atMs, { settings, memory, random }) };
    }
  }
}

interface Source {
  readonly settings: SampleSettings;
  readonly memory: SampleEvent[];
  readonly random: Random;
}

function pullBytes(atMs: number, source: Source): Buffer {
  const { settings, random } = source;
  const records: string[] = [];
  for (let left = recordCount(settings.eventsPerFile, random); left > 0; left -= 1) {
    const last = records.at(-1);
    const twice = last !== undefined && random.chance(settings.duplicates / 4);
    records.push(twice ? last : eventText(nextEvent(atMs, source)));
  }
  return random.chance(settings.malformed)
    ? malformedPull(random.pick(malformedKinds), records)
    : Buffer.from(`[${records.join(",")}]`);
}

/** One pull in a hundred is empty; the others hold 1 to `2 × mean - 1` records. */
function recordCount(mean: number, random: Random): number {
  if (random.chance(0.01)) {
    return 0;
  }
  return mean < 1 ? Number(random.chance(mean)) : 1 + Math.floor(random.fraction() * (2 * mean - 1));
}

function nextEvent(atMs: number, { settings, memory, random }: Source): SampleEvent {
  const { duplicates, corrections, moves, users } = settings;
  const draw = random.fraction();
  const again = memory.length === 0 ? 0 : random.below(memory.length);
  const before = memory[again];
  if (before === undefined || draw >= duplicates + corrections + moves) {
    const event = newEvent(eventTime(atMs, { settings, random }), { users, random });
    memory[memory.length < remembered ? memory.length : again] = event;
    return event;
  }
  if (draw < duplicates) {
    return before;
  }
  const event = draw < duplicates + corrections ? corrected(before, { users, random }) : moved(before, random);
  memory[again] = event;
  return event;
}

function eventTime(atMs: number, { settings, random }: Pick<Source, "settings" | "random">): number {
  const sentMs = atMs - random.below(60_000);
  if (!random.chance(settings.late)) {
    return sentMs;
  }
  const days = 1 + Math.floor(longestDelayDays * random.fraction() * random.fraction());
  return sentMs - days * dayMs - random.below(3_600_000);
}

function corrected(
  event: SampleEvent,
  { users, random }: { readonly users: number; readonly random: Random },
): SampleEvent {
  return random.chance(0.5)
    ? { ...event, user: userText(pickUser(users, random), random) }
    : { ...event, place: otherPlace(event.place, random) };
}

function moved(event: SampleEvent, random: Random): SampleEvent {
  return { ...event, timeMs: event.timeMs - (1 + random.below(3)) * dayMs };
}
