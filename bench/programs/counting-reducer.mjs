/** Counts entries, and keeps none. */
class Counts {
  /** One for each state and key, as an export has lines. */
  entries = 0;
  /** Each entry of a map counts, as the savepoint stores them. */
  rawEntries = 0;

  add(batch) {
    this.entries += batch.length;
    for (const { value, state } of batch) this.rawEntries += state.kind === 'map' ? value.entries.length : 1;
  }

  result() {
    return { entries: this.entries, rawEntries: this.rawEntries };
  }
}

/** What `decodeParallel` loads in each worker. */
export function createReducer() {
  return new Counts();
}
