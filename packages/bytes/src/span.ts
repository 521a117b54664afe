/** A range of bytes in one file: `start` is included, `end` is not. Positions are byte offsets from the file's start. */
export interface Span {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** `file[start..end)`, the form used in messages. */
export function formatSpan(span: Span): string {
  return `${span.file}[${span.start}..${span.end})`;
}
