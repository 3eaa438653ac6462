/** One hour of ingest, `[start, start + 1 h)` of *file* time in UTC; `startMs` is its beginning as epoch milliseconds. */
export interface Window {
  readonly startMs: number;
}

const hourMs = 3_600_000;

/** The window that an instant (epoch milliseconds) falls into. */
export function windowOf(instantMs: number): Window {
  return { startMs: Math.floor(instantMs / hourMs) * hourMs };
}

/** The window's end, exclusive, as epoch milliseconds: for hour 23 that is the next day's midnight. */
export function windowEndMs(window: Window): number {
  return window.startMs + hourMs;
}

function digits(instantMs: number): string {
  return new Date(instantMs).toISOString().slice(0, 19).replaceAll(/[-:T]/gu, "");
}

/** `{start}_{end}`, both as 14 digits of UTC: the part of a staged file's name that says its window. */
export function windowName(window: Window): string {
  return `${digits(window.startMs)}_${digits(windowEndMs(window))}`;
}

/** The window as people read it: `2022-10-13 03:00`. */
export function windowLabel(window: Window): string {
  return new Date(window.startMs).toISOString().slice(0, 16).replace("T", " ");
}

/** The windows from one instant to another, the end exclusive, both epoch milliseconds; an absent end is open. */
export interface WindowRange {
  readonly startMs: number | undefined;
  readonly endMs: number | undefined;
}

/** Whether a window starts within a range. */
export function isInRange(window: Window, { startMs, endMs }: WindowRange): boolean {
  return (startMs === undefined || window.startMs >= startMs) && (endMs === undefined || window.startMs < endMs);
}
