import type { PojoSnapshot, SerializerSnapshot } from '@statewright/serializers';
import type { Answer } from '../../verdict.js';
import { type Remark, remark, worst } from '../comparison.js';
import { whyUnreadable } from '../reading.js';
import type { World } from '../world.js';
import type { Pair } from './family.js';

/** The name of a recorded subclass that the new job cannot read: then the whole POJO is incompatible. */
export function absentSubclass(old: PojoSnapshot, world: World): string | undefined {
  return [...old.registeredSubclasses, ...old.otherSubclasses].find(
    ({ key, value }) => key === undefined || value === undefined || whyUnreadable(value, world) !== undefined,
  )?.name;
}

/**
 * What the subclasses alone make of the verdict: the serializer is rebuilt when the registered ones are no prefix of
 * the new job's, or when there are others. Follows `newPojoSerializerIsCompatibleWithReconfiguredSerializer` of
 * `PojoSerializerSnapshot`, Flink 1.20 and 2.3.
 */
export function subclassRemarks(pair: Pair<PojoSnapshot>, old: PojoSnapshot): readonly Remark[] {
  const { now, path } = pair;
  const names = now.registeredSubclasses.map(({ name }) => name);
  const remarks: Remark[] = [...newlyRegistered(pair, old)];
  if (!old.registeredSubclasses.every(({ name }, i) => names[i] === name)) {
    const before = old.registeredSubclasses.map(({ name }) => name).join(', ');
    const reason = `registered subclasses of ${now.pojoClass} were ${before} and are ${names.join(', ') || 'none'}; the old numbers are kept`;
    const dropped = old.registeredSubclasses.filter(({ name }) => !names.includes(name));
    const answer = worst(dropped.map(({ name, value }) => keptSerializer(pair, name, value!)));
    const told = {
      path,
      code: 'pojo-subclass-registration-changed',
      verdict: 'WITH_RECONFIGURED_SERIALIZER',
    } as const;
    remarks.push(remark({ ...told, reason, bytes: answer, objects: answer }, old, now));
  }
  for (const { name, value } of old.otherSubclasses) {
    const answer = keptSerializer(pair, name, value!);
    const reason = `${name} is a subclass of ${now.pojoClass} that was never registered; Flink keeps its old serializer and compares nothing`;
    const told = { path: [...path, `subclass ${name}`], code: 'pojo-subclass-unregistered' } as const;
    const verdict = 'WITH_RECONFIGURED_SERIALIZER' as const;
    remarks.push(remark({ ...told, verdict, reason, bytes: answer, objects: answer }, value, undefined));
  }
  return remarks;
}

/**
 * Values of a subclass that was registered since are written with a number where its class name stood. What the old job
 * had met is recorded; a heap is recorded before its values are written, so that one not recorded may have been met too.
 * Follows `PojoSerializer#serialize`, Flink 1.20 and 2.3.
 */
function newlyRegistered({ now, path }: Pair<PojoSnapshot>, old: PojoSnapshot): readonly Remark[] {
  const before = new Set(old.registeredSubclasses.map(({ name }) => name));
  const met = new Set(old.otherSubclasses.map(({ name }) => name));
  return now.registeredSubclasses
    .filter(({ name }) => !before.has(name))
    .map(({ name, value }) => {
      const reason = `${name} was registered since: its values are written with a number where its name stood, which as keys RocksDB does not find`;
      const told = {
        path: [...path, `subclass ${name}`],
        code: 'pojo-subclass-registration-changed',
      } as const;
      const misses = met.has(name) ? 'yes' : 'unknown';
      return remark({ ...told, verdict: 'AS_IS', reason, misses }, undefined, value);
    });
}

/** Whether the old serializer of a subclass, which is kept, still fits the class: only where the new job names it. */
function keptSerializer(pair: Pair<PojoSnapshot>, name: string, old: SerializerSnapshot): Answer {
  const { now } = pair;
  const found = [...now.registeredSubclasses, ...now.otherSubclasses].find(
    (entry) => entry.name === name,
  )?.value;
  if (found === undefined) return 'unknown';
  const compared = pair.below(old, found, `subclass ${name}`);
  return compared.verdict === 'INCOMPATIBLE' ? 'no' : compared.objects;
}
