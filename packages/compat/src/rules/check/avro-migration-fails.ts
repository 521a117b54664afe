import type { CheckRule } from './check-rule.js';

/** An Avro change that Flink accepts and then cannot carry out. */
export const AVRO_MIGRATION_FAILS: CheckRule = {
  row: {
    id: 'avro-migration-fails',
    purpose: 'an Avro change that Flink accepts and then cannot carry out',
    level: 'data',
    severity: 'error',
    since: '0.1.0',
    docs: {
      what: "Flink finds the two schemas compatible after migration. But for generic records it reads with the old schema and writes the same record with the new one, field by field in their order, without Avro's rules of resolution.",
      harm: 'A field added, removed in the middle or reordered makes that fail or mixes up the fields: with RocksDB in the migration, so that the restore dies; on the heap at the next checkpoint, when the old savepoint may be long gone. Fields of the same type swap their values silently.',
      remedy:
        'Change only what fits by position: drop fields at the end, widen numbers, rename with an alias. Or use generated classes (SpecificRecord), which are resolved properly.',
    },
  },
  next: () => 'change only what fits by position, or use generated classes',
};
