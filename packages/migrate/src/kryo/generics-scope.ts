/**
 * The classes that names of type variables stand for, in Kryo 2: each generic class that is being read adds a level,
 * and a name that a level does not know is looked up in the one around it, whichever class that belongs to.
 * Follows `com.esotericsoftware.kryo.Generics`, Kryo 2.24.
 */
export interface GenericsScope {
  readonly classes: ReadonlyMap<string, string>;
  readonly around: GenericsScope | undefined;
}

/** `Generics#getConcreteClass`. */
export function concreteClass(scope: GenericsScope | undefined, name: string): string | undefined {
  for (let level = scope; level !== undefined; level = level.around) {
    const found = level.classes.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}
