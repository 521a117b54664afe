import { DataInputView, readSnappyChunk, type Span, StatewrightError } from '@statewright/bytes';
import { Opaque } from '@statewright/serializers';
import { CodecCache } from './entries/codec-cache.js';
import { keyGroupRanges } from './entries/key-group-plan.js';
import { endsOf } from './entries/operator-stream.js';
import { Tally } from './entries/read-context.js';
import { streamEntries } from './entries/read-entries.js';
import { verifyKeyGroups as verified } from './entries/verify-key-groups.js';
import type { Operator, Savepoint, StateEntry, StateStream } from './model.js';
import { type StreamBytes, streamBytes } from './stream-bytes.js';

/**
 * Where the bytes of one state stream went. Uncompressed: `size` = `header` + `framing` + `entries` + `opaque`. Compressed:
 * `size` = `header` + `plain` + `stored`, and `uncompressed` = `framing` + `entries` + `opaque`.
 */
export interface StreamAccount {
  readonly operator: Operator;
  readonly stream: StateStream;
  readonly file: string;
  readonly size: number;
  readonly header: number;
  /** State ids, end marks, key-group numbers, counts. */
  readonly framing: number;
  /** Entries that were decoded. */
  readonly entries: number;
  /** Bytes that no entry tells the meaning of. */
  readonly opaque: number;
  /** Why there are opaque bytes: one sentence each. */
  readonly why: readonly string[];
  /** Bytes of snappy chunks, what they hold, and what lies between them. */
  readonly stored: number;
  readonly uncompressed: number;
  readonly plain: number;
  /** Gaps, overlaps and damage; empty when every byte is accounted for. */
  readonly findings: readonly AccountFinding[];
}

/** Something that is not as it should be. */
export interface AccountFinding {
  readonly span: Span;
  readonly reason: string;
  /** What reading ended with; absent where all was read and sums do not add up. */
  readonly error?: StatewrightError;
}

/** What is done beside accounting. */
export interface AccountOptions {
  /** Compute each key's group where its hash is known: an entry that lies in another is a finding. */
  readonly verifyKeyGroups?: boolean;
  /** Is given all entries, stream by stream; a StatewrightError that it throws is a finding. */
  readonly entries?: (batch: readonly StateEntry[], stream: StateStream) => void;
}

const NOT_ACCOUNTED: readonly StateStream['format'][] = ['rocksdb', 'changelog'];

/**
 * Reads every state stream that is not RocksDB's or a changelog's to its last byte, and tells what each byte is: header,
 * framing, entry, or opaque for a reason. A byte that is none of these is a finding.
 */
export async function* accountBytes(
  savepoint: Savepoint,
  options: AccountOptions = {},
): AsyncGenerator<StreamAccount> {
  const codecs = new CodecCache(savepoint.formats);
  for (const operator of savepoint.operators) {
    for (const stream of operator.streams) {
      if (!NOT_ACCOUNTED.includes(stream.format))
        yield await accountStream(savepoint, operator, stream, codecs, options);
    }
  }
}

async function accountStream(
  savepoint: Savepoint,
  operator: Operator,
  stream: StateStream,
  codecs: CodecCache,
  options: AccountOptions,
): Promise<StreamAccount> {
  const bytes = streamBytes(savepoint.fs, savepoint.location, stream.ref);
  const tally = new Tally();
  const findings: AccountFinding[] = [...(await fileFindings(savepoint, stream))];
  const why = new Set<string>();
  let opaqueEntries = 0;
  if (isOpaqueStream(stream)) {
    tally.skipped += bytes.size;
    why.add(stream.problem ?? 'raw state belongs to its operator');
  } else {
    try {
      opaqueEntries = await readAll(savepoint, operator, stream, codecs, tally, why, options);
      skipUnknown(stream, bytes, tally);
      await countStreamIdentifier(stream, bytes, tally);
    } catch (error) {
      if (!(error instanceof StatewrightError)) throw error;
      const span = error.span ?? { file: bytes.file, start: 0, end: 0 };
      findings.push({ span, reason: error.message, error });
    }
  }
  if (stream.problem !== undefined && tally.skipped > 0) why.add(stream.problem);
  const account = accountOf(operator, stream, bytes, tally, opaqueEntries, [...why]);
  return { ...account, findings: [...findings, ...sumFindings(account, bytes)] };
}

/** Legacy and raw streams are not read: all of it is opaque, for one reason. */
function isOpaqueStream(stream: StateStream): boolean {
  if (stream.format === 'raw-keyed') return stream.states.length === 0 || stream.problem !== undefined;
  return stream.format === 'legacy' || stream.format === 'raw-operator';
}

/** Reads all states of a stream; gives the bytes of entries that are opaque as a whole. */
async function readAll(
  savepoint: Savepoint,
  operator: Operator,
  stream: StateStream,
  codecs: CodecCache,
  tally: Tally,
  why: Set<string>,
  { verifyKeyGroups = false, entries }: AccountOptions,
): Promise<number> {
  let opaque = 0;
  const batches = streamEntries(savepoint, operator, stream, codecs, tally);
  for await (const batch of verifyKeyGroups ? verified(batches, operator, codecs) : batches) {
    entries?.(batch, stream);
    for (const { key, value, span } of batch) {
      const closed = value instanceof Opaque ? value : key instanceof Opaque ? key : undefined;
      if (closed === undefined) continue;
      why.add(closed.why);
      if (!stream.compressed) opaque += span.end - span.start;
    }
  }
  return opaque;
}

/** Operator state that the handle lists and the header does not tell. */
function skipUnknown(stream: StateStream, bytes: StreamBytes, tally: Tally): void {
  if (stream.format !== 'operator' || stream.compressed) return;
  const known = new Set(stream.states.flatMap((state) => state.offsets));
  for (const [offset, end] of endsOf(stream, bytes)) if (!known.has(offset)) tally.skipped += end - offset;
}

/**
 * Compressed operator state is one framed stream for all states, whose identifier stands in front of the first offset and
 * belongs to no state.
 */
async function countStreamIdentifier(stream: StateStream, bytes: StreamBytes, tally: Tally): Promise<void> {
  if (stream.format !== 'operator' || !stream.compressed) return;
  const first = [...endsOf(stream, bytes).keys()][0] ?? bytes.size;
  if (first === stream.headerLength) return;
  const at = bytes.fileOffset + stream.headerLength;
  const input = new DataInputView(await bytes.read(stream.headerLength, first), bytes.file, at);
  readSnappyChunk(input);
  tally.plain += input.pos;
}

function accountOf(
  operator: Operator,
  stream: StateStream,
  bytes: StreamBytes,
  tally: Tally,
  opaqueEntries: number,
  why: readonly string[],
): Omit<StreamAccount, 'findings'> {
  return {
    operator,
    stream,
    file: bytes.file,
    size: bytes.size,
    header: stream.headerLength,
    framing: tally.framing,
    entries: tally.entries - opaqueEntries,
    opaque: tally.skipped + opaqueEntries,
    why,
    stored: tally.stored,
    uncompressed: tally.uncompressed,
    plain: tally.plain,
  };
}

function sumFindings(
  account: Omit<StreamAccount, 'findings'>,
  bytes: StreamBytes,
): { span: Span; reason: string }[] {
  const { stream, size, header, framing, entries, opaque, stored, uncompressed, plain } = account;
  const span = { file: bytes.file, start: bytes.fileOffset, end: bytes.fileOffset + size };
  const findings: { span: Span; reason: string }[] = [];
  const content = framing + entries + opaque;
  const covered = header + (stream.compressed ? plain + stored : content);
  if (covered !== size) {
    findings.push({ span, reason: `${covered} bytes are accounted for but the stream has ${size}` });
  }
  if (stream.compressed && content !== uncompressed) {
    const reason = `${content} bytes are accounted for but ${uncompressed} were uncompressed`;
    findings.push({ span, reason });
  }
  const first = firstData(stream, bytes);
  if (first !== undefined && first !== header) {
    findings.push({ span, reason: `the header ends at ${header} but the data begins at ${first}` });
  }
  return findings;
}

function firstData(stream: StateStream, bytes: StreamBytes): number | undefined {
  if (isOpaqueStream(stream) || stream.format === 'raw-keyed') return undefined;
  if (stream.format === 'operator') {
    const offsets = [...endsOf(stream, bytes).keys()];
    return offsets.length === 0 || stream.compressed ? undefined : offsets[0];
  }
  return keyGroupRanges(stream, bytes)[0]?.start;
}

/** A state file holds its stream and nothing else, but for files that several states share. */
async function fileFindings(
  savepoint: Savepoint,
  stream: StateStream,
): Promise<{ span: Span; reason: string }[]> {
  const { ref } = stream;
  if (ref.kind !== 'file' || ref.outside === true) return [];
  const { delegate } = stream.handle as { delegate?: { type: string } };
  if (delegate?.type === 'segment-file') return [];
  const stat = await savepoint.fs.stat(ref.path);
  if (stat === undefined || stat.size === ref.size) return [];
  const span = { file: ref.path, start: ref.size, end: stat.size };
  return [{ span, reason: `the file has ${stat.size} bytes but its handle says ${ref.size}` }];
}
