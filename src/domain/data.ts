/** Plain data as YAML and JSON hold it. */
export type Data = string | number | boolean | null | readonly Data[] | { readonly [key: string]: Data };

/** Plain data that is a mapping. */
export type DataMap = Readonly<Record<string, Data>>;

/** Whether plain data is a list; `Array.isArray` does not narrow readonly arrays. */
export function isDataList(data: Data): data is readonly Data[] {
  return Array.isArray(data);
}

/** Whether plain data is a mapping. */
export function isDataMap(data: Data | undefined): data is DataMap {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}
