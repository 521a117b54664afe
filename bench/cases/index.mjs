import { browse } from './browse.mjs';
import { check } from './check.mjs';
import { codecs } from './codecs.mjs';
import { decode } from './decode.mjs';
import { diff } from './diff.mjs';
import { memory } from './memory.mjs';
import { migrateCopy } from './migrate-copy.mjs';
import { migrateRewrite } from './migrate-rewrite.mjs';
import { rename } from './rename.mjs';
import { scan } from './scan.mjs';
import { snappy } from './snappy.mjs';
import { start } from './start.mjs';

/**
 * What is measured, in this order. A case is `{ id, title, measure(savepoint, settings) }`; measuring gives
 * `{ rows, ratios, notes }`: a row for each contender, and how they compare.
 */
export const CASES = [
  decode,
  scan,
  rename,
  migrateCopy,
  migrateRewrite,
  diff,
  memory,
  start,
  check,
  codecs,
  snappy,
  browse,
];
