import { type FakeAnswer, type FakeRequest, type FakeService, refusal, startFake } from "./fake-http.ts";

/** What a fake job comes to: rows, a count, a failure; after so many looks at it that it is not done yet. */
export interface FakeOutcome {
  readonly fields?: readonly { readonly name: string; readonly type: string; readonly mode?: string }[];
  readonly rows?: readonly (readonly unknown[])[];
  readonly statistics?: object;
  readonly failure?: { readonly reason: string; readonly message: string };
  readonly looks?: number;
}

/** A table that the fake shows. */
export interface FakeTable {
  readonly type: "TABLE" | "VIEW";
  readonly fields: readonly { readonly name: string; readonly type: string }[];
  readonly numRows?: number;
}

/** A fake BigQuery: what is asked of it is written down, what comes of a job is said by script. */
export interface FakeBigquery extends FakeService {
  /** The configurations of the jobs that ran, in their order. */
  readonly ran: readonly { readonly id: string; readonly configuration: unknown }[];
  readonly tables: Map<string, FakeTable>;
  /** Says what comes of a job, by its text. */
  readonly answer: (outcome: (text: string, id: string) => FakeOutcome) => void;
  readonly cancelled: readonly string[];
}

interface HeldJob {
  readonly id: string;
  readonly configuration: unknown;
  readonly location: unknown;
  readonly outcome: FakeOutcome;
  looks: number;
  isCancelled: boolean;
}

interface InsertBody {
  readonly jobReference: { readonly jobId: string; readonly location?: string };
  readonly configuration: { readonly query?: { readonly query: string }; readonly dryRun?: boolean };
}

/** Starts a fake BigQuery with pages of this many rows and tables. */
export async function startFakeBigquery(pageSize = 100): Promise<FakeBigquery> {
  const jobs = new Map<string, HeldJob>();
  const ran: { readonly id: string; readonly configuration: unknown }[] = [];
  const cancelled: string[] = [];
  const tables = new Map<string, FakeTable>();
  let outcomeOf: (text: string, id: string) => FakeOutcome = () => ({});

  const resource = ({ id, configuration, location, outcome, looks, isCancelled }: HeldJob): object => {
    const state = isCancelled || looks >= (outcome.looks ?? 0) ? "DONE" : "RUNNING";
    const stopped = { reason: "stopped", message: "Job execution was cancelled." };
    const failure = isCancelled ? stopped : state === "DONE" ? outcome.failure : undefined;
    return {
      jobReference: { projectId: "p", jobId: id, location },
      configuration,
      status: { state, ...(failure !== undefined && { errorResult: failure, errors: [failure] }) },
      statistics: { creationTime: String(Date.now()), ...outcome.statistics },
    };
  };
  let holder: string | undefined;
  /** The lock of runs, which the fake keeps as BigQuery would: whoever takes it has it. */
  const ofLock = (text: string): FakeOutcome | undefined => {
    const taken = /update `[^`]+`\.`[^`]+`\.`lock`\s+set holder = (?:'(?<holder>[^']+)'|null)/u.exec(text);
    if (taken !== null) holder = taken.groups?.["holder"];
    if (/`lock`\s+set/u.test(text)) return { statistics: { query: { numDmlAffectedRows: "1" } } };
    if (!text.includes("timestamp_diff(expires")) return undefined;
    const fields = ["holder", "fence", "seconds"].map((name, index) => ({
      name,
      type: index === 0 ? "STRING" : "INTEGER",
    }));
    return { fields, rows: [[holder ?? null, "1", "300"]] };
  };
  const lookedAt = ({ failure, fields = [], statistics }: FakeOutcome): FakeAnswer =>
    failure === undefined
      ? { status: 200, body: { statistics: { query: { schema: { fields } }, ...statistics } } }
      : refusal(400, failure.reason, failure.message);
  const insert = ({ body }: FakeRequest): FakeAnswer => {
    const { jobReference, configuration } = JSON.parse(body.toString()) as InsertBody;
    if (configuration.dryRun === true) return lookedAt(outcomeOf(configuration.query?.query ?? "", "dry run"));
    const id = jobReference.jobId;
    if (jobs.has(id)) return refusal(409, "duplicate", `Already Exists: Job p:US.${id}`);
    const text = configuration.query?.query ?? "";
    const outcome = ofLock(text) ?? outcomeOf(text, id);
    const job = { id, configuration, location: jobReference.location, outcome, looks: 0, isCancelled: false };
    jobs.set(id, job);
    ran.push({ id, configuration });
    return { status: 200, body: resource(job) };
  };
  const look = (id: string): FakeAnswer => {
    const job = jobs.get(id);
    if (job === undefined) return refusal(404, "notFound");
    const answer = { status: 200, body: resource(job) };
    job.looks++;
    return answer;
  };
  const rows = (id: string, query: URLSearchParams): FakeAnswer => {
    const { fields = [], rows: all = [] } = jobs.get(id)?.outcome ?? {};
    const start = Number(query.get("pageToken") ?? 0);
    const end = start + Math.min(pageSize, Number(query.get("maxResults") ?? pageSize));
    const page = all.slice(start, end).map((row) => ({ f: row.map((v) => ({ v })) }));
    const next = end < all.length ? { pageToken: String(end) } : {};
    return { status: 200, body: { jobComplete: true, schema: { fields }, rows: page, ...next } };
  };
  const list = (dataset: string, query: URLSearchParams): FakeAnswer => {
    const keys = [...tables.keys()].filter((key) => key.startsWith(`${dataset}.`)).sort();
    if (keys.length === 0) return refusal(404, "notFound");
    const start = Number(query.get("pageToken") ?? 0);
    const page = keys.slice(start, start + pageSize).map((key) => {
      const [datasetId, tableId] = key.split(".");
      return { tableReference: { projectId: "p", datasetId, tableId }, type: tables.get(key)?.type };
    });
    const next = start + pageSize < keys.length ? { nextPageToken: String(start + pageSize) } : {};
    return { status: 200, body: { tables: page, ...next } };
  };
  const datasets = (query: URLSearchParams): FakeAnswer => {
    const names = [...new Set([...tables.keys()].map((key) => key.split(".")[0]))].sort();
    const start = Number(query.get("pageToken") ?? 0);
    const page = names.slice(start, start + pageSize).map((datasetId) => ({ datasetReference: { datasetId } }));
    const next = start + pageSize < names.length ? { nextPageToken: String(start + pageSize) } : {};
    return { status: 200, body: { datasets: page, ...next } };
  };
  const table = (key: string): FakeAnswer => {
    const found = tables.get(key);
    if (found === undefined) return refusal(404, "notFound");
    const { type, fields, numRows = 0 } = found;
    return { status: 200, body: { type, schema: { fields }, numRows: String(numRows) } };
  };

  const fake = await startFake((request) => {
    const { method, query } = request;
    const path = request.path.replace(/^\/bigquery\/v2\/projects\/[^/]+/u, "");
    const [, kind, first = "", second, third = ""] = path.split("/");
    switch (kind) {
      case "jobs": {
        if (method === "POST" && first === "") return insert(request);
        if (first === "") return { status: 200, body: { jobs: [...jobs.values()].map(resource).reverse() } };
        const job = jobs.get(first);
        if (second !== "cancel") return look(first);
        if (job !== undefined) job.isCancelled = true;
        cancelled.push(first);
        return { status: 200, body: {} };
      }
      case "queries":
        return rows(first, query);
      case "datasets":
        if (first === "") return datasets(query);
        return third === "" ? list(first, query) : table(`${first}.${third}`);
      default:
        return refusal(404, "notFound");
    }
  });
  return {
    ...fake,
    ran,
    tables,
    cancelled,
    answer: (outcome) => {
      outcomeOf = outcome;
    },
  };
}
