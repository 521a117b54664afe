import { escapeText } from '../text/escape.js';

const NAMED: { readonly [char: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/**
 * Text for XML 1.0, between tags and in attributes. What XML cannot hold at all (most control characters, unpaired
 * surrogates, U+FFFE and U+FFFF) and what could steer a reader is shown as escapes such as `\u001b`.
 */
export function xmlText(text: string): string {
  return escapeText(text)
    .replace(/[\ufffe\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16)}`)
    .replace(/[&<>"']/g, (char) => NAMED[char]!);
}

type Attributes = { readonly [name: string]: string | number | undefined };

/** A start tag; attributes without a value are left out. */
export function xmlOpen(name: string, attributes: Attributes): string {
  return `<${name}${attributeList(attributes)}>`;
}

/** A whole element; `children` is XML, not text. */
export function xmlElement(name: string, attributes: Attributes, children: readonly string[] = []): string {
  const head = `<${name}${attributeList(attributes)}`;
  return children.length === 0 ? `${head}/>` : `${head}>${children.join('')}</${name}>`;
}

function attributeList(attributes: Attributes): string {
  return Object.entries(attributes)
    .flatMap(([key, value]) => (value === undefined ? [] : [` ${key}="${xmlText(String(value))}"`]))
    .join('');
}
