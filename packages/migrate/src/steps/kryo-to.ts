import type { AvroSnapshot, SerializerSnapshot } from '@statewright/serializers';
import { classLayouts } from '../class-file/class-layouts.js';
import type { KryoLayouts } from '../kryo/layout.js';
import type { KryoGeneration } from '../kryo/object-graph.js';
import { parseLayout } from '../kryo/parse-layout.js';
import { runtimeClassOf } from '../types/avro-option.js';
import { isAvro } from '../types/avro-schema.js';
import { changeType } from '../types/change-type.js';
import { changeTypes } from '../types/change-types.js';
import { canMake } from '../types/fit/structure.js';
import { hasKryo, type KryoPlace, kryoGeneration, withKryoReader } from '../types/kryo-format.js';
import { kryoRule } from '../types/kryo-rule.js';
import { typeOption } from '../types/parse-types.js';
import { renamed } from '../types/type-change.js';
import { CLASS, options, TYPE, text, WITHIN } from './options.js';
import type { StepContext, StepRow } from './step.js';

/** What Kryo wrote is read by a layout and written by another serializer. */
export const kryoTo: StepRow = {
  verb: 'kryo-to',
  purpose: 'turn what Kryo wrote into a POJO, a list, a map, an Avro record or another type',
  category: 'rewriting',
  since: '0.1.0',
  options: options(
    {
      class: {
        ...CLASS,
        description: 'class that Kryo was given; with field: the POJO that declares the field',
      },
      field: text('a field of a POJO that Kryo wrote; absent: wherever the class was given to Kryo'),
      layout: text(
        'the Java type with the fields of its classes, for example com.acme.A { x: int, tags: java.util.List<string> }',
      ),
      layoutFrom: {
        description:
          'in place of layout: a .class or .jar file with the classes, or several; they are read, never loaded',
        anyOf: [
          { type: 'string', minLength: 1 },
          { type: 'array', items: { type: 'string', minLength: 1 }, minItems: 1 },
        ],
      },
      to: TYPE,
      within: WITHIN,
    },
    ['class', 'to'],
  ),
  example:
    'kryo-to: { class: com.acme.Legacy, layout: "com.acme.Legacy { nick: string, level: int }", to: "pojo com.acme.Profile { nick: string, level: int }" }',
  async apply(job, context) {
    const { step } = context;
    const { class: className, field } = step.options;
    const place: KryoPlace = {
      className: String(className),
      field: field === undefined ? undefined : String(field),
    };
    const generation = kryoGeneration(job.savepoint, context);
    const layouts = await layoutsOf(context, generation);
    const to = genericRecords(await typeOption(context, 'to'), String(step.options.to));
    if (!canMake(to)) throw step.error(['to'], 'of this type no values can be made from what Kryo wrote');
    const upgrades = generation === 2 && !context.flinkVersion.startsWith('1.');
    const what =
      place.field === undefined ? `Kryo's ${place.className}` : `field ${place.field} of ${place.className}`;
    return changeTypes(job, context, {
      className: place.className,
      isClass: (one) => one === place.className,
      option: 'class',
      mark: '~',
      what: `${what} becomes ${String(step.options.to)}`,
      rule: kryoRule(place, { to, upgrades }),
      formats: (earlier) => withKryoReader(earlier, place, { generation, layouts }),
      reads: (from) => hasKryo(from, place),
    });
  },
};

/** `avro {...}` without a class means the generated one only where the schema is that of one. */
function genericRecords(to: SerializerSnapshot, text: string): SerializerSnapshot {
  const { snapshot } = changeType(to, (node) => {
    if (!isAvro(node) || !('name' in node.schema) || node.runtimeType !== node.schema.name) return undefined;
    if (new RegExp(`avro\\s+"?${node.schema.name.replaceAll(/[.$]/g, '\\$&')}"?\\s`).test(text))
      return undefined;
    return renamed({ ...node, runtimeType: runtimeClassOf(node.schema) } as AvroSnapshot);
  });
  return snapshot;
}

async function layoutsOf(context: StepContext, generation: KryoGeneration): Promise<KryoLayouts> {
  const { step, readFile } = context;
  const { layout, layoutFrom } = step.options;
  if ((layout === undefined) === (layoutFrom === undefined)) {
    throw step.error([], '"layout" or "layoutFrom" is needed, and not both');
  }
  if (layout !== undefined) {
    return parseLayout(String(layout), (_, reason, next) => step.error(['layout'], reason, next)).layouts;
  }
  const names = Array.isArray(layoutFrom) ? layoutFrom.map(String) : [String(layoutFrom)];
  const files = await Promise.all(names.map(async (name) => ({ name, bytes: await readFile(name) })));
  return classLayouts(files, generation);
}
