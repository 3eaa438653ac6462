/** An object as a store lists it. The version differs whenever the content may differ; the size is in bytes. */
export interface StoredObject {
  /** Relative to the store, with `/` between folders. */
  readonly name: string;
  readonly version: string;
  readonly size: number;
}

/** An object's bytes, or `undefined` where the object is gone. They are the store's and hold until the next object is asked for. */
export interface ReadObject {
  readonly name: string;
  readonly content: Buffer | undefined;
}

/** What a write relies on: the version that it takes the place of, or that there is no such object yet. */
export interface WriteCondition {
  readonly replacing: string | undefined;
}

/** A place that holds objects by name. All methods throw a `WorldError` where the world is in the way. */
export interface Store {
  /** All objects, sorted by name; none that is only half written. */
  list(): Promise<readonly StoredObject[]>;
  /** The objects of these names, in this order; a store may read ahead. */
  read(names: readonly string[]): AsyncIterable<ReadObject>;
  /**
   * Writes an object whole or not at all: where the chunks fail or the condition does not hold, all stays as it was. A chunk
   * is the store's until it asks for the next one.
   */
  write(name: string, chunks: AsyncIterable<Buffer>, condition: WriteCondition): Promise<StoredObject>;
  /** Removes an object; one that is not there is no error. */
  remove(name: string): Promise<void>;
  /** The address under which a warehouse reads an object of this name. */
  uri(name: string): string;
}
