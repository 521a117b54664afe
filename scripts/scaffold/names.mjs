/** `cloud-file` as `CloudFile`. */
export function pascalCase(name) {
  return name
    .split('-')
    .map((word) => word[0].toUpperCase() + word.slice(1))
    .join('');
}

/** `cloud-file` as `cloudFile`. */
export function camelCase(name) {
  const pascal = pascalCase(name);
  return pascal[0].toLowerCase() + pascal.slice(1);
}

/** `cloud-file` as `CLOUD_FILE`. */
export function constantCase(name) {
  return name.toUpperCase().replaceAll('-', '_');
}

/** Puts `line` before the first match of `pattern`; undefined when there is none. */
export function insertBefore(text, pattern, line) {
  const found = text.search(pattern);
  return found < 0 ? undefined : `${text.slice(0, found)}${line}${text.slice(found)}`;
}

/** Several edits one after the other; undefined as soon as one finds no place. */
export function inOrder(...edits) {
  return (text) => edits.reduce((done, edit) => (done === undefined ? undefined : edit(done)), text);
}
