import { describe, expect, it } from "vitest";
import { secretHider } from "./hide-secrets.ts";

describe("secrets of the environment", () => {
  it.each([
    ["as they are", { DBT_ENV_SECRET_KEY: "s3cret" }, "key s3cret, again s3cret.", "key *****, again *****."],
    ["as they stand in JSON", { DBT_ENV_SECRET: 'a"b' }, '{"x":"a\\"b"}', '{"x":"*****"}'],
    ["the longest first", { DBT_ENV_SECRET_A: "abc", DBT_ENV_SECRET_B: "abcdef" }, "abcdef abc", "***** *****"],
  ])("are taken out of a text: %s", (_, environment, text, shown) => {
    expect(secretHider(environment)(text)).toBe(shown);
  });

  it("are nothing else: other variables, and empty ones, stay", () => {
    const hide = secretHider({
      DBT_TARGET: "dev",
      DBT_ENV_SECRET_NONE: "",
      DBT_ENV_SECRET_BLANK: " ",
      DBT_ENV_SECRET_U: undefined,
    });
    expect(hide("dev and all")).toBe("dev and all");
  });
});
