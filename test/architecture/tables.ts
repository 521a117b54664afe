/* What the architecture tests compare the tree with. A new package, door or exception is a row here. */

/** A workspace and the workspaces it may import; its package.json and tsconfig.json must list the same. */
export interface PackageRow {
  readonly folder: string;
  readonly name: string;
  readonly imports: readonly string[];
  /** Workspaces of which only types may be imported. */
  readonly typesOnly: readonly string[];
  /** Third-party modules that enter the toolkit here and nowhere else. */
  readonly doors: readonly string[];
}

/** In the order of the flow: nobody imports from a row below their own. */
export const PACKAGES: readonly PackageRow[] = [
  {
    folder: 'packages/bytes',
    name: '@statewright/bytes',
    imports: [],
    typesOnly: [],
    doors: ['@node-rs/crc32', 'snappy'],
  },
  {
    folder: 'packages/serializers',
    name: '@statewright/serializers',
    imports: ['@statewright/bytes'],
    typesOnly: [],
    doors: [],
  },
  {
    folder: 'packages/savepoint',
    name: '@statewright/savepoint',
    imports: ['@statewright/bytes', '@statewright/serializers'],
    typesOnly: [],
    doors: [],
  },
  {
    folder: 'packages/inspect',
    name: '@statewright/inspect',
    imports: ['@statewright/bytes', '@statewright/savepoint', '@statewright/serializers'],
    typesOnly: [],
    doors: ['@marcbachmann/cel-js'],
  },
  {
    folder: 'packages/compat',
    name: '@statewright/compat',
    imports: [
      '@statewright/bytes',
      '@statewright/inspect',
      '@statewright/savepoint',
      '@statewright/serializers',
    ],
    typesOnly: [],
    doors: ['ajv', 'yaml'],
  },
  {
    folder: 'packages/migrate',
    name: '@statewright/migrate',
    imports: [
      '@statewright/bytes',
      '@statewright/compat',
      '@statewright/inspect',
      '@statewright/savepoint',
      '@statewright/serializers',
    ],
    typesOnly: [],
    doors: ['hyparquet'],
  },
  {
    folder: 'packages/report',
    name: '@statewright/report',
    imports: ['@statewright/bytes', '@statewright/compat', '@statewright/inspect', '@statewright/migrate'],
    typesOnly: ['@statewright/compat', '@statewright/inspect', '@statewright/migrate'],
    doors: ['diff', 'hyparquet-writer'],
  },
  {
    folder: 'tui',
    name: '@statewright/tui',
    imports: [
      '@statewright/bytes',
      '@statewright/compat',
      '@statewright/inspect',
      '@statewright/migrate',
      '@statewright/report',
      '@statewright/savepoint',
      '@statewright/serializers',
    ],
    typesOnly: [],
    doors: ['ink', 'react', 'string-width'],
  },
  {
    folder: 'cli',
    name: 'statewright',
    imports: [
      '@statewright/bytes',
      '@statewright/compat',
      '@statewright/inspect',
      '@statewright/migrate',
      '@statewright/report',
      '@statewright/savepoint',
      '@statewright/serializers',
      '@statewright/tui',
    ],
    typesOnly: [],
    doors: ['commander'],
  },
];

/** Modules of Node that only some packages may import; an empty list is nobody. */
export const NODE_DOORS: { readonly [module: string]: readonly string[] } = {
  'node:child_process': [],
  'node:cluster': [],
  'node:dgram': [],
  'node:dns': [],
  'node:fs': ['packages/bytes', 'cli'],
  'node:fs/promises': ['packages/bytes', 'cli'],
  'node:http': [],
  'node:http2': [],
  'node:https': [],
  'node:net': [],
  'node:process': ['cli'],
  'node:readline': ['cli'],
  'node:tls': [],
  'node:tty': ['cli'],
  'node:vm': [],
};

/** Globals that stay out of packages, and what to use in their place. */
export const FORBIDDEN_GLOBALS: { readonly [name: string]: string } = {
  console: 'return a value and let cli print it',
  eval: 'compile closures; nothing from a snapshot becomes code',
  fetch: 'the FileSystem port; nothing phones home',
  process: 'a parameter; only cli knows the process',
  setInterval: 'an awaited loop; a library starts no timers',
  WebSocket: 'the FileSystem port; nothing phones home',
};

/** Files that may make code from text, each with the reason. */
export const CODE_FROM_TEXT: { readonly [path: string]: string } = {
  'packages/serializers/src/specialize.ts':
    'copies of hot loops from constant texts; only integers vary in them, and a test tries hostile names',
};

/** Files that may hold state of the whole process, each with the reason. */
export const PROCESS_STATE: { readonly [path: string]: string } = {
  'packages/serializers/src/compile-codec.ts':
    'numbers copies of hot loops: two of one text would share a profile',
  'packages/serializers/src/specialize.ts': 'whether the runtime allows code from text never changes',
};

/** The house numbers. */
export const LIMITS = {
  functionMedian: 20,
  functionNineInTen: 55,
  functionMost: 100,
  fileMedian: 150,
  fileMost: 400,
  valueExports: 25,
} as const;

/** Files that may be longer than `LIMITS.fileMost`, each with the reason: a table or types. */
export const LONG_FILES: { readonly [path: string]: string } = {};

/** A folder whose `index.ts` is a table with a row for each file. */
export interface TableFolder {
  readonly folder: string;
  /** Names of the files that are rows, without `index.ts`. */
  readonly rows: RegExp;
  /** Files with such a name that are no row: parts that several rows share. */
  readonly helpers: readonly string[];
}

export const TABLE_FOLDERS: readonly TableFolder[] = [
  { folder: 'packages/serializers/src/snapshots', rows: /\.ts$/, helpers: [] },
  {
    folder: 'packages/migrate/src/steps',
    rows: /\.ts$/,
    helpers: ['step.ts', 'options.ts'],
  },
  { folder: 'packages/savepoint/src/metadata', rows: /^v\d+\.ts$/, helpers: [] },
  {
    folder: 'packages/savepoint/src/handles',
    rows: /\.ts$/,
    helpers: ['format.ts', 'model.ts', 'numbers.ts'],
  },
  { folder: 'packages/compat/src/rules/lint', rows: /\.ts$/, helpers: ['lint-rule.ts'] },
  { folder: 'packages/compat/src/rules/policy', rows: /\.ts$/, helpers: [] },
  { folder: 'packages/compat/src/explain/messages', rows: /\.ts$/, helpers: [] },
  { folder: 'packages/report/src/renderers', rows: /\.ts$/, helpers: ['renderer.ts'] },
  { folder: 'cli/src/commands', rows: /\.ts$/, helpers: [] },
  { folder: 'packages/compat/src/rules/check', rows: /\.ts$/, helpers: ['check-rule.ts'] },
];
