import { describe, expect, it } from "vitest";
import { hostOf, ipFromString, ipToString, maskOf, truncateIp } from "./network.ts";

describe("addresses", () => {
  it.each([
    ["http://user:pw@www.a.b:80/x?y#z", "www.a.b"],
    ["//a.b/c", "a.b"],
    ["mailto:foo@bar.com", "bar.com"],
    ["mailto:?to=x", "mailto"],
    ["https://[::1]:80", "[::1]"],
    ["  A.b.  ", "A.b."],
    ["..a.b..", "a.b."],
    ["http://", null],
    ["?x", null],
    ["", null],
  ])("the host of %j", (url, host) => {
    expect(hostOf(url)).toBe(host);
  });

  it.each(["1.2.3.4", "::1", "2001:db8::8:800:200c:417a", "1:2:3:4:5:6:7:8", "::"])(
    "%s comes back from its bytes",
    (text) => {
      expect(ipToString(ipFromString(text))).toBe(text);
    },
  );

  it.each(["1.2.3", "1.2.3.256", ":::", "1::2::3", "x"])("%s is none", (text) => {
    expect(() => ipFromString(text)).toThrow("Not an IP address");
  });

  it("are masked and cut", () => {
    expect([...maskOf(4, 20)]).toEqual([255, 255, 240, 0]);
    expect([...truncateIp(Uint8Array.of(170, 187, 204, 221), 12)]).toEqual([170, 176, 0, 0]);
    expect(() => maskOf(4, 33)).toThrow("length");
  });
});
