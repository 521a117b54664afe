import type { KnownMessage } from '../known-message.js';
import { CLASSES } from './classes.js';
import { FILES } from './files.js';
import { JOB_SHAPE } from './job-shape.js';
import { KRYO_MESSAGES } from './kryo.js';
import { MISREAD_MESSAGES } from './misread.js';
import { POJO } from './pojo.js';
import { SERIALIZER_REFUSED } from './serializer-refused.js';
import { STATE_SHAPE } from './state-shape.js';
import { TYPE_HINTS } from './type-hints.js';
import { UNALIGNED } from './unaligned.js';
import { WRAPPERS } from './wrappers.js';

/** Every message that `explain` knows; the first whose pattern matches a line has it. */
export const KNOWN_MESSAGES: readonly KnownMessage[] = [
  ...SERIALIZER_REFUSED,
  ...STATE_SHAPE,
  ...JOB_SHAPE,
  ...CLASSES,
  ...POJO,
  ...KRYO_MESSAGES,
  ...TYPE_HINTS,
  ...MISREAD_MESSAGES,
  ...FILES,
  ...UNALIGNED,
  ...WRAPPERS,
];
