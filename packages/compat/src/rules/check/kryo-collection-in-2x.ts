import type { SerializerSnapshot } from '@statewright/serializers';
import { nodeAt } from '../../check/node-at.js';
import type { JobPair } from '../../check/pairs.js';
import { lastVersionOf, versionText } from '../../check/versions.js';
import { isKryo } from '../../resolve/snapshot-kinds.js';
import type { CheckRule } from './check-rule.js';

/** A collection that Kryo wrote and Flink 2 writes itself. */
export const KRYO_COLLECTION_IN_2X: CheckRule = {
  row: {
    id: 'kryo-collection-in-2x',
    purpose: 'a collection that Kryo wrote and Flink 2 writes itself',
    level: 'restore',
    severity: 'error',
    since: '0.1.0',
    docs: {
      what: 'Flink 1.x knows no serializer for a `List`, `Map` or `Set` inside of a POJO and gives it to Kryo. Since 2.0 such fields have `ListSerializer`, `MapSerializer` and `SetSerializer`, which do not read what Kryo wrote: the field is incompatible, and with it the POJO, although nobody has changed the job. Where the elements are generic themselves (`List<List<String>>`), Kryo keeps the field: Flink accepts it, and Kryo 5 misreads what Kryo 2 wrote. A snapshot does not tell the elements, so that a check without a snapshot or contract of 2.x cannot tell the two apart.',
      harm: 'Flink refuses to restore the operator: the job fails, and restarts and fails again.',
      remedy:
        'On 2.x, keep the field with Kryo: set `pipeline.built-in-collection-types: false`, and remember that Kryo 5 reads what Kryo 2 wrote. Better: while the job still runs on 1.x, give the field a type with `@TypeInfo` in a state of another name, and upgrade then.',
    },
  },
  next: () =>
    'on 1.x, move the collection to a field with type information of its own; or set pipeline.built-in-collection-types: false on 2.x',
  reason: ({ note, job }) =>
    isImagined(job)
      ? `Kryo wrote this collection, and Flink ${versionText(job.target.version)} has a serializer of its own for it; where the elements are generic themselves (List<List<String>>), Kryo keeps it and misreads what was written`
      : note.reason,
  takes: ({ note, place }) => {
    if (note.verdict !== 'INCOMPATIBLE' || note.old === undefined || note.now === undefined) return false;
    const [old, now] = [nodeAt(place.old, note.old), nodeAt(place.now, note.now)];
    return old !== undefined && COLLECTIONS.has(kryoType(old)) && now !== undefined && kryoType(now) === '';
  },
};

/** Whether nobody has shown what the job does on 2.x: the new side is the old one, or was written by 1.x. */
function isImagined({ now, predicted }: JobPair): boolean {
  const written = lastVersionOf(now.source);
  return predicted || (written !== undefined && written.major < 2);
}

const COLLECTIONS: ReadonlySet<string> = new Set(['java.util.List', 'java.util.Map', 'java.util.Set']);

/** The class that Kryo writes, or nothing. */
function kryoType(snapshot: SerializerSnapshot): string {
  return isKryo(snapshot) ? snapshot.typeClass : '';
}
