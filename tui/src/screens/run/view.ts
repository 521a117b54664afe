import { escapeText, formatBytes, formatCount, plural, RENDERERS, wrap } from '@statewright/report';
import { bar } from '../../components/bar.js';
import { pageLines } from '../../components/pager.js';
import { BLANK, type Line, line, type Role } from '../../line/line.js';
import { shortClasses } from '../../plan/short-classes.js';
import type { Size } from '../../screen.js';
import type { RunArgs, RunState, RunView, Watched } from './state.js';

const BAR = 48;

const HEADS: { readonly [kind in RunArgs['kind']]: string } = {
  preview: 'trying the plan on every entry; nothing is written',
  apply: 'applying the plan',
  verify: 'reading what was written, and making it once more to compare',
};

/** How far the run is, or what it has told. */
export function runLines(state: RunState, size: Size): readonly Line[] {
  const { view, top } = state;
  return view === undefined
    ? progressLines(state, size)
    : pageLines(resultLines(state, view, size.width), top, size.height);
}

function progressLines({ args, watched, stop }: RunState, { width }: Size): readonly Line[] {
  const head = [
    line(HEADS[args.kind], 'strong'),
    ...(args.kind === 'preview' ? [] : [line(escapeText(args.output), 'dim')]),
    BLANK,
  ];
  if (stop.signal.aborted) return [...head, line('stopping…', 'warn')];
  if (watched === undefined) return [...head, line('opening…', 'dim')];
  const share = shareOf(watched);
  const columns = Math.min(BAR, Math.max(6, width - 8));
  return [
    ...head,
    line(watched.what),
    {
      spans: [
        { text: bar(share, columns).padEnd(columns, '░'), role: 'good' },
        { text: ` ${String(Math.floor(share * 100)).padStart(3)} %`, role: 'number' },
      ],
    },
    line(factsOf(watched).join(' · ')),
    BLANK,
    line(`${durationText(watched.runMillis)} so far`, 'dim'),
  ];
}

function shareOf({ bytesDone, bytesTotal }: Watched): number {
  return bytesTotal === 0 ? 0 : Math.min(1, bytesDone / bytesTotal);
}

/** Bytes, rate and time left, as far as they are known. */
function factsOf(watched: Watched): readonly string[] {
  const { bytesDone, bytesTotal, partMillis } = watched;
  const done = `${formatBytes(Math.min(bytesDone, bytesTotal))} of ${formatBytes(bytesTotal)}`;
  if (bytesDone === 0 || partMillis < 500) return [done];
  const rate = (bytesDone / partMillis) * 1000;
  const left = (Math.max(0, bytesTotal - bytesDone) / rate) * 1000;
  return [done, `${formatBytes(rate)}/s`, `${durationText(left)} left`];
}

function durationText(millis: number): string {
  const seconds = Math.ceil(millis / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} min ${seconds % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const TEXT = RENDERERS.find(({ format }) => format === 'text')!;

/** The lines of a result and the width that they are for: every key needs them, and they take long where names are. */
const RENDERED = new WeakMap<RunView, { readonly width: number; readonly lines: readonly Line[] }>();

/** What the run tells: how it ended, then all that the command line prints. */
export function resultLines(state: RunState, view: RunView, width: number): readonly Line[] {
  const known = RENDERED.get(view);
  if (known?.width === width) return known.lines;
  const lines = rendered(state, view, width);
  RENDERED.set(view, { width, lines });
  return lines;
}

function rendered(state: RunState, view: RunView, width: number): readonly Line[] {
  const page = [...TEXT.render(view, { width, colour: false })].flatMap((each) => each.split('\n'));
  return [
    ...verdict(state, view).flatMap(({ text, role }) =>
      wrap(text, Math.max(8, width)).map((each) => line(each, role)),
    ),
    BLANK,
    ...(view.snapshot === null ? [] : page.map((each) => line(each, roleOf(each)))),
  ];
}

interface Said {
  readonly text: string;
  readonly role: Role;
}

function verdict({ args }: RunState, view: RunView): readonly Said[] {
  if (view.error !== null)
    return [{ text: escapeText(view.error.message), role: 'bad' }, ...afterError(args, view)];
  if (view.view === 'verify') return [verified(view)];
  const told: Said[] = [];
  const lost = view.steps.flatMap(({ changes }) =>
    changes.flatMap(({ what, loses }) => (loses === undefined ? [] : [`${shortClasses(what)}: ${loses}`])),
  );
  const states = plural(view.states.length, 'state');
  if (view.view === 'apply') {
    const bytes = view.files.reduce((sum, file) => sum + file.bytes, 0);
    const files = `${formatCount(view.files.length)} files, ${formatBytes(bytes)}`;
    told.push({
      text: `done: ${escapeText(view.output)} is whole: ${states} changed, ${files}`,
      role: 'good',
    });
    told.push({ text: 'enter opens it, v verifies it against its source and the plan', role: 'dim' });
  } else told.push({ text: `nothing was written: ${states} would change`, role: 'good' });
  if (lost.length > 0) {
    const what = escapeText([...new Set(lost)].join('; '));
    told.push({ text: `${view.view === 'apply' ? 'lost' : 'would be lost'}: ${what}`, role: 'warn' });
  }
  return told;
}

function afterError(args: RunArgs, { error }: RunView): readonly Said[] {
  if (args.kind !== 'apply' || error?.code !== 'STOPPED') return [];
  const output = escapeText(args.output);
  return [
    {
      text: `nothing in ${output} can be loaded; applying to it again goes on where this run ended`,
      role: 'warn',
    },
  ];
}

function verified(view: RunView & { readonly view: 'verify' }): Said {
  const { damage, migration, bytes } = view;
  const differences = migration?.differences.length ?? 0;
  if (damage.length > 0) return { text: `damaged: ${plural(damage.length, 'place')}`, role: 'bad' };
  if (differences > 0)
    return { text: `it is not what the plan makes: ${plural(differences, 'difference')}`, role: 'bad' };
  return { text: `sound, and what the plan makes of its source: ${formatBytes(bytes)} read`, role: 'good' };
}

const ROLES: { readonly [mark: string]: Role } = {
  '+': 'good',
  '-': 'bad',
  '~': 'warn',
  '>': 'key',
  '!': 'bad',
};

/** Lines of the page are coloured by the marks that stand before them. */
function roleOf(text: string): Role {
  const mark = /^\s*([-+~>!]) /.exec(text)?.[1];
  return mark === undefined ? 'plain' : ROLES[mark]!;
}
