import { movePage } from '../../components/pager.js';
import type { Screen, ScreenContext, Step, Wishes } from '../../screen.js';
import type { RunArgs, RunState } from './state.js';
import { resultLines, runLines } from './view.js';
import { openOutput, type RunData, runEffect } from './work.js';

const BACK: ReadonlySet<string> = new Set(['escape', 'q', 'left', 'backspace']);

function pressed(state: RunState, key: string, context: ScreenContext): Step<RunState> {
  if (state.view === undefined) return whileRunning(state, key);
  const wishes = afterwards(state, key, context);
  if (wishes !== undefined) return { state, wishes };
  const { width, height } = context.size;
  const top = movePage(state.top, key, resultLines(state, state.view, width).length, height);
  return { state: top === undefined || top === state.top ? state : { ...state, top } };
}

/** Leaving ends a run; what writes is ended only when that is meant. */
function whileRunning(state: RunState, key: string): Step<RunState> {
  if (state.args.kind !== 'apply' || !BACK.has(key))
    return { state: state.asked ? { ...state, asked: false } : state };
  if (state.stop.signal.aborted) return { state, wishes: { say: 'it is being stopped' } };
  if (!state.asked) {
    return {
      state: { ...state, asked: true },
      wishes: { say: 'once more stops it: nothing that was written can be loaded' },
    };
  }
  state.stop.abort();
  return { state: { ...state, asked: false }, wishes: { say: 'stopping' } };
}

/** Where a key leads when the run has ended. */
function afterwards(
  { args, view, made }: RunState,
  key: string,
  { session }: ScreenContext,
): Wishes | undefined {
  if (args.kind === 'preview' || view === undefined || view.error !== null) return undefined;
  if (key === 'enter') return { effects: [openOutput(session, args.output)] };
  if (key !== 'v' || made === undefined) return undefined;
  return { go: { to: 'run', args: { kind: 'verify', output: args.output, made } } };
}

const TITLES: { readonly [kind in RunArgs['kind']]: string } = {
  preview: 'preview',
  apply: 'apply',
  verify: 'verify',
};

/** A run of the plan, and what it tells. */
export const runScreen: Screen<RunState, RunArgs> = {
  id: 'run',
  keys: [
    { keys: 'v', does: 'verify what was written' },
    { keys: 'enter', does: 'open it' },
    { keys: 'esc', does: 'stop, while it runs' },
  ],
  open(args, { session }) {
    const state: RunState = {
      args,
      stop: new AbortController(),
      watched: undefined,
      asked: false,
      view: undefined,
      made: undefined,
      top: 0,
    };
    return { state, wishes: { effects: [runEffect(state, session)] } };
  },
  update(state, event, context) {
    if (event.type === 'key') return pressed(state, event.key, context);
    if (event.type !== 'data') return { state };
    const data = event.data as RunData;
    if (data.type === 'watched') return { state: { ...state, watched: data.watched } };
    if (data.type === 'done') return { state: { ...state, view: data.view, made: data.made } };
    return { state, wishes: { go: { to: 'overview', args: undefined, session: data.session } } };
  },
  view: (state, { size }) => runLines(state, size),
  title: ({ args }) => TITLES[args.kind],
};

/** A dry run of the plan: nothing is written, so that there is nothing to verify or open. */
export const previewScreen: Screen<RunState, undefined> = {
  ...runScreen,
  id: 'preview',
  keys: [{ keys: 'PgDn', does: 'read on: counts and samples are at the end' }],
  open: (_, context) => runScreen.open({ kind: 'preview' }, context),
};
