/** Which version of a model a file holds. */
export interface ModelVersion {
  /** As the property file writes it: `2`, `"2024-01"`. */
  readonly value: string | number;
  /** The version that a reference without one means. */
  readonly latest: string | number;
}

/** Who may refer to a model: its group alone, its package, everybody. */
export const accesses = ["private", "protected", "public"] as const;

/** One of `accesses`. */
export type Access = (typeof accesses)[number];
