import type { Unit } from '@statewright/report';

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** A number of bytes, or a count, as short as an axis wants it. */
export function formatNumber(value: number, unit: Unit): string {
  if (unit === 'count') return value.toLocaleString('en');
  const power = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, value)) / 3)));
  const scaled = value / 1000 ** power;
  return `${scaled >= 9.95 || Number.isInteger(scaled) ? Math.round(scaled) : scaled.toFixed(1)} ${UNITS[power]}`;
}
