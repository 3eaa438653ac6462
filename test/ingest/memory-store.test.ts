import { testStore } from "../../src/ingest/store/store.contract.ts";
import { openMemoryStore } from "./memory-store.ts";

testStore("a store in memory", {
  open: async () => Promise.resolve(openMemoryStore()),
  close: async () => Promise.resolve(),
});
