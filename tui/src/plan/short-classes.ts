/** Packages before a Java class. */
const PACKAGES = /\b(?:[a-z_]\w*\.)+(?=[A-Z])/g;

/** A text with Java classes by their simple names, for where a person knows which are meant. */
export function shortClasses(text: string): string {
  return text.replace(PACKAGES, '');
}
