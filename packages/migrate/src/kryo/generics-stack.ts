/** A type with its arguments, where `type` is a class name or a variable. `GenericType` of Kryo 5.6. */
export interface GenericType {
  /** Java binary name; undefined for a variable. */
  readonly className: string | undefined;
  /** Key of the variable: class and name. */
  readonly variable: string | undefined;
  /** Undefined, not empty, where there are none. */
  readonly arguments: readonly GenericType[] | undefined;
}

interface Pushed {
  readonly type: GenericType;
  readonly depth: number;
}

/**
 * What Kryo 5 knows of the type arguments of the object that it is about to read. A field pushes its declared type; a
 * serializer that has type arguments takes them from the top if they were pushed one object further out, and pushes the
 * last of them for its own parts. Follows `com.esotericsoftware.kryo.util.DefaultGenerics`, Kryo 5.6, including its
 * oddities: they decide which bytes there are.
 */
export class GenericsStack {
  /** How deep in objects reading is: `Kryo#getDepth`. */
  depth = 0;
  private readonly types: Pushed[] = [];
  private readonly variables: (readonly [variable: string, className: string])[] = [];

  push(type: GenericType): void {
    this.types.push({ type, depth: this.depth });
  }

  /** Takes the top away, unless it was pushed further out. */
  pop(): void {
    const top = this.types.at(-1);
    if (top !== undefined && top.depth >= this.depth) this.types.pop();
  }

  /** The arguments for the object that is being read; undefined when none are known. */
  next(): readonly GenericType[] | undefined {
    const top = this.types.at(-1);
    const given = top?.type.arguments;
    if (given === undefined || top?.depth !== this.depth - 1) return undefined;
    this.push(given[given.length - 1] as GenericType);
    return given;
  }

  /** The class of the first argument, if it is known. */
  nextClass(): string | undefined {
    const [first] = this.next() ?? [];
    return first === undefined ? undefined : this.resolve(first);
  }

  /** The class of a type, if it is known. */
  resolve({ className, variable }: GenericType): string | undefined {
    if (variable === undefined) return className;
    return this.variables.findLast(([name]) => name === variable)?.[1];
  }

  /** Says what variables stand for, until as many are taken back. */
  pushVariables(variables: readonly (readonly [variable: string, className: string])[]): void {
    this.variables.push(...variables);
  }

  popVariables(count: number): void {
    this.variables.length -= count;
  }
}
