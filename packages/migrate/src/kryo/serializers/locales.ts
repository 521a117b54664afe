import { describeJavaObject, isJavaObject, javaField } from '@statewright/bytes';
import type { ObjectGraph } from '../object-graph.js';
import { readText } from '../wire.js';

/** The parts of a `java.util.Locale`. */
interface LocaleParts {
  readonly language: string;
  readonly country: string;
  readonly variant: string;
  readonly script?: string;
  readonly extensions?: string;
}

/** `text language, text country, text variant`. Follows `LocaleSerializer`, Kryo 5.6. */
export function readLocale5({ input }: ObjectGraph): string {
  const [language, country, variant] = [readText(input), readText(input), readText(input)];
  return localeText({ language, country, variant });
}

/** A Java object stream. Follows `com.twitter.chill.java.LocaleSerializer`, 0.7.6. */
export function readLocale2(graph: ObjectGraph): string {
  const start = graph.input.pos;
  if (graph.javaStreamBegun) {
    const reason = 'a second Java-serialized object goes on with the stream of the first, which is not read';
    throw graph.errorAt(start, 'NOT_SUPPORTED', reason);
  }
  graph.javaStreamBegun = true;
  const object = describeJavaObject(graph.input);
  const part = (name: string): string => {
    const value = isJavaObject(object as never) ? javaField(object as never, name) : undefined;
    if (typeof value === 'string') return value;
    throw graph.errorAt(start, 'BAD_VALUE', `the Java object is no Locale with a ${name}`);
  };
  const [language, country, variant] = [part('language'), part('country'), part('variant')];
  return localeText({ language, country, variant, script: part('script'), extensions: part('extensions') });
}

/** `java.util.Locale#toString`, JDK 17. */
function localeText({ language, country, variant, script = '', extensions = '' }: LocaleParts): string {
  let text = language;
  const placed = language !== '' || country !== '';
  if (country !== '' || (language !== '' && `${variant}${script}${extensions}` !== '')) text += `_${country}`;
  if (!placed) return text;
  if (variant !== '') text += `_${variant}`;
  if (script !== '') text += `_#${script}`;
  if (extensions !== '') text += script === '' ? `_#${extensions}` : `_${extensions}`;
  return text;
}
