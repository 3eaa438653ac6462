/** A load time: microseconds since the epoch, as the ledger hands them out (DESIGN §4). Exact until the year 2255. */
export type LoadTime = number;

/** `2022-10-13 04:00:00.000001+00`, the form in which both engines read it. */
export function loadTimeText(time: LoadTime): string {
  const iso = new Date(Math.floor(time / 1000)).toISOString();
  const micros = String(time % 1_000_000).padStart(6, "0");
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)}.${micros}+00`;
}

/** The next load time: the logical time, or one microsecond after the last one where that would not be later. */
export function nextLoadTime(logicalTime: LoadTime, last: LoadTime | undefined): LoadTime {
  return last === undefined ? logicalTime : Math.max(logicalTime, last + 1);
}
