const HASH = /^([0-9a-f]{8})[0-9a-f]{24}(?=[/> ]|$)/;

/** An address in a table: an operator whose uid is not known goes by the first eight digits of its hash, which name it on the command line, too. */
export function shortAddress(address: string): string {
  return address.replace(HASH, '$1');
}
