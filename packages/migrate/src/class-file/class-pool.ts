import { type ClassFile, readClassFile } from './class-file.js';
import { isJar, readJar } from './jar.js';

/** Class files by the names of their classes. */
export interface ClassPool {
  get(className: string): ClassFile | undefined;
}

/** Opens class files and jars. A class that is there twice is that of the first file, as on a class path. */
export function openClassFiles(
  files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
): ClassPool {
  const read = new Map<string, ClassFile>();
  const unread = new Map<string, () => ClassFile>();
  for (const { name, bytes } of files) {
    if (!isJar(bytes)) {
      const file = readClassFile(bytes, name);
      if (!read.has(file.className)) read.set(file.className, file);
      continue;
    }
    for (const entry of readJar(bytes, name)) {
      const className = classNameOf(entry.name);
      if (className === undefined || unread.has(className)) continue;
      unread.set(className, () => readClassFile(entry.read(), `${name}!${entry.name}`));
    }
  }
  return {
    get(className) {
      const found = read.get(className) ?? unread.get(className)?.();
      if (found !== undefined) read.set(className, found);
      return found;
    },
  };
}

/** The class of an entry of a jar; undefined for what is none, and for other versions of a class. */
function classNameOf(entry: string): string | undefined {
  if (!entry.endsWith('.class') || entry.startsWith('META-INF/')) return undefined;
  return entry.slice(0, -'.class'.length).replaceAll('/', '.');
}
