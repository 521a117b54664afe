import { execFile } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { ROOT } from '../architecture/source-tree.js';

/* What Flink says of the changed jobs in fixtures/stories is what it says today: all are written and restored again. */
test('real Flink answers to every story as is committed', async () => {
  const script = path.join(ROOT, 'fixtures/judge/stories.sh');
  await promisify(execFile)(script, ['check'], { maxBuffer: 1 << 26 });
});
