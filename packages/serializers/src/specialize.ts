import type { DataInputView } from '@statewright/bytes';
import type { CodecCompiler } from './model.js';

/*
 * Hot loops exist once per serializer, so that each has call sites of its own which see one target only and can be
 * inlined. The copies are made from constant texts: what varies in them are positions and a copy's number, both
 * integers. Nothing from a snapshot, no name and no value, ever gets into a text; readers and constructors are
 * passed as arguments. Where a runtime forbids code from strings, callers use a closure that does the same.
 */

/** Reads one value. */
export type Read = (input: DataInputView) => unknown;

/** Beyond this many fields a loop is as good as straight-line code. */
const MAX_UNROLLED = 256;

let allowed: boolean | undefined;

function codeGenerationAllowed(): boolean {
  if (allowed === undefined) {
    try {
      allowed = new Function('return true')() === true;
    } catch {
      allowed = false;
    }
  }
  return allowed;
}

/** Decodes bytes below 0x80 to text; undefined when one is not. */
export type DecodeAscii = (bytes: Uint8Array, start: number, end: number) => string | undefined;

/**
 * A decoder of up to `most` ASCII characters: a string of n is one call of `String.fromCharCode` with n arguments. Each
 * length has a function of its own, so that one that is seen late does not have all of them compiled again.
 */
export function unrolledAscii(most: number): DecodeAscii | undefined {
  if (!codeGenerationAllowed()) return undefined;
  const lengths = positions(most).map((i) => i + 1);
  const decoders = lengths.map((length) => {
    const names = positions(length).map((n) => `c${n}`);
    const loads = names.map((name, n) => `${name} = b[s + ${n}]`).join(', ');
    return `const f${length} = (b, s) => { const ${loads}; return (${names.join(' | ')}) < 128 ? f(${names.join(', ')}) : undefined; };`;
  });
  const cases = lengths.map((length) => `case ${length}: return f${length}(b, s);`);
  const text = `"use strict"; ${decoders.join('\n')}
    return (b, s, e) => { switch (e - s) { case 0: return ''; ${cases.join('\n')} } };`;
  return new Function('f', text)(String.fromCharCode) as DecodeAscii;
}

/** Makes a copy of a function from its constant text; undefined when the runtime forbids it. */
function instantiate<F>(compiler: CodecCompiler, text: string, args: readonly unknown[]): F | undefined {
  if (!codeGenerationAllowed()) return undefined;
  const make = new Function('a', `"use strict"; /* copy ${compiler.unique()} */ ${text}`);
  return make(args) as F;
}

function positions(arity: number): number[] {
  return Array.from({ length: arity }, (_, i) => i);
}

/** Names for the readers, which are `a[first]` and following. */
function bind(arity: number, first: number): string {
  return positions(arity)
    .map((i) => `const r${i} = a[${first + i}];`)
    .join(' ');
}

function values(arity: number): string {
  return positions(arity)
    .map((i) => `v${i}`)
    .join(', ');
}

/** After field `i`: when it took everything, the rest is filled in by `rest`. */
function checkEnd(open: readonly boolean[], i: number): string {
  return open[i] ? ` if (input.openEnd === input.pos) return finish(rest(input, [${values(i + 1)}]));` : '';
}

/** What a record reader is made from. */
export interface RecordParts {
  readonly compiler: CodecCompiler;
  readonly reads: readonly Read[];
  /** Which fields may take everything up to the limit. */
  readonly open: readonly boolean[];
  /** Completes the fields after one that did. */
  readonly rest: (input: DataInputView, fields: unknown[]) => unknown[];
  /** Makes the value of the fields. */
  readonly finish: (fields: unknown[]) => unknown;
}

/** Fields one after the other: Tuple, case class. */
export function specializeSequence(parts: RecordParts): Read | undefined {
  const { compiler, reads, open, rest, finish } = parts;
  const arity = reads.length;
  if (arity > MAX_UNROLLED) return undefined;
  const body = positions(arity).map((i) => `const v${i} = r${i}(input);${checkEnd(open, i)}`);
  const text = `const rest = a[0], finish = a[1]; ${bind(arity, 2)}
    return (input) => { ${body.join('\n')} return finish([${values(arity)}]); };`;
  return instantiate<Read>(compiler, text, [rest, finish, ...reads]);
}

/** Fields with a boolean `is null` before each: POJO. `head` is the flags byte that means that just this follows. */
export function specializeFlagged(parts: RecordParts, head: number, other: Read): Read | undefined {
  const { compiler, reads, open, rest, finish } = parts;
  const arity = reads.length;
  if (arity > MAX_UNROLLED) return undefined;
  const body = positions(arity).map(
    (i) => `const v${i} = input.readBoolean() ? null : r${i}(input);${checkEnd(open, i)}`,
  );
  const text = `const rest = a[0], finish = a[1], other = a[2]; ${bind(arity, 3)}
    return (input) => {
      if (input.pos < input.limit && input.bytes[input.pos] === ${head}) input.pos++; else return other(input);
      ${body.join('\n')}
      return finish([${values(arity)}]);
    };`;
  return instantiate<Read>(compiler, text, [rest, finish, other, ...reads]);
}

/**
 * Fields behind a bit mask, most significant bit first, a set bit meaning null: Row. The first `skipBits` bits of the
 * mask mean something else. `readMask` moves past the mask and gives where it starts.
 */
export function specializeMasked(
  parts: Omit<RecordParts, 'finish' | 'rest'> & {
    readonly rest: (input: DataInputView, fields: unknown[], mask: number) => unknown[];
    readonly finish: (fields: unknown[], first: number) => unknown;
  },
  skipBits: number,
  readMask: (input: DataInputView) => number,
): Read | undefined {
  const { compiler, reads, open, rest, finish } = parts;
  const arity = reads.length;
  if (arity > MAX_UNROLLED) return undefined;
  const body = positions(arity).map((i) => {
    const bit = skipBits + i;
    const isNull = `(bytes[m + ${bit >> 3}] & ${0x80 >> (bit & 7)}) !== 0`;
    const check = open[i]
      ? ` if (input.openEnd === input.pos) return finish(rest(input, [${values(i + 1)}], m), bytes[m]);`
      : '';
    return `const v${i} = ${isNull} ? null : r${i}(input);${check}`;
  });
  const text = `const rest = a[0], finish = a[1], readMask = a[2]; ${bind(arity, 3)}
    return (input) => {
      const m = readMask(input), bytes = input.bytes;
      ${body.join('\n')}
      return finish([${values(arity)}], bytes[m]);
    };`;
  return instantiate<Read>(compiler, text, [rest, finish, readMask, ...reads]);
}

/** Reads `count` elements one after the other into an array. */
export type ReadElements = (input: DataInputView, count: number) => unknown[];

/** The loop of a list whose elements are never open; `flag` says what a boolean before each element means. */
export function specializeElements(
  compiler: CodecCompiler,
  read: Read,
  flag: 'none' | 'is-null' | 'is-present',
): ReadElements | undefined {
  return instantiate<ReadElements>(compiler, ELEMENT_LOOPS[flag], [read]);
}

const ELEMENT_LOOPS = {
  none: elementLoop('r(input)'),
  'is-null': elementLoop('input.readBoolean() ? null : r(input)'),
  'is-present': elementLoop('input.readBoolean() ? r(input) : null'),
} as const;

function elementLoop(one: string): string {
  return `const r = a[0];
    return (input, count) => { const out = []; for (let i = 0; i < count; i++) out.push(${one}); return out; };`;
}

/** The loop of a map of which neither keys nor values are open: key, boolean `is null`, value. */
export function specializeEntries(
  compiler: CodecCompiler,
  readKey: Read,
  readValue: Read,
): ReadElements | undefined {
  const text = `const k = a[0], v = a[1];
    return (input, count) => {
      const out = [];
      for (let i = 0; i < count; i++) { const key = k(input); out.push([key, input.readBoolean() ? null : v(input)]); }
      return out;
    };`;
  return instantiate<ReadElements>(compiler, text, [readKey, readValue]);
}

/** Moves past one value. */
export type Skip = (input: DataInputView) => void;

/** What a skipper is made from: for each field its fixed length, or -1 and a function. */
export interface SkipParts {
  readonly compiler: CodecCompiler;
  readonly lengths: readonly number[];
  readonly skips: readonly Skip[];
  readonly open: readonly boolean[];
}

function skipField({ lengths, open }: SkipParts, i: number): string {
  const length = Math.trunc(lengths[i]!);
  if (length >= 0) return `input.skip(${length});`;
  return open[i] ? `{ r${i}(input); if (input.openEnd === input.pos) return; }` : `r${i}(input);`;
}

/** Past the fields of `specializeFlagged`, after its flags byte. */
export function specializeFlaggedSkip(parts: SkipParts): Skip | undefined {
  const arity = parts.skips.length;
  if (arity > MAX_UNROLLED) return undefined;
  const body = positions(arity).map((i) => `if (!input.readBoolean()) ${skipField(parts, i)}`);
  const text = `${bind(arity, 0)} return (input) => { ${body.join('\n')} };`;
  return instantiate<Skip>(parts.compiler, text, parts.skips);
}
