import { printType } from '@statewright/compat';
import type { SerializerSnapshot } from '@statewright/serializers';
import { changeTypes } from '../types/change-types.js';
import { fitter, POLICY_OPTIONS, policyOf } from '../types/fit/policy.js';
import { canFit, isJavaPrimitive, scalarFit, scalarWord } from '../types/fit/scalars.js';
import { canMake, structureFit } from '../types/fit/structure.js';
import { fieldTypeOption } from '../types/parse-types.js';
import { fieldOf, fieldOptions, fieldRule, withField } from '../types/pojo-fields.js';
import { unchanged } from '../types/type-change.js';
import { describeType } from '../types/type-word.js';
import { valueOption } from '../types/yaml-value.js';
import { CLASS, FIELD, options, TYPE, WITHIN } from './options.js';
import type { StepRow } from './step.js';

/** A field of a POJO gets another type. */
export const retypeField: StepRow = {
  verb: 'retype-field',
  purpose: 'convert a field of a POJO to the type that the class now has for it',
  category: 'lossy',
  since: '0.1.0',
  options: options({ class: CLASS, field: FIELD, to: TYPE, ...POLICY_OPTIONS, within: WITHIN }, [
    'class',
    'field',
    'to',
  ]),
  example: 'retype-field: { class: com.acme.Account, field: score, to: long }',
  async apply(job, context) {
    const { step } = context;
    const name = fieldOptions(context);
    const to = await fieldTypeOption(context, 'to');
    const nullable = to.nullable || !isJavaPrimitive(to.value);
    const policy = policyOf(step, nullable, (json) => valueOption(step, 'default', to.value, json));
    const label = `${name.field} of ${name.className}`;
    const changesValues =
      policy.onMisfit !== 'fail' || policy.onNull === 'skip' || policy.onNull === 'default';
    let same = false;
    return changeTypes(job, context, {
      className: name.className,
      isClass: (one) => one === name.className,
      option: 'class',
      isDone: () => same,
      mark: '~',
      what: `field ${label} becomes ${String(step.options.to)}`,
      merges: ['clamp', 'default'].includes(policy.onMisfit) || policy.onNull === 'default',
      loses: changesValues ? 'values that do not fit' : undefined,
      rule: fieldRule(context, name, (pojo, position, old) => {
        if (printType(old.value!) === printType(to.value)) {
          same = true;
          return unchanged(pojo);
        }
        const fit = fitOf(old.value!, to.value);
        if (fit === undefined) {
          const types = `${printType(old.value!)} cannot become ${printType(to.value)}`;
          throw step.error(['to'], `${label} is ${types} by itself`, 'say how by a step "map-values"');
        }
        const field = fieldOf(name.className, name.field, to.value);
        const open = (report: Parameters<typeof fitter>[3]) => fitter(fit, policy, `field ${label}`, report);
        return withField(pojo, position, { field, from: position, open });
      }),
    });
  },
};

/** A scalar's conversion; a `nullable<...>` around either type changes nothing of it. */
function fitOf(from: SerializerSnapshot, to: SerializerSnapshot): ReturnType<typeof scalarFit> | undefined {
  const [source, target] = [insideNullable(from), insideNullable(to)];
  const [old, now] = [scalarWord(source), scalarWord(target)];
  if (old !== undefined && now !== undefined) return canFit(old, now) ? scalarFit(source, target) : undefined;
  const [before, after] = [containerOf(source), containerOf(target)];
  return before !== undefined && before === after && canMake(target) ? structureFit(target) : undefined;
}

const CONTAINERS: ReadonlyMap<string, string> = new Map([
  ['list', 'elements'],
  ['set', 'elements'],
  ['array', 'elements'],
  ['map', 'entries'],
  ['tuple', 'fields'],
  ['row', 'fields'],
  ['pojo', 'names'],
  ['avro', 'names'],
]);

/** What a type has inside; types that have the same may become each other, part by part. */
function containerOf(snapshot: SerializerSnapshot): string | undefined {
  const { type } = describeType(snapshot);
  return CONTAINERS.get(type) ?? (type.endsWith('[]') ? 'elements' : undefined);
}

const NULLABLE = 'org.apache.flink.api.java.typeutils.runtime.NullableSerializer$NullableSerializerSnapshot';

function insideNullable(snapshot: SerializerSnapshot): SerializerSnapshot {
  return snapshot.className === NULLABLE ? (snapshot.nested[0] ?? snapshot) : snapshot;
}
