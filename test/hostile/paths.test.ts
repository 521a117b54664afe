import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { DataInputView, type ErrorCode, LocalFileSystem } from '@statewright/bytes';
import { openSavepoint, readMetadata, renameStates, writeMetadata } from '@statewright/savepoint';
import { answerOf } from './answer.js';
import { scratchDirectory, statewright, writeSample } from './cli.js';
import { MemoryFileSystem } from './memory-file-system.js';
import { fixture, ROOT, type Sample, slice, withFile } from './samples.js';

const METADATA = `${ROOT}/_metadata`;
const RULES = slice(fixture('fraud-detector-flink2.3-hashmap-savepoint'), 'rules');
const STATE_FILE = [...RULES.files.keys()].find((path) => path !== METADATA)!;

async function codeOf(fs: MemoryFileSystem | LocalFileSystem, path = ROOT): Promise<string> {
  const answer = await answerOf(fs, path);
  return answer.kind === 'error' ? answer.code : answer.kind;
}

/** The sample with another handle in the place of that of its one state file. */
function withHandle(change: (size: number) => object): Sample {
  const bytes = RULES.files.get(METADATA)!;
  const metadata = readMetadata(new DataInputView(bytes, METADATA));
  const visit = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(visit);
    const { type, stateSize } = value as { type?: string; stateSize?: number };
    if (type === 'relative-file') return change(stateSize!);
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, visit(each)]));
  };
  const changed = visit(metadata) as typeof metadata;
  const written = writeMetadata(changed, ({ start, end }) => bytes.subarray(start, end));
  return { name: RULES.name, files: withFile(RULES, METADATA, written) };
}

const span = { file: METADATA, start: 0, end: 0 };
const relative = (relativePath: string) =>
  withHandle((stateSize) => ({ type: 'relative-file', span, relativePath, stateSize }));
const absolute = (filePath: string) =>
  withHandle((stateSize) => ({ type: 'file', span, filePath, stateSize }));
const segment = (filePath: string) =>
  withHandle((stateSize) => {
    const rest = { startPos: 0, scope: 0, logicalFileId: 'id' };
    return { type: 'segment-file', span, filePath, stateSize, ...rest };
  });

describe('a path that climbs out of the snapshot', () => {
  const climbing = [
    '../../etc/passwd',
    '..',
    'a/../../etc/passwd',
    '/etc/passwd',
    'file:///etc/passwd',
    '\\..\\x',
    '',
  ];
  const elsewhere = ['/etc/passwd', 'file:///etc/passwd', 'file:/etc/passwd', 'FILE:///etc/passwd'];
  const disguised = [`${ROOT}/../etc/passwd`, `file://${ROOT}/./../etc/passwd`, `${ROOT}x/state`, ROOT];
  const foreign = [
    'hdfs://host/state',
    's3://bucket/snapshot/state',
    'http://example.org/state',
    'etc/passwd',
  ];

  for (const [kind, sample, paths] of [
    ['relative', relative, climbing],
    ['absolute', absolute, [...elsewhere, ...disguised, ...foreign]],
    ['segment', segment, elsewhere],
  ] as const) {
    for (const path of paths) {
      test(`${kind} ${JSON.stringify(path)} is refused, and nothing out there is looked at`, async () => {
        const fs = new MemoryFileSystem(sample(path).files);
        assert.equal(await codeOf(fs), 'OUTSIDE_SNAPSHOT');
        const outside = [...fs.touched].filter((each) => each !== ROOT && !each.startsWith(`${ROOT}/`));
        assert.deepEqual(outside, []);
      });
    }
  }

  test('a name with a NUL leads to no file', async () => {
    const directory = writeSample(relative('state\u0000/../../etc/passwd'), scratchDirectory());
    assert.equal(await codeOf(new LocalFileSystem(), directory), 'OUTSIDE_SNAPSHOT');
    const inside = writeSample(relative('state\u0000'), scratchDirectory());
    const { code, stderr } = await statewright(['inspect', inside], { cwd: inside });
    assert.notEqual(code, 0);
    assert.doesNotMatch(stderr, /INTERNAL|TypeError/);
  });
});

describe('what is no snapshot', () => {
  const cases: readonly (readonly [name: string, fill: (directory: string) => void, code: ErrorCode])[] = [
    ['an empty folder', () => {}, 'NOT_A_SNAPSHOT'],
    ['a folder of other files', (at) => writeFileSync(join(at, 'readme'), 'hello'), 'NOT_A_SNAPSHOT'],
    ['an empty _metadata', (at) => writeFileSync(join(at, '_metadata'), ''), 'NOT_A_SNAPSHOT'],
    ['a text as _metadata', (at) => writeFileSync(join(at, '_metadata'), 'hello, world'), 'NOT_A_SNAPSHOT'],
    ['a folder as _metadata', (at) => mkdirSync(join(at, '_metadata')), 'NOT_A_SNAPSHOT'],
    ['a folder of folders', (at) => mkdirSync(join(at, 'chk-1')), 'NOT_A_SNAPSHOT'],
    ['a named pipe as _metadata', (at) => void execFileSync('mkfifo', [join(at, '_metadata')]), 'IO_FAILED'],
    ['a device as _metadata', (at) => symlinkSync('/dev/zero', join(at, '_metadata')), 'OUTSIDE_SNAPSHOT'],
    ['a loop of links as _metadata', (at) => symlinkSync('_metadata', join(at, '_metadata')), 'IO_FAILED'],
    ['a link to nothing as _metadata', (at) => symlinkSync('gone', join(at, '_metadata')), 'NOT_A_SNAPSHOT'],
  ];
  for (const [name, fill, code] of cases) {
    test(`${name}: ${code}`, async () => {
      const directory = scratchDirectory();
      fill(directory);
      assert.equal(await codeOf(new LocalFileSystem(), directory), code);
    });
  }

  test('a path that does not exist: FILE_NOT_FOUND', async () => {
    assert.equal(await codeOf(new LocalFileSystem(), join(scratchDirectory(), 'gone')), 'FILE_NOT_FOUND');
  });

  test('a socket: an error, on the command line too', async () => {
    const path = join(scratchDirectory(), 'socket');
    const server = createServer().listen(path);
    await new Promise((resolve) => server.once('listening', resolve));
    assert.equal(await codeOf(new LocalFileSystem(), path), 'IO_FAILED');
    server.close();
  });

  test('exit codes tell damage from what the system refuses', async () => {
    const cwd = scratchDirectory();
    const code = async (path: string) => (await statewright(['inspect', path], { cwd })).code;
    assert.equal(await code(cwd), 30);
    assert.equal(await code('/dev/zero'), 1);
    assert.equal(await code(join(cwd, 'gone')), 2);
  });
});

describe('a state file', () => {
  /** The sample on the disk, its state file in another place. */
  function moved(): { directory: string; file: string; away: string } {
    const scratch = scratchDirectory();
    const directory = join(scratch, 'snapshot');
    writeSample(RULES, directory);
    const file = join(directory, STATE_FILE.slice(ROOT.length + 1));
    const away = join(scratch, 'away');
    renameSync(file, away);
    return { directory, file, away };
  }

  test('that is missing: FILE_NOT_FOUND', async () => {
    const { directory, file } = moved();
    assert.equal(await codeOf(new LocalFileSystem(), directory), 'FILE_NOT_FOUND');
    const { code, stderr } = await statewright(['export', directory], { cwd: directory });
    assert.equal(code, 30);
    assert.ok(stderr.startsWith(`FILE_NOT_FOUND file at ${file}`), stderr);
  });

  test('that is a folder, a pipe or a device: an error at once', async () => {
    const cases: readonly ((file: string) => void)[] = [
      (file) => mkdirSync(file),
      (file) => void execFileSync('mkfifo', [file]),
      (file) => symlinkSync('/dev/zero', file),
    ];
    for (const make of cases) {
      const { directory, file } = moved();
      make(file);
      assert.match(await codeOf(new LocalFileSystem(), directory), /^(IO_FAILED|OUTSIDE_SNAPSHOT)$/);
    }
  });

  test('behind a link that leads out: refused unless allowed', async () => {
    const { directory, file, away } = moved();
    symlinkSync(away, file);
    assert.equal(await codeOf(new LocalFileSystem(), directory), 'OUTSIDE_SNAPSHOT');
    const cwd = scratchDirectory();
    assert.equal((await statewright(['export', directory], { cwd })).code, 30);
    assert.equal((await statewright(['export', directory, '--allow-outside'], { cwd })).code, 0);
    const out = join(cwd, 'out');
    assert.equal((await statewright(['rename', directory, 'rules/rules', 'x', '-o', out], { cwd })).code, 30);
    assert.deepEqual(readdirSync(cwd), []);
  });

  test('in a folder behind a link that leads out: refused', async () => {
    const scratch = scratchDirectory();
    const name = 'folder/state';
    writeSample(relative(name), join(scratch, 'snapshot'));
    mkdirSync(join(scratch, 'elsewhere'));
    writeFileSync(join(scratch, 'elsewhere/state'), RULES.files.get(STATE_FILE)!);
    symlinkSync('../elsewhere', join(scratch, 'snapshot/folder'));
    assert.equal(await codeOf(new LocalFileSystem(), join(scratch, 'snapshot')), 'OUTSIDE_SNAPSHOT');
  });

  test('behind a link that stays inside, in a snapshot behind a link: read', async () => {
    const { directory, file, away } = moved();
    renameSync(away, join(directory, 'other'));
    symlinkSync('other', file);
    assert.equal(await codeOf(new LocalFileSystem(), directory), 'complete');
    const link = join(scratchDirectory(), 'link');
    symlinkSync(directory, link);
    assert.equal(await codeOf(new LocalFileSystem(), link), 'complete');
  });
});

describe('a metadata file behind a link that leads out', () => {
  test('is refused when it was found, and read when it was named', async () => {
    const scratch = scratchDirectory();
    const directory = writeSample(RULES, join(scratch, 'snapshot'));
    renameSync(join(directory, '_metadata'), join(scratch, 'elsewhere'));
    symlinkSync('../elsewhere', join(directory, '_metadata'));
    assert.equal(await codeOf(new LocalFileSystem(), directory), 'OUTSIDE_SNAPSHOT');
    assert.equal(await codeOf(new LocalFileSystem(), join(directory, '_metadata')), 'complete');
  });
});

test('the output of a rename never lies in the snapshot, also not by way of a link', async () => {
  const scratch = scratchDirectory();
  const directory = writeSample(RULES, join(scratch, 'snapshot'));
  const before = readdirSync(directory);
  symlinkSync('snapshot', join(scratch, 'link'));
  const savepoint = await openSavepoint(directory);
  const renames = { states: [{ state: savepoint.operators[0]!.states[0]!, to: 'other' }] };
  for (const out of [
    directory,
    join(directory, 'new'),
    join(scratch, 'link/new'),
    join(scratch, 'link/a/b'),
  ]) {
    await assert.rejects(renameStates(savepoint, renames, out), /USAGE|ALREADY_EXISTS/);
  }
  const linked = await openSavepoint(join(scratch, 'link'));
  const again = { states: [{ state: linked.operators[0]!.states[0]!, to: 'other' }] };
  await assert.rejects(renameStates(linked, again, join(directory, 'new')), /USAGE/);
  assert.deepEqual(readdirSync(directory), before);
  assert.deepEqual(readdirSync(scratch).sort(), ['link', 'snapshot']);
});

describe('without permission', () => {
  for (const [what, path] of [
    ['the folder', ROOT],
    ['the metadata file', METADATA],
    ['a state file', STATE_FILE],
  ] as const) {
    test(`${what}: ACCESS_DENIED`, async () => {
      const fs = new MemoryFileSystem(RULES.files, new Map([[path, 'ACCESS_DENIED']]));
      assert.equal(await codeOf(fs), 'ACCESS_DENIED');
    });
  }

  test('a real folder of mode 0, for somebody who is not root', () => {
    const directory = writeSample(RULES, join(scratchDirectory(), 'snapshot'));
    const script = new URL('./open-as-nobody.js', import.meta.url);
    const said = execFileSync(process.execPath, [script.pathname, directory], { encoding: 'utf8' });
    assert.equal(said, 'ACCESS_DENIED\n');
    rmSync(directory, { recursive: true });
  });
});

test('a copy of a state file in the place of the metadata is no snapshot', async () => {
  const directory = writeSample(RULES, scratchDirectory());
  copyFileSync(join(directory, STATE_FILE.slice(ROOT.length + 1)), join(directory, '_metadata'));
  assert.equal(await codeOf(new LocalFileSystem(), directory), 'NOT_A_SNAPSHOT');
  assert.ok(readFileSync(join(directory, '_metadata')).length > 0);
});
