import { writeCopy } from './copy-file.js';
import { spillKeyed } from './spill-stream.js';
import { writeOperatorStream } from './write-operator.js';
import { writeKeyedStream } from './write-stream.js';

/** What writes the streams of a new snapshot, under one name: a copy, a keyed stream, operator state, entries to be sorted. */
export const streamWriters = {
  copy: writeCopy,
  keyed: writeKeyedStream,
  operator: writeOperatorStream,
  spill: spillKeyed,
} as const;
