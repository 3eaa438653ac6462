/** So many zero bytes follow a pull, so that loops over its bytes end there and words can be read across its end. */
const slack = 8;

/** The bytes of the pull that is being scanned, followed by zeros, in memory that is used again for the next one. */
export class PullBytes {
  bytes: Buffer = Buffer.alloc(0);
  /** The same bytes, to be read four at a time. */
  view: DataView = new DataView(new ArrayBuffer(0));

  /** Takes the place of the last pull. */
  load(content: Buffer): void {
    if (content.length + slack > this.bytes.length) {
      this.bytes = Buffer.allocUnsafeSlow(2 * content.length + (1 << 20));
      this.view = new DataView(this.bytes.buffer);
    }
    this.bytes.set(content);
    this.bytes.fill(0, content.length, content.length + slack);
  }
}
