/** An entry that is larger than all that were met before it. */
export interface LargestEntry {
  /** `OPERATOR/STATE`. */
  readonly address: string;
  /** As JSON; undefined where there is none, or where it was not decoded. */
  readonly key: unknown;
  /** Of key and value; of a value alone where frames were counted. */
  readonly bytes: number;
}

/** Tells of entries that are larger than all before. */
export class LargestWatch {
  private bytes = 0;

  constructor(private readonly tell: ((entry: LargestEntry) => void) | undefined) {}

  /** Takes an entry; the rest of it is only asked for when it is told. */
  add(bytes: number, rest: () => Omit<LargestEntry, 'bytes'>): void {
    if (this.tell === undefined || bytes <= this.bytes) return;
    this.bytes = bytes;
    this.tell({ ...rest(), bytes });
  }
}
