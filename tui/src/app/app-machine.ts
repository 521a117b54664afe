import { LIST_START, moveList } from '../components/list/state.js';
import { insertInto, type PromptState, typeInto } from '../components/prompt/state.js';
import type { Session } from '../data/session.js';
import type { KeyName } from '../keys/key.js';
import type { Effect, Go, Screen, ScreenContext, ScreenEvent, Size, Step, Wishes } from '../screen.js';
import { type AppState, type Opened, topOf } from './app-state.js';
import { frameRows } from './frame.js';
import { helpLines } from './help.js';
import { updatePalette } from './palette.js';
import { attempt } from './problem.js';

/** An effect that is to be run, and for whom. */
export interface Started {
  readonly id: number;
  readonly ticket: number;
  readonly effect: Effect;
}

/** What the machine asks of the terminal. */
export interface Outcome {
  readonly app: AppState;
  readonly start: readonly Started[];
  /** Effects of these tickets are to be aborted: their screen was left. */
  readonly abort: readonly number[];
  readonly copy: string | undefined;
}

/** All that can happen to the program. */
export type AppEvent =
  | { readonly type: 'key'; readonly key: KeyName }
  | { readonly type: 'paste'; readonly text: string }
  | { readonly type: 'resize'; readonly size: Size }
  | { readonly type: 'data'; readonly ticket: number; readonly data: unknown }
  | { readonly type: 'ended'; readonly id: number; readonly error?: string };

/** The program as a pure machine: a state, an event, the next state and what is to be done. */
export class AppMachine {
  app: AppState;
  private start: Started[] = [];
  private abort: number[] = [];
  private copy: string | undefined;
  private nextId = 1;

  constructor(
    readonly session: Session,
    readonly screens: ReadonlyMap<string, Screen>,
    size: Size,
    first: { readonly to: string; readonly args: unknown },
  ) {
    this.app = {
      stack: [],
      overlay: { type: 'none' },
      prompt: undefined,
      message: undefined,
      busy: [],
      size,
      quit: false,
    };
    this.go(first);
  }

  /** What has come together since it was last asked. */
  take(): Outcome {
    const { app, start, abort, copy } = this;
    this.start = [];
    this.abort = [];
    this.copy = undefined;
    return { app, start, abort, copy };
  }

  /** Lets something happen. */
  handle(event: AppEvent): void {
    if (event.type === 'resize') this.app = { ...this.app, size: event.size };
    else if (event.type === 'data') this.arrived(event.ticket, event.data);
    else if (event.type === 'ended') this.ended(event.id, event.error);
    else if (event.type === 'paste') this.pasted(event.text);
    else this.pressed(event.key);
  }

  /** The size that a screen may fill, and the session of the one that is shown. */
  context(session: Session = this.app.stack.at(-1)?.session ?? this.session): ScreenContext {
    const { width, height } = this.app.size;
    return { session, size: { width, height: frameRows(height) } };
  }

  private ended(id: number, error: string | undefined): void {
    const busy = this.app.busy.filter((each) => each.id !== id);
    this.app = {
      ...this.app,
      busy,
      message: error === undefined ? this.app.message : { text: error, bad: true },
    };
  }

  private arrived(ticket: number, data: unknown): void {
    const index = this.app.stack.findIndex((opened) => opened.ticket === ticket);
    if (index >= 0) this.send(index, { type: 'data', data });
  }

  private pressed(key: KeyName): void {
    this.app = { ...this.app, message: undefined };
    if (key === 'ctrl+c') this.app = { ...this.app, quit: true };
    else if (this.app.prompt !== undefined) this.typed(key);
    else if (this.app.overlay.type === 'palette') this.inPalette(key);
    else if (this.app.overlay.type === 'help') this.inHelp(key, this.app.overlay.top);
    else if (this.app.overlay.type !== 'none') this.app = { ...this.app, overlay: { type: 'none' } };
    else this.onScreen(key);
  }

  /** Text goes where a text is asked for; elsewhere its letters would be commands. */
  private pasted(text: string): void {
    const { prompt, overlay } = this.app;
    this.app = { ...this.app, message: undefined };
    if (prompt !== undefined) this.changed(insertInto(prompt, text));
    else if (overlay.type === 'palette')
      this.app = { ...this.app, overlay: { ...overlay, text: overlay.text + text, list: LIST_START } };
    else this.app = { ...this.app, message: { text: 'nothing here asks for the pasted text', bad: true } };
  }

  private changed(prompt: PromptState): void {
    this.app = { ...this.app, prompt };
    if (prompt.live) this.answer(prompt.id, prompt.text);
  }

  private typed(key: KeyName): void {
    const prompt = this.app.prompt!;
    const step = typeInto(prompt, key);
    if (step.type === 'typing') {
      this.changed(step.prompt);
      return;
    }
    this.app = { ...this.app, prompt: undefined };
    if (step.type === 'done') this.answer(prompt.id, step.text);
    else if (prompt.live) this.answer(prompt.id, '');
    else this.leave(topOf(this.app));
  }

  private answer(prompt: string, text: string): void {
    this.send(this.app.stack.length - 1, { type: 'answer', prompt, text });
  }

  private inPalette(key: KeyName): void {
    const { overlay, chosen, argument } = updatePalette(this.app, key, this.screens);
    this.app = { ...this.app, overlay };
    if (chosen?.go !== undefined) this.go(chosen.go);
    const command = chosen?.command;
    if (command === undefined) return;
    if (argument !== '') this.answer(command.prompt, argument!);
    else this.ask(command);
  }

  private ask({ prompt, label, text = '', live = false }: NonNullable<Wishes['ask']>): void {
    this.app = { ...this.app, prompt: { id: prompt, label, text, cursor: text.length, live } };
  }

  /** Help scrolls; any other key closes it. */
  private inHelp(key: KeyName, top: number): void {
    const { height } = this.app.size;
    const list = { cursor: top, top };
    const rows = helpLines(topOf(this.app).screen).length;
    const moved = moveList(list, key, Math.max(1, rows - frameRows(height) + 1), 1);
    this.app = {
      ...this.app,
      overlay: moved === undefined ? { type: 'none' } : { type: 'help', top: moved.cursor },
    };
  }

  /** Keys that mean the same everywhere come after the screen's own. */
  private onScreen(key: KeyName): void {
    const before = this.app;
    this.send(this.app.stack.length - 1, { type: 'key', key });
    if (this.app !== before) return;
    if (key === 'q' || key === 'escape' || key === 'left' || key === 'backspace')
      this.go({ to: 'back' }, key === 'q');
    else if (key === '?') this.app = { ...this.app, overlay: { type: 'help', top: 0 } };
    else if (key === ':')
      this.app = { ...this.app, overlay: { type: 'palette', text: '', list: LIST_START } };
    else if (key === 'c') this.showCommand();
  }

  private showCommand(): void {
    const { screen, state } = topOf(this.app);
    const command = attempt(
      () => screen.command?.(state, this.context()),
      () => undefined,
    );
    const text = command === undefined ? undefined : `statewright ${command}`;
    if (text === undefined)
      this.app = { ...this.app, message: { text: 'no command prints this view', bad: false } };
    else this.app = { ...this.app, overlay: { type: 'command', text } };
  }

  private send(index: number, event: ScreenEvent): void {
    const opened = this.app.stack[index]!;
    const step = attempt<Step<unknown> | undefined>(
      () => opened.screen.update(opened.state, event, this.context(opened.session)),
      (problem) => this.failed(opened, problem),
    );
    if (step !== undefined) this.step(index, step);
  }

  /** A screen that fails is left, where there is another one, and the error is said. */
  private failed(opened: Opened, problem: string): undefined {
    if (topOf(this.app) === opened) this.back(false);
    this.app = { ...this.app, message: { text: problem, bad: true } };
    return undefined;
  }

  private leave({ screen, state, session }: Opened): void {
    const step = screen.left?.(state, this.context(session));
    if (step !== undefined) this.step(this.app.stack.length - 1, step);
  }

  private step(index: number, step: Step<unknown>): void {
    const opened = this.app.stack[index]!;
    if (step.state === opened.state && step.wishes === undefined) return;
    const stack = this.app.stack.with(index, { ...opened, state: step.state });
    this.app = { ...this.app, stack };
    this.fulfil(opened, step.wishes);
  }

  private fulfil(opened: Opened, wishes: Wishes | undefined): void {
    if (wishes === undefined) return;
    for (const effect of wishes.effects ?? []) {
      const id = this.nextId++;
      this.start.push({ id, ticket: opened.ticket, effect });
      this.app = { ...this.app, busy: [...this.app.busy, { id, label: effect.label }] };
    }
    const { ask, say, copy, go } = wishes;
    if (copy !== undefined) this.copy = copy;
    if (say !== undefined) this.app = { ...this.app, message: { text: say, bad: false } };
    // A screen that is covered by another one neither asks nor leads away.
    if (topOf(this.app).ticket !== opened.ticket) return;
    if (ask !== undefined) this.ask(ask);
    if (go !== undefined) this.go(go);
  }

  private go(go: Go, quitAtRoot = true): void {
    if (go.to === 'quit') this.app = { ...this.app, quit: true };
    else if (go.to === 'back') this.back(quitAtRoot);
    else {
      const screen = this.screens.get(go.to);
      if (screen === undefined)
        this.app = { ...this.app, message: { text: `no screen shows ${go.to}`, bad: true } };
      else if ('args' in go) {
        const { session } = this.context();
        if (go.replace === true) this.back(false);
        this.open(screen, go.args, go.session ?? session);
      } else this.open(screen, undefined);
    }
  }

  private back(quitAtRoot: boolean): void {
    const { stack } = this.app;
    if (stack.length === 1) {
      if (quitAtRoot) this.app = { ...this.app, quit: true };
      return;
    }
    this.abort.push(topOf(this.app).ticket);
    this.app = { ...this.app, stack: stack.slice(0, -1) };
  }

  private open(screen: Screen, args: unknown, session: Session = this.context().session): void {
    const step = attempt<Step<unknown> | undefined>(
      () => screen.open(args, this.context(session)),
      (problem) => {
        // Without a first screen there is nothing to go back to.
        if (this.app.stack.length === 0) throw new Error(problem);
        this.app = { ...this.app, message: { text: problem, bad: true } };
        return undefined;
      },
    );
    if (step === undefined) return;
    const opened = { screen, state: step.state, session, ticket: this.nextId++ };
    this.app = { ...this.app, stack: [...this.app.stack, opened] };
    this.fulfil(opened, step.wishes);
  }
}
