/** Variables of the environment whose values nobody may read in a log, by dbt's prefix. */
const secretPrefix = "DBT_ENV_SECRET";

/** What is shown in place of a secret. */
const hidden = "*****";

/** Takes the values of secret variables out of texts, as they are and as they stand in JSON. */
export function secretHider(environment: Readonly<Record<string, string | undefined>>): (text: string) => string {
  const secrets = Object.entries(environment).flatMap(([name, value]) =>
    name.startsWith(secretPrefix) && value !== undefined && value.trim() !== "" ? [value] : [],
  );
  const written = [...new Set(secrets.flatMap((value) => [value, JSON.stringify(value).slice(1, -1)]))];
  // The longest first: one may be a part of another.
  written.sort((a, b) => b.length - a.length);
  return (text) => written.reduce((shown, secret) => shown.replaceAll(secret, hidden), text);
}
