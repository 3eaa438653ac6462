import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import ajvFormats from "ajv-formats";

const folders = ["dbt-core-1.12.3", "schemas.getdbt.com"];
const compiled = new Map<string, ValidateFunction>();

function validatorOf(path: string): ValidateFunction {
  const known = compiled.get(path);
  if (known !== undefined) return known;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  ajvFormats.default(ajv);
  const schema: unknown = JSON.parse(readFileSync(path, "utf8"));
  if (typeof schema !== "object" || schema === null) throw new Error(`${path} holds no schema`);
  const validate = ajv.compile(schema);
  compiled.set(path, validate);
  return validate;
}

/** What of an artifact is not as dbt Labs' schemas of that name (`catalog_v1`) have it; nothing if it is. */
export function schemaFaults(name: string, artifact: unknown): readonly string[] {
  return folders.flatMap((folder) => {
    const validate = validatorOf(join(import.meta.dirname, folder, `${name}.json`));
    validate(artifact);
    return (validate.errors ?? []).map((fault) => `${folder}: ${fault.instancePath} ${fault.message ?? ""}`);
  });
}
