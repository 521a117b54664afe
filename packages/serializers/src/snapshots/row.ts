import { compositeFormat } from '../composite.js';
import type { SerializerSnapshot } from '../model.js';
import { rowCodec } from '../row-codec.js';

/** Whether rows carry their kind (INSERT ...): stored from outer version 4 on, always in 3, never in 2. */
function readSupportsRowKind(input: { readBoolean(kind: string): boolean }, outerVersion: number): boolean {
  if (outerVersion === 4) return input.readBoolean('supportsRowKind');
  return outerVersion === 3;
}

/** `RowUtils#deepHashCodeInternal` hashes lists, maps and arrays in a way of its own, not by their `hashCode`. */
function hashesDeeply({ className, nested }: SerializerSnapshot): boolean {
  return /\.(\w*List|Map|Set|Generic\w*)Serializer\w*Snapshot$/.test(className) || nested.some(hashesDeeply);
}

/**
 * Outer part: `bool supportsRowKind` in version 4, nothing before.
 * Follows `org.apache.flink.api.java.typeutils.runtime.RowSerializer.RowSerializerSnapshot`, Flink 1.20.
 */
export const ROW = compositeFormat<boolean>({
  classNames: ['org.apache.flink.api.java.typeutils.runtime.RowSerializer$RowSerializerSnapshot'],
  notes: { type: 'row', serializer: 'RowSerializer', flink: '1.8-2.3', values: 'RowValue without names' },
  outerVersions: [2, 3, 4],
  readOuter: readSupportsRowKind,
  writeOuter(output, supportsRowKind, outerVersion) {
    if (outerVersion === 4) output.writeBoolean(supportsRowKind);
  },
  describe: (snapshot, describe) => ({
    type: 'row',
    class: 'org.apache.flink.types.Row',
    serializer: 'RowSerializer',
    fields: snapshot.nested.map((field, i) => ({ name: `f${i}`, type: describe(field), nullable: true })),
    details: { rowKind: snapshot.outer },
  }),
  codec(snapshot, compiler) {
    const codecs = snapshot.nested.map((field, i) => compiler.compile(field, `f${i}`));
    const codec = rowCodec(compiler, codecs, snapshot.outer);
    return snapshot.nested.some(hashesDeeply) ? { ...codec, hash: () => undefined } : codec;
  },
});
