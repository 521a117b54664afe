import { LONG } from '../codecs/primitives.js';
import { compositeFormat } from '../composite.js';
import { elementsCodec } from '../elements.js';
import type { TypeDescription } from '../model.js';
import { optionalCodec } from '../optional.js';
import { recordCodec } from '../record.js';

const SERIALIZER = 'StateSerializer';
const CLASS = 'org.apache.flink.streaming.api.functions.sink.TwoPhaseCommitSinkFunction';
const LEGACY_CLASS = 'org.apache.flink.streaming.api.functions.sink.legacy.TwoPhaseCommitSinkFunction';
const STATE = {
  className: `${CLASS}$State`,
  names: ['pendingTransaction', 'pendingCommitTransactions', 'context'],
};
const HOLDER = { className: `${CLASS}$TransactionHolder`, names: ['handle', 'transactionStartTime'] };

/** Whether a pending transaction may be missing: told from version 4 on, always so in 3, never before. */
function readSupportsNull(input: { readBoolean(kind: string): boolean }, outerVersion: number): boolean {
  return outerVersion >= 4 ? input.readBoolean('supports null transaction') : outerVersion === 3;
}

/**
 * Outer part: `bool supportsNullTransaction` in version 4. Value:
 *
 *     [bool present]         when that is supported
 *     transaction, i64 startTimeMillis
 *     i32 n, n x (transaction, i64 startTimeMillis)
 *     bool has context, [context]
 *
 * Follows `TwoPhaseCommitSinkFunction.StateSerializerSnapshot` and `StateSerializer`, Flink 1.20; in 2.x the package is
 * `sink.legacy`.
 */
export const TWO_PHASE_COMMIT = compositeFormat<boolean>({
  classNames: [`${CLASS}$StateSerializerSnapshot`, `${LEGACY_CLASS}$StateSerializerSnapshot`],
  notes: { type: 'record', serializer: SERIALIZER, flink: '1.8-2.3', values: 'RecordValue' },
  outerVersions: [1, 2, 3, 4],
  arity: 2,
  readOuter: readSupportsNull,
  writeOuter(output, supportsNull, outerVersion) {
    if (outerVersion >= 4) output.writeBoolean(supportsNull);
  },
  describe(snapshot, describe) {
    const holder = describeHolder(describe(snapshot.nested[0]!));
    const commits = { type: 'list', serializer: SERIALIZER, fields: [{ name: 'element', type: holder }] };
    return {
      type: 'record',
      class: STATE.className,
      serializer: SERIALIZER,
      fields: [
        { name: 'pendingTransaction', type: holder, nullable: snapshot.outer },
        { name: 'pendingCommitTransactions', type: commits },
        { name: 'context', type: describe(snapshot.nested[1]!), nullable: true },
      ],
    };
  },
  codec(snapshot, compiler) {
    const transaction = compiler.compile(snapshot.nested[0]!, 'transaction');
    const context = compiler.compile(snapshot.nested[1]!, 'context');
    const holder = recordCodec(compiler, HOLDER, [transaction, LONG], SERIALIZER);
    const pending = snapshot.outer ? optionalCodec({ inner: holder, flag: 'is-present' }) : holder;
    const commits = elementsCodec(compiler, { element: holder, flag: 'none', serializer: SERIALIZER });
    const parts = [pending, commits, optionalCodec({ inner: context, flag: 'is-present' })];
    return recordCodec(compiler, STATE, parts, SERIALIZER);
  },
});

function describeHolder(transaction: TypeDescription): TypeDescription {
  return {
    type: 'record',
    class: HOLDER.className,
    serializer: SERIALIZER,
    fields: [
      { name: 'handle', type: transaction },
      { name: 'transactionStartTime', type: { type: 'long', serializer: 'LongSerializer' } },
    ],
  };
}
