import type { KryoSnapshot, SerializerSnapshot } from '@statewright/serializers';
import { type Fit, Misfit, partName } from './fit/misfit.js';
import { structureFit } from './fit/structure.js';
import { isKryo, type KryoPlace, kryoFieldIn } from './kryo-format.js';
import { isPojo, pojoWith } from './pojo.js';
import { fieldOf, withField } from './pojo-fields.js';
import { REFLECTED, reflected } from './reflected.js';
import { cannotConvert, rewritten, type TypeRule } from './type-change.js';

/** What becomes of what Kryo wrote. */
export interface KryoTarget {
  readonly to: SerializerSnapshot;
  /** From 1.x to 2.x: a `List`, `Map` or `Set` in a POJO gets the serializer that reflection makes there. */
  readonly upgrades: boolean;
}

/** A rule that turns values of Kryo, once they are read, into those of another type. */
export function kryoRule(place: KryoPlace, { to, upgrades }: KryoTarget): TypeRule {
  const inField = reflected(to);
  return (node) => {
    if (place.field === undefined && isKryo(node) && node.typeClass === place.className) {
      return rewritten(to, () => converter(structureFit(to), `what Kryo wrote of ${place.className}`));
    }
    if (!isPojo(node)) return undefined;
    const at = kryoFieldIn(node, place);
    const field = node.fields[at];
    if (isKryo(field?.value)) {
      const type = upgrades && isInterface(field.value) ? inField : to;
      const what = `field ${place.field} of ${place.className}`;
      const convert = converter(structureFit(type), what);
      const open = () => (value: unknown) => (value === null ? null : convert(value));
      return withField(node, at, { field: fieldOf(place.className, field.name, type), from: at, open });
    }
    // Fields are changed before their POJO: what has become `to` there was Kryo's.
    if (!upgrades || !REFLECTED.has(place.className) || !node.fields.some(({ value }) => value === to))
      return undefined;
    const fields = node.fields.map((one) => (one.value === to ? { ...one, value: inField } : one));
    return rewritten(pojoWith(node, { fields }), () => (value) => value);
  };
}

function isInterface({ typeClass }: KryoSnapshot): boolean {
  return REFLECTED.has(typeClass);
}

function converter(fit: Fit, what: string): (value: unknown) => unknown {
  return (value) => {
    const made = fit(value);
    if (!(made instanceof Misfit)) return made;
    const { path, part, why } = made;
    throw cannotConvert(partName(what, path), path.length === 0 ? value : part, why);
  };
}
