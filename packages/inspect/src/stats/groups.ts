import type { KeyGroupStats } from './stats-views.js';

/** Entries and bytes by a small number: key group or subtask. */
export class Groups {
  private readonly entries: number[] = [];
  private readonly bytes: number[] = [];

  add(group: number, bytes: number, entries = 1): void {
    this.entries[group] = (this.entries[group] ?? 0) + entries;
    this.bytes[group] = (this.bytes[group] ?? 0) + bytes;
  }

  /** Those that hold something, in order. */
  list(): { readonly group: number; readonly entries: number; readonly bytes: number }[] {
    return Object.keys(this.entries).map((text) => {
      const group = Number(text);
      return { group, entries: this.entries[group]!, bytes: this.bytes[group]! };
    });
  }

  /** The `top` largest of `count` key groups, and how uneven they are; `each` tells the bytes of every one. */
  keyGroups(count: number, top: number, each = false): KeyGroupStats {
    const used = this.list();
    const total = used.reduce((sum, { bytes }) => sum + bytes, 0);
    const largest = [...used].sort((a, b) => b.bytes - a.bytes || a.group - b.group).slice(0, top);
    return {
      count,
      used: used.length,
      skew: total === 0 ? 1 : largest[0]!.bytes / (total / count),
      largest: largest.map(({ group, entries, bytes }) => ({ keyGroup: group, entries, bytes })),
      ...(each ? { bytes: Array.from({ length: count }, (_, group) => this.bytes[group] ?? 0) } : {}),
    };
  }
}
