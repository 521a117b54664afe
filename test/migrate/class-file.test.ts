import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { DataInputView, StatewrightError } from '@statewright/bytes';
import { classLayouts, compileKryoReader, type KryoLayouts } from '@statewright/migrate';
import { toJson } from '@statewright/serializers';
import fc from '../property.js';
import { KRYO_LINES, kryoCases, layoutsOf } from './kryo-cases.js';

/* Layouts from the class files of the fixtures' own classes, which javac wrote. */

const JAR = readFileSync(new URL('../../../fixtures/kryo/classes.zip', import.meta.url));
const MODEL = 'dev.statewright.fixtures.kryo.Model$';
const files = [{ name: 'classes.zip', bytes: JAR }];

/** The jar's layouts, and those of the JDK's enums from the text. */
function both(jar: KryoLayouts, text: KryoLayouts): KryoLayouts {
  return { get: (name) => jar.get(name) ?? (name.startsWith('java.') ? text.get(name) : undefined) };
}

for (const [flink, generation] of KRYO_LINES) {
  test(`Kryo ${generation}: layouts from class files read the values of Flink ${flink}`, () => {
    const jar = classLayouts(files, generation);
    for (const one of kryoCases(flink, generation)) {
      // What Flink writes of an inner class depends on its class path.
      if (one.kind === 'REFUSED' || (generation === 2 && one.id === 'inner')) continue;
      const layouts = both(jar, layoutsOf(one.layout));
      const input = new DataInputView(one.bytes, one.id);
      const value = JSON.parse(toJson(compileKryoReader({ ...one, layouts })(input)));
      assert.deepEqual({ value, left: input.remaining }, { value: one.value, left: 0 }, one.id);
    }
  });
}

test('a class says its fields, constants and parameters', () => {
  const jar = classLayouts(files, 2);
  assert.deepEqual(jar.get(`${MODEL}Tier`), {
    className: `${MODEL}Tier`,
    kind: 'enum',
    final: true,
    typeParameters: [],
    fields: [],
    constants: ['FREE', 'PRO', 'ENTERPRISE'],
  });
  assert.equal(jar.get(`${MODEL}Shape`)?.final, false);
  assert.equal(jar.get(`${MODEL}Animal`)?.kind, 'abstract');
  const profile = jar.get(`${MODEL}Profile`);
  assert.deepEqual(profile?.fields.map(({ name }) => name).sort(), [
    'badges',
    'level',
    'nick',
    'points',
    'tier',
  ]);
  assert.deepEqual(jar.get(`${MODEL}Pair`)?.typeParameters, ['A', 'B']);
});

test('a class that Kryo does not write by fields says why', () => {
  const jar = classLayouts(files, 2);
  assert.equal(jar.get('com.acme.Nowhere'), undefined);
  assert.equal(jar.why?.('com.acme.Nowhere'), undefined);
  const reasons: readonly (readonly [string, RegExp])[] = [
    ['Shape$1', /extends java\.lang\.Enum, which is in no class file/],
    ['ListLike', /extends java\.util\.ArrayList, which is in no class file/],
    ['Annotated', /has an annotation of Kryo/],
    ['Written', /is a com\.esotericsoftware\.kryo\.KryoSerializable/],
    ['Outer$Inner', /its field this\$0 only where flink-scala is/],
  ];
  for (const [name, reason] of reasons) assert.match(jar.why?.(`${MODEL}${name}`) ?? '', reason);
  assert.equal(classLayouts(files, 5).get(`${MODEL}Outer$Inner`)?.fields.length, 1);
});

test('what is no class file and no jar is said so', () => {
  const open = (bytes: Uint8Array) => () => classLayouts([{ name: 'legacy.jar', bytes }], 2);
  assert.throws(open(Buffer.from('#!/bin/sh, a script')), /BAD_MAGIC class file at legacy\.jar\[0\.\.4\)/);
  assert.throws(open(Buffer.from('PK but nothing more')), /BAD_MAGIC jar at legacy\.jar.*the end of a jar/);
  assert.throws(open(Buffer.alloc(0)), /TRUNCATED class file/);
});

test('cut and flipped class files are typed errors', () => {
  const flip = fc.tuple(fc.nat({ max: JAR.length - 1 }), fc.integer({ min: 1, max: 255 }));
  const names = ['Zoo', 'Holders', 'Shape', 'Profile', 'OpenBase'].map((name) => `${MODEL}${name}`);
  const survive = (bytes: Uint8Array): void => {
    try {
      const jar = classLayouts([{ name: 'x.jar', bytes }], 5);
      for (const name of names) jar.get(name);
    } catch (error) {
      if (!(error instanceof StatewrightError) || error.code === 'INTERNAL') throw error;
    }
  };
  for (let length = 0; length < JAR.length; length += 61) survive(JAR.subarray(0, length));
  fc.assert(
    fc.property(fc.array(flip, { minLength: 1, maxLength: 3 }), (flips) => {
      const bytes = Uint8Array.from(JAR);
      for (const [at, mask] of flips) bytes[at]! ^= mask;
      survive(bytes);
    }),
    { numRuns: 2000 },
  );
});
