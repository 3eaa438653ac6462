import { WorldError } from "../../domain/world-error.ts";

function isSystemError(error: unknown): error is NodeJS.ErrnoException & { readonly code: string } {
  return error instanceof Error && "syscall" in error && "code" in error && typeof error.code === "string";
}

/** The code by which the operating system refused something, or `undefined` where the error is not its own. */
export function systemCode(error: unknown): string | undefined {
  return isSystemError(error) ? error.code : undefined;
}

/** What was tried when the operating system refused. */
export interface FolderAttempt {
  readonly doing: "read" | "write";
  readonly path: string;
}

/** Runs file system calls; what the system refuses becomes a `WorldError` in one sentence, anything else stays as it is. */
export function attempt<T>(what: FolderAttempt, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw isSystemError(error) ? folderError(error, what) : error;
  }
}

function folderError(
  error: NodeJS.ErrnoException & { readonly code: string },
  { doing, path }: FolderAttempt,
): WorldError {
  const name = `"${path}"`;
  switch (error.code) {
    case "ENOENT":
      return new WorldError("missing-folder", `There is no folder or file ${name}.`, {
        hint: "Create it, or correct the path in the project's settings.",
        cause: error,
      });
    case "ENOTDIR":
    case "EEXIST":
      return new WorldError("not-a-folder", `${capitalizedPart(path)} is a file where a folder is wanted.`, {
        hint: "Move the file away, or correct the path in the project's settings.",
        cause: error,
      });
    case "EACCES":
    case "EPERM":
      return new WorldError("no-permission", `There is no permission to ${doing} ${name}.`, {
        hint: `Give the user that runs tsdbt the right to ${doing} it.`,
        cause: error,
      });
    case "ENOSPC":
    case "EDQUOT":
      return new WorldError("disk-full", `There is no space left to write ${name}.`, {
        hint: "Free some space and run it again; nothing half is left behind.",
        cause: error,
      });
    case "EROFS":
      return new WorldError("read-only-disk", `${name} cannot be written, for its file system is read-only.`, {
        hint: "Name another folder in the project's settings, or mount it for writing.",
        cause: error,
      });
    default:
      return new WorldError("unreadable-folder", `The system refused to ${doing} ${name} (${error.code}).`, {
        isRetryable: ["EAGAIN", "EBUSY", "EIO", "EMFILE", "ENFILE", "ESTALE", "ETIMEDOUT"].includes(error.code),
        cause: error,
      });
  }
}

function capitalizedPart(path: string): string {
  return `A part of "${path}"`;
}
