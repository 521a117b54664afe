const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar of at most `width` columns for a share of one, in eighths of a column; of `#` where only ASCII is drawn. */
export function bar(share: number, width: number, ascii = false): string {
  const bounded = Math.max(0, Math.min(1, Number.isFinite(share) ? share : 0));
  if (ascii) return '#'.repeat(Math.round(bounded * width));
  const eighths = Math.round(bounded * width * 8);
  return '█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8];
}
