import { statSync } from 'node:fs';

/** The program, bundled into a few files by the build: the same as the modules, and loaded in a third of the time. */
const BUNDLE = new URL('./bundle/run.js', import.meta.url);
const MODULES = new URL('./run.js', import.meta.url);

/** What the compiler writes last, here and in the packages beside us in a checkout. */
const COMPILED = [
  '.tsbuildinfo',
  ...packages('bytes', 'serializers', 'savepoint', 'inspect', 'compat', 'migrate', 'report'),
];

function packages(...names: readonly string[]): string[] {
  return names.map((name) => `../../packages/${name}/dist/.tsbuildinfo`);
}

/**
 * Where the program is: the bundle, unless something was compiled after it. The modules, where a module of the user's is
 * to share its classes with ours (`--snapshot`), or where stack traces are to name our sources (`--debug`).
 */
export function programFile(argv: readonly string[]): string {
  const needsModules = argv.some((word) => word === '--debug' || word.startsWith('--snapshot'));
  return needsModules || !isCurrent() ? MODULES.href : BUNDLE.href;
}

function isCurrent(): boolean {
  const bundled = modifiedMillis(BUNDLE);
  if (bundled === undefined) return false;
  return COMPILED.every((file) => (modifiedMillis(new URL(file, import.meta.url)) ?? 0) <= bundled);
}

function modifiedMillis(file: URL): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs;
}
