/** An element of a parsed document. */
export interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: Element[];
  text: string;
}

const NAMED: { readonly [name: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
// biome-ignore lint/suspicious/noControlCharactersInRegex: what XML 1.0 forbids
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u;

/** Parses XML without comments, processing instructions and CDATA, as strictly as XML 1.0 has it. Throws when it is not. */
export function parseXml(xml: string): Element {
  if (FORBIDDEN.test(xml)) throw new Error('a character that XML cannot hold');
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!xml.startsWith(declaration)) throw new Error('no declaration');
  const root: Element = { name: '', attributes: new Map(), children: [], text: '' };
  const open = [root];
  const token = /<(\/?)([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)>|([^<]+)/gy;
  const body = xml.slice(declaration.length);
  let at = 0;
  for (const match of body.matchAll(token)) {
    at = match.index + match[0].length;
    const [, closing, name = '', list = '', empty, text] = match;
    if (text !== undefined) open.at(-1)!.text += decode(text);
    else if (closing === '/') {
      if (open.pop()!.name !== name) throw new Error(`</${name}> closes another element`);
    } else {
      const pairs = [...list.matchAll(/ ([a-z]+)="([^"]*)"/g)];
      const attributes = new Map(pairs.map(([, key = '', value = '']) => [key, decode(value)]));
      if (attributes.size !== pairs.length) throw new Error(`an attribute of ${name} stands twice`);
      const element: Element = { name, attributes, children: [], text: '' };
      open.at(-1)!.children.push(element);
      if (empty !== '/') open.push(element);
    }
  }
  if (at !== body.length) throw new Error(`no XML at ${at}: ${body.slice(at, at + 40)}`);
  if (open.length !== 1 || root.children.length !== 1) throw new Error('not one whole element');
  return root.children[0]!;
}

function decode(text: string): string {
  return text.replace(/&([^;]*;?)/g, (whole, name: string) => {
    const char = NAMED[name.replace(/;$/, '')];
    if (char === undefined || !name.endsWith(';')) throw new Error(`no reference: ${whole}`);
    return char;
  });
}
