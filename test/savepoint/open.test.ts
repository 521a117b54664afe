import assert from 'node:assert/strict';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { DataInputView, LocalFileSystem, StatewrightError } from '@statewright/bytes';
import {
  type OpenOptions,
  openSavepoint,
  operatorIdOfUid,
  readMetadata,
  type Savepoint,
  writeMetadata,
} from '@statewright/savepoint';
import { CORPUS, FIXTURES, snapshots } from './corpus.js';

const scratch = mkdtempSync(join(tmpdir(), 'statewright-open-'));
after(() => rmSync(scratch, { recursive: true }));

const SMALL = join(CORPUS, 'savepoints/new-stateful-broadcast-udf-flink1.19-hashmap-savepoint');

async function codeOf(path: string, options?: OpenOptions): Promise<string> {
  try {
    await openSavepoint(path, options);
  } catch (error) {
    assert.ok(error instanceof StatewrightError, String(error));
    return error.code;
  }
  return 'opened';
}

/** Written by a development version between two releases: the metadata of the release before. */
const PRE_RELEASE = ['sql-lookup-join_1--lookup-join-with-try-resolve', 'sql-sink_1--sink-upsert'];

function older(a: string, b: string): boolean {
  const [a1, a2] = a.split('.').map(Number);
  const [b1, b2] = b.split('.').map(Number);
  return a1! < b1! || (a1 === b1 && a2! < b2!);
}

function typeOf(savepoint: Savepoint): string {
  return [savepoint.snapshotType, savepoint.snapshotFormat].filter((each) => each !== undefined).join(' ');
}

/** `SavepointType{… formatType=NATIVE}` as `savepoint native`. */
function indexedType(text: string | null): string {
  if (text === null) return '';
  if (!text.startsWith('SavepointType')) return 'checkpoint';
  return `savepoint ${/formatType=(\w+)/.exec(text)![1]!.toLowerCase()}`;
}

test('every snapshot of the corpus from Flink 1.3 on opens, with its type and a version range that holds its Flink', async () => {
  for (const entry of snapshots()) {
    const path = dirname(join(CORPUS, entry.metadata));
    if (entry.metadataVersion === 1) {
      assert.equal(await codeOf(join(CORPUS, entry.metadata)), 'LEGACY_FORMAT', entry.id);
      continue;
    }
    const savepoint = await openSavepoint(path);
    assert.equal(savepoint.operators.length, entry.operators, entry.id);
    assert.equal(typeOf(savepoint), indexedType(entry.checkpointType), entry.id);
    if (entry.flinkVersion === null || PRE_RELEASE.includes(entry.id)) continue;
    const [first, last] = savepoint.flinkVersions;
    const holds = !older(entry.flinkVersion, first) && !older(last, entry.flinkVersion);
    assert.ok(holds, `${entry.id}: ${entry.flinkVersion} is not in ${first} to ${last}`);
  }
});

test('operator ids are the murmur3 hash of the uid', async () => {
  assert.equal(operatorIdOfUid('proc'), '576dd1d1f766474368806deb544ded87');
  assert.equal(operatorIdOfUid('src'), 'f362c87ffabe89c8a91fa7d0a523ba6c');
  // Since 2.0 the metadata holds the uid beside the id: each pair is Flink's own word.
  let pairs = 0;
  for (const entry of snapshots().filter((each) => each.metadataVersion >= 5)) {
    const savepoint = await openSavepoint(dirname(join(CORPUS, entry.metadata)));
    for (const operator of savepoint.operators) {
      if (operator.uid === undefined) continue;
      assert.equal(operatorIdOfUid(operator.uid), operator.id, operator.uid);
      pairs++;
    }
  }
  assert.ok(pairs > 50, `${pairs} pairs`);
});

test('a uid candidate labels the operator whose id is its hash', async () => {
  const path = join(FIXTURES, 'fraud-detector-flink1.20-hashmap-savepoint');
  const savepoint = await openSavepoint(path, { uidCandidates: ['nobody', 'fraud-detector'] });
  const labelled = savepoint.operators.filter((operator) => operator.uid !== undefined);
  assert.deepEqual(
    labelled.map((each) => [each.uid, each.uidFrom, each.id]),
    [['fraud-detector', 'candidate', '2a4a1fc41aef3eb315eb30509ae95f1a']],
  );
});

test('opening reads the metadata and the headers, not the state', async () => {
  const local = new LocalFileSystem();
  let read = 0;
  const fs = Object.assign(Object.create(local) as LocalFileSystem, {
    readRange: (path: string, start: number, end: number) => {
      read += end - start;
      return local.readRange(path, start, end);
    },
  });
  const directory = join(scratch, 'large');
  cpSync(SMALL, directory, { recursive: true });
  await openSavepoint(directory, { fs });
  const small = read;
  read = 0;
  const opened = await openSavepoint(directory, { fs });
  // A state file that grows behind its handle's back is not read any further.
  const file = opened.operators.flatMap((each) => each.streams).find((each) => each.ref.kind === 'file')!.ref;
  assert.equal(file.kind, 'file');
  if (file.kind === 'file') {
    writeFileSync(file.path, Buffer.concat([readFileSync(file.path), Buffer.alloc(1 << 20)]));
  }
  read = 0;
  await openSavepoint(directory, { fs });
  assert.equal(read, small);
});

test('a metadata file of any name is a snapshot', async () => {
  const directory = join(scratch, 'renamed');
  cpSync(SMALL, directory, { recursive: true });
  cpSync(join(directory, '_metadata'), join(directory, 'my-metadata'));
  const savepoint = await openSavepoint(join(directory, 'my-metadata'));
  assert.equal(savepoint.location.metadataPath, join(directory, 'my-metadata'));
  assert.equal(savepoint.location.directory, directory);
});

test('of a directory of checkpoints the newest complete one is taken', async () => {
  const job = join(scratch, 'jobs', 'a'.repeat(32));
  for (const name of ['chk-9', 'chk-10']) cpSync(SMALL, join(job, name), { recursive: true });
  mkdirSync(join(job, 'chk-11'));
  mkdirSync(join(job, 'shared'));
  const savepoint = await openSavepoint(job);
  assert.equal(savepoint.location.directory, join(job, 'chk-10'));
  assert.deepEqual(savepoint.location.chosenFrom?.toSorted(), [join(job, 'chk-10'), join(job, 'chk-9')]);

  const other = join(scratch, 'jobs', 'b'.repeat(32), 'chk-2');
  cpSync(SMALL, other, { recursive: true });
  utimesSync(join(job, 'chk-10', '_metadata'), 2_000_000_000, 2_000_000_000);
  utimesSync(join(other, '_metadata'), 1_000_000_000, 1_000_000_000);
  assert.equal((await openSavepoint(join(scratch, 'jobs'))).location.directory, join(job, 'chk-10'));
  utimesSync(join(other, '_metadata'), 2_100_000_000, 2_100_000_000);
  assert.equal((await openSavepoint(join(scratch, 'jobs'))).location.directory, other);
});

test('what is no snapshot is refused with a code', async () => {
  mkdirSync(join(scratch, 'empty'));
  writeFileSync(join(scratch, 'text'), 'hello, world, this is not a savepoint');
  writeFileSync(join(scratch, 'nothing'), '');
  assert.equal(await codeOf(join(scratch, 'empty')), 'NOT_A_SNAPSHOT');
  assert.equal(await codeOf(join(scratch, 'text')), 'NOT_A_SNAPSHOT');
  assert.equal(await codeOf(join(scratch, 'nothing')), 'NOT_A_SNAPSHOT');
  assert.equal(await codeOf(join(scratch, 'missing')), 'FILE_NOT_FOUND');
});

test('a missing state file is named', async () => {
  const directory = join(scratch, 'missing-file');
  cpSync(SMALL, directory, { recursive: true });
  const savepoint = await openSavepoint(directory);
  const ref = savepoint.operators
    .flatMap((each) => each.streams)
    .find((each) => each.ref.kind === 'file')!.ref;
  assert.ok(ref.kind === 'file');
  rmSync(ref.path);
  await assert.rejects(openSavepoint(directory), (error: unknown) => {
    assert.ok(error instanceof StatewrightError);
    assert.equal(error.code, 'FILE_NOT_FOUND');
    assert.ok(error.message.includes(ref.path));
    return true;
  });
});

/** A copy of the small savepoint whose first relative handle leads to `path` instead. */
function redirected(name: string, path: string, absolute: boolean): string {
  const directory = join(scratch, name);
  cpSync(SMALL, directory, { recursive: true });
  const bytes = readFileSync(join(SMALL, '_metadata'));
  const metadata = readMetadata(new DataInputView(bytes, '_metadata'));
  let done = false;
  const changed = JSON.parse(
    JSON.stringify(metadata, (_key, value: unknown) => (typeof value === 'bigint' ? Number(value) : value)),
    (_key, value) => {
      if (done || value?.type !== 'relative-file') return value;
      done = true;
      const target = absolute ? { ...value, type: 'file', filePath: path } : { ...value, relativePath: path };
      return target;
    },
  );
  changed.checkpointId = metadata.checkpointId;
  const written = writeMetadata(changed, (span) => bytes.subarray(span.start, span.end));
  writeFileSync(join(directory, '_metadata'), written);
  return directory;
}

test('a handle that leads out of the snapshot is refused', async () => {
  const climbing = ['../../../../etc/passwd', 'a/../../b', '/etc/passwd', 'file:/etc/passwd', '..', ''];
  for (const [i, path] of climbing.entries()) {
    assert.equal(await codeOf(redirected(`climb-${i}`, path, false)), 'OUTSIDE_SNAPSHOT', path);
  }
  const outside = ['file:/etc/passwd', '/etc/passwd', 's3://bucket/x', `file://${scratch}/abs-3/../x`];
  for (const [i, path] of outside.entries()) {
    assert.equal(await codeOf(redirected(`abs-${i}`, path, true)), 'OUTSIDE_SNAPSHOT', path);
  }
});

test('an absolute handle is followed inside the snapshot, and elsewhere only when allowed', async () => {
  const first = (savepoint: Savepoint): string => {
    const streams = savepoint.operators.flatMap((each) => each.streams);
    return streams.map((each) => (each.ref.kind === 'file' ? each.ref : undefined)).find((ref) => ref)!.path;
  };
  const name = first(await openSavepoint(SMALL))
    .split('/')
    .at(-1)!;
  const inside = join(scratch, 'inside');
  redirected('inside', `file:${inside}/${name}`, true);
  assert.equal(first(await openSavepoint(inside)), join(inside, name));

  const moved = redirected('moved', `file:/somewhere/else/${name}`, true);
  await assert.rejects(openSavepoint(moved), /was moved and holds a file of that name/);
  assert.equal(first(await openSavepoint(moved, { relocate: true })), join(moved, name));

  const elsewhere = redirected('elsewhere', `file:${SMALL}/${name}`, true);
  assert.equal(await codeOf(elsewhere), 'OUTSIDE_SNAPSHOT');
  assert.equal(first(await openSavepoint(elsewhere, { allowOutside: true })), join(SMALL, name));
});

test('files of a moved incremental checkpoint are listed as outside, or found again by name', async () => {
  const path = join(FIXTURES, 'fraud-detector-flink1.20-rocksdb-checkpoint');
  const files = (savepoint: Savepoint) =>
    savepoint.operators.flatMap((each) => each.streams).flatMap((each) => each.files);
  const asStored = files(await openSavepoint(path)).filter((each) => each.shared);
  assert.ok(asStored.length > 0);
  assert.ok(asStored.every((each) => each.ref.kind === 'file' && each.ref.outside === true));
  const relocated = files(await openSavepoint(path, { relocate: true })).filter((each) => each.shared);
  for (const { ref } of relocated) {
    assert.ok(ref.kind === 'file' && ref.outside === undefined);
    assert.equal(dirname(ref.path), join(path, 'shared'));
  }
});

interface ExpectedStates {
  readonly operators: readonly {
    readonly operatorId: string;
    readonly states: readonly { readonly kind: string; readonly name: string }[];
  }[];
}

describe('the states of every generated snapshot are known, also those that cannot be read yet', () => {
  const names = readdirSync(FIXTURES).filter((name) => existsSync(join(FIXTURES, name, 'expect.json')));
  for (const name of names) {
    test(name, async () => {
      const savepoint = await openSavepoint(join(FIXTURES, name), { relocate: true });
      const expected = JSON.parse(
        readFileSync(join(FIXTURES, name, 'expect.json'), 'utf8'),
      ) as ExpectedStates;
      for (const { operatorId, states } of expected.operators) {
        const operator = savepoint.operators.find((each) => each.id === operatorId);
        const found = operator?.states.map(({ kind, name }) => `${kind} ${name}`) ?? [];
        // Behind a serializer that nobody knows the header cannot be read any further.
        const cut = operator?.streams.some((stream) => stream.problem?.startsWith('UNKNOWN_SNAPSHOT_CLASS'));
        for (const { kind, name } of states) {
          if (cut !== true || found.includes(`${kind} ${name}`)) {
            assert.ok(found.includes(`${kind} ${name}`), `${kind} ${name} is not among ${found.join(', ')}`);
          }
        }
      }
    });
  }
});

test('states that an in-memory changelog registers are known', async () => {
  const path = join(CORPUS, 'savepoints/new-stateful-udf-flink1.17-hashmap-checkpoint');
  const savepoint = await openSavepoint(path);
  const changelogs = savepoint.operators
    .flatMap((each) => each.streams)
    .filter((each) => each.format === 'changelog');
  assert.ok(changelogs.length > 0);
  const states = changelogs.flatMap((stream) => stream.states.map(({ kind, name }) => `${kind} ${name}`));
  assert.ok(states.includes('value state-name'), states.join(', '));
});

test('in-flight records of an unaligned checkpoint are counted and sized', async () => {
  for (const flink of ['1.20', '2.3']) {
    const path = join(FIXTURES, `in-flight-flink${flink}-hashmap-checkpoint-unaligned`);
    const { operators } = await openSavepoint(path, { relocate: true });
    const channels = operators.map((each) => each.channelState).filter((each) => each.handles > 0);
    assert.ok(channels.length > 0 && channels.every((each) => each.bytes > 0), flink);
  }
});
