import { escapeText } from '../text/escape.js';

/** A name, path or value: set as code, in which nobody is mentioned and nothing becomes a link. */
export function mdCode(text: string): string {
  return `<code>${entities(escapeText(text))}</code>`;
}

/**
 * A sentence that may hold names from anywhere. Punctuation becomes character references, which have no meaning in Markdown
 * or HTML; signs with which forges refer to people and issues stand in a span of their own, which ends the reference.
 */
export function mdText(text: string): string {
  return escapeText(text)
    .split(/([@#!~$%&](?=["\p{L}\p{N}]))/u)
    .map((part, i) => (i % 2 === 1 ? `<span>${entities(part)}</span>` : entities(part)))
    .join('');
}

/**
 * What Markdown, HTML, mathematics or a link could start with, as character references. No text from outside stands at the
 * start of a line, so dashes, dots and digits stay readable.
 */
function entities(text: string): string {
  return text
    .replace(/[!#$%&*<=>?@[\\\]^_`{|}~]/g, (char) => `&#${char.charCodeAt(0)};`)
    .replace(/:\/\//g, '&#58;//')
    .replace(/www\./gi, (www) => `${www.slice(0, 3)}&#46;`);
}
