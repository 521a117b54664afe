import type { CommandRow } from '../command.js';

/** All commands, in the order of the help. The module of one is loaded when it is called. */
export const COMMANDS: readonly CommandRow[] = [
  {
    name: 'inspect',
    summary: 'operators, states, types and sizes of a snapshot',
    load: async () => (await import('./inspect.js')).inspectCommand,
  },
  {
    name: 'schema',
    summary: 'the type tree of every state',
    load: async () => (await import('./schema.js')).schemaCommand,
  },
  {
    name: 'stats',
    summary: 'entries, sizes, skew, TTL and timers of every state',
    load: async () => (await import('./stats.js')).statsCommand,
  },
  {
    name: 'check',
    summary: 'whether a new job restores a snapshot, and finds all of it',
    load: async () => (await import('./check.js')).checkCommand,
  },
  {
    name: 'lint',
    summary: 'mistakes that everyone makes, found in a snapshot',
    load: async () => (await import('./lint.js')).lintCommand,
  },
  {
    name: 'get',
    summary: 'what is under a key',
    load: async () => (await import('./get.js')).getCommand,
  },
  {
    name: 'export',
    summary: 'entries as NDJSON, CSV or Parquet',
    load: async () => (await import('./export.js')).exportCommand,
  },
  {
    name: 'diff',
    summary: 'what is not the same in two snapshots',
    load: async () => (await import('./diff.js')).diffCommand,
  },
  {
    name: 'bytes',
    summary: 'every field with its bytes, place and meaning',
    load: async () => (await import('./bytes.js')).bytesCommand,
  },
  {
    name: 'explain',
    summary: 'what a rule, a stack trace or a log means, and what to do',
    load: async () => (await import('./explain.js')).explainCommand,
  },
  {
    name: 'plan',
    summary: 'what a migration plan would do, tried out on every entry',
    load: async () => (await import('./plan.js')).planCommand,
  },
  {
    name: 'apply',
    summary: 'write the snapshot that a plan makes',
    load: async () => (await import('./apply.js')).applyCommand,
  },
  {
    name: 'verify',
    summary: 'whether a snapshot is sound, and what a plan makes of its source',
    load: async () => (await import('./verify.js')).verifyCommand,
  },
  {
    name: 'rescale',
    summary: 'write a new snapshot in which keyed state has another max parallelism',
    load: async () => (await import('./rescale.js')).rescaleCommand,
  },
  {
    name: 'relocate',
    summary: 'write a new snapshot that names its files by other paths',
    load: async () => (await import('./relocate.js')).relocateCommand,
  },
  {
    name: 'rename',
    summary: 'write a new snapshot in which a state has another name',
    load: async () => (await import('./rename.js')).renameCommand,
  },
  {
    name: 'rename-operator',
    summary: 'write a new snapshot in which an operator has another uid',
    load: async () => (await import('./rename-operator.js')).renameOperatorCommand,
  },
  {
    name: 'browse',
    summary: 'operators, states, keys and values in the terminal',
    load: async () => (await import('./browse.js')).browseCommand,
  },
  {
    name: 'completion',
    summary: 'a completion script for bash, zsh or fish',
    load: async () => (await import('./completion.js')).completionCommand,
  },
];
