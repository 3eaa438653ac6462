import { expect, it } from "vitest";
import { byteText } from "./byte-text.ts";

it.each([
  [0, "0 bytes"],
  [1023, "1023 bytes"],
  [1536, "1.5 KiB"],
  [10_485_760, "10.0 MiB"],
  [3 * 1024 ** 5, "3.0 PiB"],
  [5000 * 1024 ** 5, "5000.0 PiB"],
])("writes %d bytes as %s", (bytes, text) => {
  expect(byteText(bytes)).toBe(text);
});
