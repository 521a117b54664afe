import type { JsonSchema } from '../yaml/require-schema.js';

const TEXT = { type: 'string', minLength: 1 };

/** A type in the short syntax; what is in it the type's parser checks. */
const TYPE = { type: 'string', minLength: 1, description: 'a type, for example map<string, long>' };
const TYPE_OR_NONE = { type: ['string', 'null'], minLength: 1, description: 'a type, or ~ for none' };
const NOTE = { type: 'string', description: 'for people; nothing reads it' };

const IGNORES = {
  type: 'array',
  description: 'findings that are known and excused here',
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['rule', 'reason'],
    properties: {
      rule: { ...TEXT, description: 'id of the rule, as findings name it' },
      reason: { ...TEXT, description: 'why it is no problem here' },
      until: {
        type: 'string',
        pattern: '^\\d{4}-\\d{2}-\\d{2}$',
        description: 'the last day on which it is excused, YYYY-MM-DD',
      },
    },
  },
};

const STATE = {
  type: 'object',
  additionalProperties: false,
  required: ['kind'],
  properties: {
    kind: {
      enum: [
        'value',
        'list',
        'map',
        'reducing',
        'aggregating',
        'folding',
        'timer',
        'operator-list',
        'union-list',
        'broadcast',
        'unknown',
      ],
      description: 'what kind of state the job registers',
    },
    name: { ...TEXT, description: 'the name of the state, where the key above must be another' },
    api: { enum: ['v1', 'v2'], description: 'v2: the asynchronous state API of Flink 2.x' },
    key: { ...TYPE_OR_NONE, description: "the key's type, where it is not that of the operator" },
    namespace: {
      ...TYPE_OR_NONE,
      description: "the namespace's type: a window; left out where there is none",
    },
    value: {
      ...TYPE,
      description: 'what the state holds: list<…> of list states, map<…> of map and broadcast states',
    },
    serializer: { ...TYPE, description: 'in place of value: the serializer as the backend has it' },
    userKey: { ...TYPE, description: "beside serializer, of a map state with api v2: the map's keys" },
    ttl: {
      type: ['string', 'boolean'],
      description: 'on, off, or how long values live, for example 7 d',
    },
    note: NOTE,
    ignore: IGNORES,
  },
};

const OPERATOR = {
  type: 'object',
  additionalProperties: false,
  properties: {
    uid: {
      type: ['string', 'null'],
      minLength: 1,
      description: '~ where the key above is the id of the operator and no uid is known',
    },
    id: {
      type: 'string',
      pattern: '^[0-9a-f]{32}$',
      description: 'the id of the operator, 32 hex digits, where the uid does not give it',
    },
    name: { type: 'string', description: 'what the job calls it' },
    maxParallelism: {
      type: 'integer',
      minimum: 1,
      maximum: 32768,
      description: 'the number of key groups, 1 to 32768',
    },
    otherState: {
      type: 'boolean',
      description: 'it holds state of its own that no serializer describes: a source, raw state',
    },
    key: { ...TYPE, description: "the key's type of its keyed states and timers" },
    states: { type: ['object', 'null'], additionalProperties: STATE, description: 'its states by name' },
    note: NOTE,
    ignore: IGNORES,
  },
};

/** The JSON Schema of state contracts (`*.state.yaml`), as docs/schemas/state-contract.json has it for editors. */
export const CONTRACT_SCHEMA: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'statewright/state-contract.json',
  title: 'State contract of a Flink job (*.state.yaml)',
  type: 'object',
  additionalProperties: false,
  required: ['version', 'operators'],
  properties: {
    version: { const: 1, description: '1, the version of this form' },
    flink: {
      type: 'string',
      pattern: '^\\d+\\.\\d+( - \\d+\\.\\d+)?$',
      description: 'the release that the job runs on, for example "1.20", or a range like "1.18 - 1.20"',
    },
    backend: { enum: ['hashmap', 'rocksdb'], description: 'the state backend that the job will run with' },
    note: NOTE,
    ignore: IGNORES,
    kryo: {
      type: 'array',
      items: { ...TEXT, description: 'for example registered com.acme.Event with com.acme.EventSerializer' },
      description: 'what the job registers with Kryo, in the order of the ids',
    },
    types: {
      type: 'object',
      propertyNames: { pattern: '^[\\p{L}\\p{Nl}_$][\\p{L}\\p{Nl}\\p{N}_$.-]*$' },
      additionalProperties: TYPE,
      description: 'types that several states use, by a name of your choice',
    },
    operators: {
      type: 'object',
      additionalProperties: OPERATOR,
      description: 'the operators that hold state, by uid',
    },
  },
};
