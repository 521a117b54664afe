import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { LocalFileSystem } from '@statewright/bytes';
import { flinkVersion, type JobSchema, jobSchemaOf, resolveInPlace, type Target } from '@statewright/compat';
import { openSavepoint } from '@statewright/savepoint';
import { ROOT } from '../architecture/source-tree.js';

/*
 * What the resolver says of changed jobs, against what real Flink did: `flink*.json` says for each backend whether the new
 * job came up from the old savepoint and could take its next one. A job that comes up and then dies of a value counts as
 * not restored there, so that its values must not be promised to be readable.
 */

interface Truth {
  readonly restored: boolean;
  readonly nextSavepoint?: boolean;
}

/** Refused for reasons that no serializer has part in. */
const NOT_OF_TYPES = ['uid-changed', 'max-parallelism-changed', 'operator-list-to-union', 'value-to-list'];
const RUNS = [
  { line: '1.20', answer: 'flink.json', target: '1.20' },
  { line: '2.3', answer: 'flink.json', target: '2.3' },
  { line: '1.20', answer: 'flink2.3.json', target: '2.3' },
] as const;

const FOLDER = path.join(ROOT, 'fixtures/stories');
const STORIES = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !NOT_OF_TYPES.includes(entry.name))
  .map(({ name }) => name);

async function schema(story: string, line: string, side: string): Promise<JobSchema> {
  const directory = path.join(FOLDER, story, `flink${line}`, side);
  return jobSchemaOf(
    await openSavepoint(directory, { fs: new LocalFileSystem(), relocate: true }),
    directory,
  );
}

function resolutions(old: JobSchema, now: JobSchema, target: Target) {
  return old.operators.flatMap((operator) => {
    const states = now.operators.find(({ id }) => id === operator.id)?.states ?? [];
    return operator.states.flatMap((before) => {
      const after = states.find(({ name, kind }) => name === before.name && kind === before.kind);
      if (after === undefined) return [];
      const isMapState = before.kind === 'map';
      return (['key', 'namespace', 'value'] as const).flatMap((place) => {
        const [one, other] = [before[place], after[place]];
        return one === undefined || other === undefined
          ? []
          : [resolveInPlace(one, other, target, { place, isMapState })];
      });
    });
  });
}

describe('changed jobs that real Flink has judged', () => {
  test('there are more than twenty', () => assert.ok(STORIES.length > 20, `${STORIES.length}`));

  for (const story of STORIES) {
    for (const { line, answer, target } of RUNS) {
      const file = path.join(FOLDER, story, `flink${line}`, answer);
      if (!existsSync(file)) continue;
      const truths = JSON.parse(readFileSync(file, 'utf8')) as { [backend: string]: Truth };
      for (const backend of ['hashmap', 'rocksdb'] as const) {
        test(`${story}: ${line} to ${target}, ${backend}`, async () => {
          const sides = [
            await schema(story, line, 'previous'),
            await schema(story, target, 'current'),
          ] as const;
          const versions = { version: flinkVersion(target)!, sourceVersion: flinkVersion(line) };
          const found = resolutions(...sides, { ...versions, backend });
          const refused = found.some(({ restores }) => restores === 'no');
          const promised = found.every(({ restores, readable }) => restores === 'yes' && readable === 'yes');
          const { restored, nextSavepoint } = truths[backend]!;
          assert.ok(
            found.every(({ restores }) => restores !== 'unknown'),
            'everything here can be told',
          );
          if (restored) assert.equal(refused, false, 'Flink restores it');
          if (refused) assert.equal(restored, false, 'we say that Flink refuses');
          if (promised)
            assert.deepEqual({ restored, nextSavepoint }, { restored: true, nextSavepoint: true });
        });
      }
    }
  }
});
