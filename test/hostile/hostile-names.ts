/** Names that would do something if they ever became code, a command, a path, a key of an object or part of a terminal. */
export const HOSTILE_NAMES = [
  '); process.exit(66); (',
  '"; process.exit(66); "',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it must not become a template
  '${process.exit(66)}',
  '*/ process.exit(66); /*',
  "'); require('node:fs').writeFileSync('pwned',''); ('",
  '$(touch pwned)',
  '`touch pwned`',
  '; touch pwned #',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'then',
  'toJSON',
  '../../etc/passwd',
  '/etc/passwd',
  '..',
  '\u001b[2J\u001b]0;pwned\u0007',
  '\u009b31m\u0090',
  'one\nline\r\u001b[1Aless',
  'nul\u0000nul',
  'exe.\u202egnp',
  '\u2066isolated\u2069\u200b\ufeff',
  '\ud800',
  '%s%n%p',
  'a,"b";c\td',
  '=HYPERLINK("http://example.org")',
  '<script>process.exit(66)</script>',
  ' ',
  'x'.repeat(3000),
] as const;

/** What may steer a terminal or hide itself: controls but for the line feed, bidirectional and invisible characters. */
export const UNSAFE_OUTPUT =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;
