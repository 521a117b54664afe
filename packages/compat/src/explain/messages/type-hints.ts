import { type KnownMessage, SCHEMA } from '../known-message.js';

/* TypeExtractor and GenericTypeInfo of 1.8 to 2.3: which types will be Kryo, said while the job is built. */

const CLASS = String.raw`[\w$.]{1,500}`;
const LATER =
  'Kryo values cannot change later: a field that is added to the class makes them unreadable, and no check finds it';

/** Why a class is no POJO; the first group that matched tells. */
const NOT_A_POJO = new RegExp(
  [
    `Class (?:class )?(?<notPublic>${CLASS}) is not public`,
    `No fields were detected for (?:class )?(?<noFields>${CLASS}) so it cannot be used`,
    `Class (?:class )?(?<badFields>${CLASS}) cannot be used as a POJO type because not all fields are valid`,
    `Class (?:class )?(?<ownMethods>${CLASS}) contains custom serialization methods`,
    `(?:class )?(?<noConstructor>${CLASS}) (?:is missing|must have) a default constructor`,
    `The default constructor of (?:class )?(?<hiddenConstructor>${CLASS}) (?:is not Public|should be Public)`,
  ].join('|'),
);

const REASONS: ReadonlyMap<string, readonly [why: string, how: string]> = new Map([
  ['notPublic', ['it is not public', 'make the class public; an inner class static too']],
  [
    'noFields',
    ['it has no fields that Flink sees', 'give its fields getters and setters, or make them public'],
  ],
  [
    'badFields',
    [
      'not all of its fields are public or have a getter and a setter',
      'give each field a getter and a setter of its type, or make it public',
    ],
  ],
  [
    'ownMethods',
    [
      'it has readObject or writeObject, which a POJO serializer would not call',
      'remove them, or give the type a serializer of its own',
    ],
  ],
  ['noConstructor', ['it has no default constructor', 'give it a public constructor without parameters']],
  ['hiddenConstructor', ['its default constructor is not public', 'make the constructor public']],
]);

const notAPojo: KnownMessage = {
  id: 'class-is-no-pojo',
  flink: '1.8 to 2.3',
  weight: 'warning',
  needles: ['POJO type', 'default constructor', 'custom serialization methods'],
  pattern: NOT_A_POJO,
  rules: ['kryo-fallback'],
  read: ({ groups }) => {
    const [kind = '', name = ''] = Object.entries(groups!).find(([, text]) => text !== undefined) ?? [];
    const [why = 'a rule for POJOs is broken', how = ''] = REASONS.get(kind) ?? [];
    return {
      cause: `${name} is no POJO for Flink, because ${why}: its values go through Kryo. ${LATER}`,
      next: [how, 'statewright lint SNAPSHOT'],
      clues: { className: name },
    };
  },
};

const genericField: KnownMessage = {
  id: 'field-is-generic',
  flink: '1.20 to 2.3',
  weight: 'warning',
  needles: ['will be processed as GenericType'],
  pattern:
    /Field (?<owner>[\w$]{1,300})#(?<field>[\w$]{1,300}) will be processed as GenericType|Tuple field #(?<position>\d+) of type '(?<type>[\w$.[\]]{1,300})' will be processed as GenericType/,
  rules: ['kryo-fallback'],
  read: ({ groups }) => {
    const { owner, field, position, type } = groups!;
    const what =
      owner === undefined ? `field ${position} of a Tuple (${type})` : `the field ${field} of ${owner}`;
    return {
      cause: `${what} goes through Kryo, because Flink knows no serializer for its type. ${LATER}`,
      next: [
        'give the field a type that Flink knows: a POJO, a primitive, or @TypeInfo for List, Map and Set before 2.0',
        'statewright lint SNAPSHOT',
      ],
      field,
      clues: { field, className: owner },
    };
  },
};

const missingAccessor: KnownMessage = {
  id: 'field-without-accessor',
  flink: '1.8 to 2.3',
  weight: 'warning',
  needles: ['does not contain a getter for field', 'does not contain a setter for field'],
  pattern: new RegExp(
    `(?:class )?(?<name>${CLASS}) does not contain a (?<what>getter|setter) for field (?<field>[\\w$]{1,300})`,
  ),
  rules: ['kryo-fallback'],
  read: ({ groups }) => ({
    cause: `${groups!.name} has no ${groups!.what} for its field ${groups!.field}, so it is no POJO for Flink and its values go through Kryo. ${LATER}`,
    next: [`add the ${groups!.what}, of exactly the field's type`, 'statewright lint SNAPSHOT'],
    field: groups!.field,
    clues: { className: groups!.name },
  }),
};

const fallback: KnownMessage = {
  id: 'falls-back-to-kryo',
  flink: '1.8 to 2.3',
  weight: 'warning',
  needles: ['back to Kryo', 'Falling back to Java Type Analysis'],
  pattern:
    /[Ff]all(?:s|ing)? back to (?:the )?Kryo|Type (?<type>.{1,300}?) has no fields that are visible from Scala Type analysis/,
  rules: ['kryo-fallback'],
  read: ({ groups }) => ({
    cause: `${groups!.type ?? 'a type'} goes through Kryo. ${LATER}`,
    next: ['statewright lint SNAPSHOT', SCHEMA],
    clues: { serializer: 'KryoSerializer' },
  }),
};

const disabled: KnownMessage = {
  id: 'generic-types-disabled',
  flink: '1.8 to 2.3',
  weight: 'cause',
  needles: ['Generic types have been disabled'],
  pattern: new RegExp(
    `Generic types have been disabled in the ExecutionConfig and type (?<name>${CLASS}) is treated`,
  ),
  rules: ['kryo-fallback'],
  read: ({ groups }) => ({
    cause: `${groups!.name} would go through Kryo, and the job forbids that (disableGenericTypes)`,
    next: ['make it a POJO, or give it type information with @TypeInfo or TypeInformation.of', SCHEMA],
    clues: { className: groups!.name },
  }),
};

/** Types that will be Kryo. */
export const TYPE_HINTS: readonly KnownMessage[] = [
  notAPojo,
  genericField,
  missingAccessor,
  fallback,
  disabled,
];
