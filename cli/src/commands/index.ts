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
    name: 'bytes',
    summary: 'every field with its bytes, place and meaning',
    load: async () => (await import('./bytes.js')).bytesCommand,
  },
  {
    name: 'completion',
    summary: 'a completion script for bash, zsh or fish',
    load: async () => (await import('./completion.js')).completionCommand,
  },
];
