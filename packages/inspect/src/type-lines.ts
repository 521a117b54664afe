import type { TypeDescription } from '@statewright/serializers';
import { isPositional, nullMark, shownFields, typeHead } from './type-text.js';

/** A type in the short syntax on several lines: a line for every named field, all else on the line it belongs to. */
export function typeLines(type: TypeDescription): string[] {
  return linesOf(type, '', '');
}

function linesOf(type: TypeDescription, before: string, after: string): string[] {
  const fields = shownFields(type);
  if (type.type === 'nullable' && fields.length === 1) return linesOf(fields[0]!.type, before, `?${after}`);
  const head = before + typeHead(type);
  if (fields.length === 0) return [head + after, ...subclassLines(type)];
  if (isPositional(type)) return argumentLines(type, head, after);
  const children = fields.flatMap((field) => linesOf(field.type, `${field.name}: `, nullMark(type, field)));
  return [`${head} {`, ...indented([...children, ...subclassLines(type)]), `}${after}`];
}

function subclassLines(type: TypeDescription): string[] {
  return (type.subclasses ?? []).flatMap(({ name, type: subclass }) =>
    linesOf(subclass, subclass.class === name ? 'subclass ' : `subclass ${name} `, ''),
  );
}

/** `map<string, pojo X {` … `}>`: arguments stay on one line as long as none of them has fields. */
function argumentLines(type: TypeDescription, head: string, after: string): string[] {
  const lines = [`${head}<`];
  for (const [i, field] of shownFields(type).entries()) {
    const [first = '', ...rest] = linesOf(field.type, '', nullMark(type, field));
    lines[lines.length - 1] += (i === 0 ? '' : ', ') + first;
    lines.push(...rest);
  }
  lines[lines.length - 1] += `>${after}`;
  return lines;
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
