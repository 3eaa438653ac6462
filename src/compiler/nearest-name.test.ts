import { describe, expect, it } from "vitest";
import { didYouMean, nearestName } from "./nearest-name.ts";

describe("the nearest name", () => {
  it("is the one with the fewest letters changed", () => {
    expect(nearestName("evnet_data", ["event_data", "dau", "event_date"])).toBe("event_data");
    expect(nearestName("uppr", ["lower", "upper"])).toBe("upper");
  });

  it("does not mind the case", () => {
    expect(nearestName("Event_Data", ["event_data"])).toBe("event_data");
  });

  it("is the one whose neighbouring letters have changed places", () => {
    expect(nearestName("nmae", ["name", "data"])).toBe("name");
    expect(nearestName("shpo", ["shop"])).toBe("shop");
  });

  it("is none where help would mislead", () => {
    expect(nearestName("x", ["y"])).toBeUndefined();
    expect(nearestName("orders", ["customers", "users"])).toBeUndefined();
    expect(nearestName("dau", [])).toBeUndefined();
  });

  it("is never the name itself, and of equally near ones the first by alphabet", () => {
    expect(nearestName("cat_1", ["cat_1", "cat_3", "cat_2"])).toBe("cat_2");
  });

  it("is told as a question", () => {
    expect(didYouMean("lenght", ["length"])).toBe('Did you mean "length"?');
    expect(didYouMean("zzz", ["length"])).toBeUndefined();
  });
});
