/** What an element may be made of: texts are set as text. */
export type Child = Node | string;

/** An element with attributes and children; texts never become markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: { readonly [name: string]: string } = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** Runs of digits are compared as numbers: `state-2` stands before `state-10`. */
export const collator = new Intl.Collator('en', { numeric: true });
