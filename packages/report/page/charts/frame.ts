import type { Bar, Series, Unit } from '@statewright/report';
import { formatNumber } from '../numbers.js';

/** Pixels of one row, and of a row whose label stands above it. */
const ROW = 26;
const TALL_ROW = 40;
/** Pixels that a label above a bar takes from its row. */
const LABEL_ABOVE = 17;
/** On a chart narrower than this, in pixels, labels stand above their bars. */
const NARROW = 520;
/** What a label takes at most, in pixels. */
const MAX_LABEL = 320;
/** Pixels of a letter of a label, about, and of a number on an axis. */
const LETTER = 6.6;
const TICK = 88;

/** Colours by tone; a series without one takes the accent. They are variables, so that light, dark and print differ. */
export function colourOf({ tone }: Series): string {
  return tone === undefined ? 'var(--accent)' : `var(--${tone}-fill)`;
}

/** Paler and darker tones of the accent: `share` from 0 to 1. */
export function shadeOf(share: number): string {
  return `color-mix(in oklab, var(--accent) ${Math.round(share * 100)}%, var(--surface))`;
}

/** What all charts have in common. */
export function frame(width: number) {
  return { width, style: { background: 'transparent', fontFamily: 'inherit', fontSize: '12px' } };
}

/** Rows with a label each; two bars may be called the same: a row is told apart by its number. */
export function rows(bars: readonly Bar[], width: number, marginRight: number) {
  const above = width < NARROW;
  const room = above ? width - 8 : Math.min(MAX_LABEL, width * 0.38);
  const longest = Math.max(0, ...bars.map(({ label }) => label.length)) * LETTER + 14;
  const letters = Math.floor(Math.min(room, longest) / LETTER);
  const short = (label: string) => (label.length <= letters ? label : `…${label.slice(1 - letters)}`);
  const marginLeft = above ? 8 : Math.max(48, Math.min(room, longest));
  return {
    layout: {
      marginLeft,
      marginRight,
      marginTop: 4,
      height: bars.length * (above ? TALL_ROW : ROW) + 34,
    },
    y: {
      label: null,
      type: 'band' as const,
      domain: bars.map((_, i) => String(i)),
      tickFormat: (row: string) => (above ? '' : short(bars[Number(row)]?.label ?? '')),
      tickSize: 0,
    },
    ticks: Math.max(2, Math.min(6, Math.floor((width - marginLeft - marginRight) / TICK))),
    /** What a bar leaves of its row above and below. */
    insets: { insetTop: above ? LABEL_ABOVE : 3, insetBottom: 3 },
    /** How far the middle of a bar lies below that of its row. */
    middle: above ? (LABEL_ABOVE - 3) / 2 : 0,
    /** Labels to set above their bars; none where they stand beside them. */
    labels: above ? bars.map(({ label }, i) => ({ row: String(i), label: short(label) })) : [],
    /** Pixels from the middle of a row up to the middle of a label above. */
    labelAbove: (LABEL_ABOVE - TALL_ROW) / 2 + 2,
  };
}

/** There is no half of an entry. */
export function tickText(value: number, unit: Unit): string {
  return unit === 'count' && !Number.isInteger(value) ? '' : formatNumber(value, unit);
}

/** All parts of a bar. */
export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** One part of a bar: where it lies, its colour, and what is told where a pointer rests. */
export interface Cut {
  readonly row: string;
  readonly from: number;
  readonly to: number;
  readonly colour: string;
  readonly tip: string;
}

/** The parts of all bars, each behind the one before. */
export function cuts(bars: readonly Bar[], series: readonly Series[], unit: Unit): Cut[] {
  return bars.flatMap(({ label, values }, row) => {
    let from = 0;
    return values.map((value, i) => {
      const { name } = series[i]!;
      const tip = `${label}\n${name === '' ? '' : `${name}: `}${formatNumber(value, unit)}`;
      const cut = { row: String(row), from, to: from + value, colour: colourOf(series[i]!), tip };
      from += value;
      return cut;
    });
  });
}
