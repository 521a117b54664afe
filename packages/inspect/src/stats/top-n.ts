/** The `limit` largest things of a stream, in memory for just that many. */
export class TopN<T> {
  private readonly kept: { readonly size: number; readonly thing: T }[] = [];

  constructor(private readonly limit: number) {}

  /** Whether a thing of this size would be kept: ask before making one. */
  wants(size: number): boolean {
    return this.kept.length < this.limit || (this.limit > 0 && size > this.kept.at(-1)!.size);
  }

  /** Of equals, the earlier one stays ahead. */
  add(size: number, thing: T): void {
    if (!this.wants(size)) return;
    let at = this.kept.length;
    while (at > 0 && this.kept[at - 1]!.size < size) at--;
    this.kept.splice(at, 0, { size, thing });
    if (this.kept.length > this.limit) this.kept.pop();
  }

  /** The largest first. */
  list(): T[] {
    return this.kept.map(({ thing }) => thing);
  }
}
