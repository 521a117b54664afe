import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { answer, goToType, openTypeRows, openTypes, savePlan } from './plan-keys.js';
import { checkFrame, openBrowser, SIZES } from './press.js';

const POJOS = 'fixtures/savepoints/zoo-pojos-flink2.3-rocksdb-savepoint';

describe('types', () => {
  for (const size of SIZES) {
    test(`of a state, and a step on one of its fields, look right at ${size.width}x${size.height}`, async () => {
      const ui = await openBrowser(POJOS, size);
      await ui.press('enter', 't');
      checkFrame('schema', ui);
      await ui.press('down', 'down', 'down', 'r');
      checkFrame('step', ui);
      await answer(ui, 'enabled');
      await ui.press('up', 'up', 't');
      await answer(ui, 'long', '');
      await ui.press('down', 'D');
      checkFrame('schema-planned', ui);
      await ui.press('down', '+');
      checkFrame('steps', ui);
    });
  }

  test('of all states are a tree that opens down to the last field', async () => {
    const ui = await openTypes(POJOS);
    assert.match(ui.frame(), /^18 states$/m);
    await openTypeRows(ui, /pojos\/addresses:/, /^ {2}\+ value: map</, /^ {4}\+ value: pojo/, /\+ country/);
    await ui.press('enter');
    assert.match(ui.frame(), /^ +code: string$/m);
    assert.match(ui.frame(), /^ +population: long$/m);
  });

  test('say what no snapshot describes, and offer what turns it into something else', async () => {
    const ui = await openTypes(POJOS);
    await openTypeRows(ui, /kryo\/sealed:/, /^ {4}value: kryo/);
    assert.match(ui.frame(), /value: kryo \S+Sealed {2}opaque: Kryo writes/);
    await ui.press('C');
    assert.match(ui.frame(), /^kryo-to +turn what Kryo wrote into a POJO/m);
  });

  test('are marked where the plan leaves a state out, and offer no step on it', async () => {
    const ui = await openTypes(POJOS);
    await goToType(ui, /pojos\/customers:/);
    await ui.press('D');
    assert.match(ui.frame(), /pojos\/customers: list .* - left out$/m);
    await goToType(ui, /pojos\/customers:/);
    await ui.press('r');
    assert.match(ui.message(), /the plan leaves this out/);
  });

  test('offer no step that drops or retypes a part of a key, and renames it in keys, too', async () => {
    const ui = await openTypes('fixtures/savepoints/zoo-keys-flink2.3-rocksdb-savepoint');
    await openTypeRows(ui, /pojo-keys\/value:/, /^ {2}\+ key: pojo/, /^ {6}\w+: /);
    await ui.press('D');
    assert.match(ui.message(), /there is nothing to drop here/);
    await ui.press('r');
    await answer(ui, 'renamed');
    assert.match(await savePlan(ui), /keys: true, to: renamed }/);
  });

  test('are reached from keys and from a value', async () => {
    const ui = await openBrowser(POJOS, SIZES[0]);
    await ui.press('enter', 'enter', 't');
    assert.match(ui.frame(), /pojos\/customer: value/);
    await ui.press('q', 'enter', 't');
    assert.match(ui.frame(), /pojos\/customer: value/);
  });
});
