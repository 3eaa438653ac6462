import { malformedKinds, malformedPull } from "./malformed.ts";
import { generatePulls, type Pull, type SampleSettings } from "./pulls.ts";
import { sceneRecord, scenes } from "./scenes.ts";

const settings: SampleSettings = {
  seed: "aquatech",
  start: "2022-10-30",
  days: 3,
  filesPerDay: 85,
  eventsPerFile: 3,
  users: 150,
  late: 0.04,
  duplicates: 0.04,
  corrections: 0.03,
  moves: 0,
  malformed: 0,
};

/** No pull of this hour is kept: an hour in which no device sent anything. */
const silentHour = "20221031-04";

function scenePath(at: string): string {
  return `${at.slice(0, 4)}-${at.slice(4, 6)}-${at.slice(6, 8)}/${at}.json`;
}

function malformedPulls(): readonly Pull[] {
  return malformedKinds.map((kind, index) => {
    const hour = String(2 + 2 * index).padStart(2, "0");
    const records = [0, 1].map((place) =>
      sceneRecord(900 + 2 * index + place, `2022-11-01T${hour}:59:5${place}.000Z`, { distinct_id: "8001" }),
    );
    return {
      path: scenePath(`20221101-${hour}5953`),
      bytes: malformedPull(
        kind,
        records.map((record) => JSON.stringify(record)),
      ),
    };
  });
}

/** The example project's raw files: three days around a month's end, with one of everything that ingest must cope with. */
export function examplePulls(): readonly Pull[] {
  const byChance = [...generatePulls(settings)].filter((pull) => !pull.path.includes(silentHour));
  const byHand = scenes.map(({ at, records }) => ({
    path: scenePath(at),
    bytes: Buffer.from(JSON.stringify(records)),
  }));
  const pulls = [...byChance, ...byHand, ...malformedPulls()];
  if (new Set(pulls.map((pull) => pull.path)).size !== pulls.length) {
    throw new Error("Two pulls of the example have one name.");
  }
  return pulls.sort((left, right) => (left.path < right.path ? -1 : 1));
}
