const SHOWN = 200;

/** The last part of a Java binary name: after the last `.` and, for nested classes, the last `$`. */
export function simpleName(className: string): string {
  const cut = Math.max(className.lastIndexOf('.'), className.lastIndexOf('$'));
  return className.slice(cut + 1);
}

/** A name from a snapshot, safe inside a message: quoted, control characters escaped, cut when long. */
export function quoted(name: string): string {
  const shown = name.length > SHOWN ? `${name.slice(0, SHOWN)}...` : name;
  return JSON.stringify(shown).replace(/[\x7f-\x9f\u2028-\u202e\u2066-\u2069]/g, escapeUnit);
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
