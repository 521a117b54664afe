import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BOMBS } from './bombs.js';
import { guarded } from './guard.js';

for (const [name, { codes }] of Object.entries(BOMBS)) {
  test(`${name}: ${codes.join(' or ')}, at once and with little memory`, async () => {
    const code = await guarded<string>('bomb', { name });
    assert.ok(codes.includes(code), code);
  });
}
