import { compareVersions, isPrerelease, meetsAll } from "../../compiler/project/required-version.ts";
import { type Data, type DataMap, isDataMap } from "../../domain/data.ts";
import type { PackageOrigin } from "../../domain/package-spec.ts";
import { WorldError } from "../../domain/world-error.ts";
import { parseJson } from "../read-run-results.ts";
import { download } from "./download.ts";
import type { Fetching } from "./fetch-package.ts";
import type { FetchedPackage } from "./fetched-package.ts";
import { unpackFrom } from "./fetch-tarball.ts";

function mapAt(data: Data | undefined, key: string): DataMap {
  const found = isDataMap(data) ? data[key] : undefined;
  return isDataMap(found) ? found : {};
}

/** The newest version that meets all conditions; one before a release only where that is asked for, or nothing else is there. */
function newest(
  known: readonly string[],
  { versions, takesPrereleases }: Pick<HubOrigin, "versions" | "takesPrereleases">,
): string | undefined {
  const fitting = known.filter((each) => meetsAll(each, versions)).toSorted(compareVersions);
  return (takesPrereleases ? fitting : fitting.filter((each) => !isPrerelease(each))).at(-1) ?? fitting.at(-1);
}

type HubOrigin = Extract<PackageOrigin, { readonly kind: "hub" }>;

/** A package of dbt's hub (`DBT_PACKAGE_HUB_URL` names another one). */
export async function fetchFromHub(origin: HubOrigin, fetching: Fetching): Promise<FetchedPackage> {
  const { name, versions } = origin;
  const hub = (fetching.environment["DBT_PACKAGE_HUB_URL"] ?? "https://hub.getdbt.com").replace(/\/+$/u, "");
  const answer = parseJson((await download(`${hub}/api/v1/${name}.json`, fetching.signal)).toString("utf8"));
  const all = mapAt(answer, "versions");
  const version = newest(Object.keys(all), origin);
  if (version === undefined)
    throw new WorldError("no-version", `No version of the package "${name}" is ${versions.join(" and ")}.`, {
      hint: `The hub has ${Object.keys(all).toSorted(compareVersions).join(", ")}.`,
    });
  const url = mapAt(mapAt(all, version), "downloads")["tarball"];
  if (typeof url !== "string") throw new WorldError("no-version", `The hub names no archive of "${name}" ${version}.`);
  const folder = await unpackFrom(url, fetching);
  return { folder, isLinked: false, title: name, version: `version ${version}`, locked: { package: name, version } };
}
