import { describe, expect, it } from "vitest";
import { dict } from "../template/values/dict.ts";
import { float, list, type Value } from "../template/values/value.ts";
import { nameTest, testHash } from "./name-test.ts";

describe("the name of a generic test", () => {
  it("is made of the test, its resource and the arguments by name", () => {
    const args = { quote: false, column_name: "code", values: list(["DE", "it's", 2]) };
    expect(nameTest("accepted_values", "users", args).full).toBe("accepted_values_users_code__False__DE__it_s__2");
  });

  it.each<[Value, string]>([
    [null, "None"],
    [true, "True"],
    [float(1), "1_0"],
    [float(1e20), "1e_20"],
    ["a > 1 and b", "a_1_and_b"],
    ["Grüße 日本", "Gr_e_"],
    ["", ""],
    [list([]), ""],
    [list([list([1, true]), "x"]), "_1_True___x"],
    [
      dict([
        ["b", 2],
        ["a", null],
      ]),
      "2__None",
    ],
  ])("has %j as Python would print it, but for signs", (value, text) => {
    expect(nameTest("t", "m", { x: value }).full).toBe(`t_m_${text}`);
  });

  it("ends in an underscore where there are no arguments", () => {
    expect(nameTest("t", "m", {}).full).toBe("t_m_");
  });

  it("is cut and hashed from 64 characters on", () => {
    const name = (length: number): string => "x".repeat(length - "t_m_".length);
    const { full, short } = nameTest("t", "m", { x: name(63) });
    expect(short).toBe(full);
    const long = nameTest("accepted_values", "orders_with_a_long_name", { x: name(64) });
    expect(long.full).toBe(`accepted_values_orders_with_a_long_name_${name(64)}`);
    expect(long.short).toMatch(/^accepted_values_orders_with_a__[0-9a-f]{32}$/u);
    expect(nameTest("t", "m", { x: name(64) }).short).toMatch(/^t_m_[0-9a-f]{32}$/u);
  });
});

describe("the hash of a generic test", () => {
  const metadata = {
    namespace: null,
    name: "unique",
    kwargs: { column_name: "id", model: "{{ get_where_subquery(ref('users')) }}" },
  };

  it("is dbt's", () => {
    expect(testHash("unique_users_id", metadata)).toBe("ec952d9777");
  });

  it("does not depend on the order of arguments, but on all that they say", () => {
    const { column_name, model } = metadata.kwargs;
    expect(testHash("unique_users_id", { ...metadata, kwargs: { model, column_name } })).toBe("ec952d9777");
    expect(testHash("unique_users_id", { ...metadata, namespace: "dbt" })).not.toBe("ec952d9777");
    expect(testHash("other", metadata)).not.toBe("ec952d9777");
    expect(testHash("unique_users_id", { ...metadata, kwargs: { model, column_name, x: list([]) } })).not.toBe(
      "ec952d9777",
    );
  });
});
