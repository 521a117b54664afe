import { StatewrightError } from '@statewright/bytes';
import type { SerializerSnapshot } from '@statewright/serializers';
import { badText, type YamlText } from '../yaml/read-yaml.js';
import type { ContractDocument } from './contract-document.js';
import { placeInside } from './place-inside.js';
import type { ErrorAt } from './type-syntax/cursor.js';
import { isTypeKeyword, parseKryoEntry, parseType } from './type-syntax/parse-type.js';

/** Gives the text of a file beside the contract: `./profile.avsc`. What it throws ends the reading. */
export type ReadBeside = (relative: string) => string;

/** Reads the type at a path of the contract. */
export type ReadType = (path: readonly (string | number)[], text: string) => SerializerSnapshot;

/**
 * How the types of a contract are read: with the names under `types`, which are read when they are first met, and with
 * what the job registers with Kryo. BAD_DOCUMENT
 * with the place inside the type.
 */
export function typeReader(
  yaml: YamlText,
  source: string,
  { types = {}, kryo: kryoTexts = [] }: Pick<ContractDocument, 'types' | 'kryo'>,
  readBeside: ReadBeside,
): ReadType {
  const texts = new Map(Object.entries(types));
  const finished = new Map<string, SerializerSnapshot>();
  const open = new Set<string>();
  const { file } = yaml;

  const errorIn = (path: readonly (string | number)[], text: string): ErrorAt => {
    const start = yaml.placeOf(path);
    return (offset, reason, next) => badText(file, placeInside(source, start, text, offset), reason, next);
  };
  const kryo = kryoTexts.map((text, i) => parseKryoEntry(text, errorIn(['kryo', i], text)));

  const read: ReadType = (path, text) => {
    const error = errorIn(path, text);
    const named = (name: string, offset: number): SerializerSnapshot | undefined => {
      if (open.has(name)) throw error(offset, `the type ${name} is made of itself`);
      return namedType(name);
    };
    const readFile = (relative: string, offset: number): string => {
      try {
        return readBeside(relative);
      } catch (cause) {
        if (!(cause instanceof StatewrightError)) throw cause;
        throw error(offset, `${relative} cannot be read: ${cause.reason}`);
      }
    };
    return parseType(text, { error, file, named, names: [...texts.keys()], kryo, readFile });
  };

  const namedType = (name: string): SerializerSnapshot | undefined => {
    const known = finished.get(name);
    const text = texts.get(name);
    if (known !== undefined || text === undefined) return known;
    open.add(name);
    const snapshot = read(['types', name], text);
    open.delete(name);
    finished.set(name, snapshot);
    return snapshot;
  };

  for (const name of texts.keys()) {
    if (isTypeKeyword(name)) {
      throw badText(
        file,
        yaml.placeOfKey(['types', name]),
        `"${name}" is a type already`,
        'take another name',
      );
    }
    namedType(name);
  }
  return read;
}
