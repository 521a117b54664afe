import { StatewrightError } from '@statewright/bytes';
import { type Document, isMap, LineCounter, type Node, type Pair, parseDocument, visit } from 'yaml';

/** A place in a text: both from 1. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** A YAML text as plain values, with the place of each. */
export interface YamlText {
  readonly file: string;
  readonly value: unknown;
  /** Where the value at a path begins; of a key that is missing, where its parent does. */
  placeOf(path: readonly (string | number)[]): TextPlace;
  /** Where a key itself stands, for what is wrong with the key. */
  placeOfKey(path: readonly (string | number)[]): TextPlace;
}

/** Aliases may multiply what a text holds; beyond so many the text is refused. */
const MAX_ALIASES = 100;

/** Reads a YAML 1.2 text. BAD_DOCUMENT with line and column when it is none. Tags and merge keys have no meaning in it. */
export function readYaml(file: string, text: string): YamlText {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, schema: 'core' });
  const place = (offset: number): TextPlace => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const [error] = document.errors;
  if (error !== undefined) throw badText(file, place(error.pos[0]), sentence(error.message));
  requireTextKeys(file, document, place);
  const at = (path: readonly (string | number)[]): TextPlace => {
    for (let length = path.length; length >= 0; length--) {
      const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
      const range = (node as Node | undefined)?.range;
      if (range !== undefined && range !== null) return place(range[0]);
    }
    return { line: 1, column: 1 };
  };
  return {
    file,
    value: plainValue(file, document),
    placeOf: at,
    placeOfKey: (path) => keyPlace(path) ?? at(path),
  };

  function keyPlace(path: readonly (string | number)[]): TextPlace | undefined {
    const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
    if (!isMap(parent)) return undefined;
    const pair = parent.items.find(({ key }: Pair) => (key as { value?: unknown })?.value === path.at(-1));
    const range = (pair?.key as Node | undefined)?.range;
    return range === undefined || range === null ? undefined : place(range[0]);
  }
}

/** A key like `1.0` is a number to YAML and would come out as `1`. */
function requireTextKeys(file: string, document: Document, place: (offset: number) => TextPlace): void {
  visit(document, {
    Pair(_, pair) {
      const { value, range, source } = (pair.key ?? {}) as KeyNode;
      if (typeof value === 'string') return;
      const shown = source === undefined || source === '' ? 'a key' : `the key ${source}`;
      throw badText(file, place(range?.[0] ?? 0), `${shown} is no text`, 'put it in quotes');
    },
  });
}

/** What matters of a key's node; only a scalar has a value that can be a text. */
interface KeyNode {
  readonly value?: unknown;
  readonly range?: readonly number[];
  readonly source?: string;
}

function plainValue(file: string, document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (cause) {
    throw badText(file, { line: 1, column: 1 }, sentence((cause as Error).message));
  }
}

/** BAD_DOCUMENT at a place of a text. */
export function badText(file: string, place: TextPlace, reason: string, next?: string): StatewrightError {
  const at = { file, ...place };
  return new StatewrightError('BAD_DOCUMENT', { at, reason, next });
}

function sentence(message: string): string {
  return message.replace(/\s+/g, ' ').replace(/\.$/, '');
}
