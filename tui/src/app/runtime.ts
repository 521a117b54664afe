import type { KeyName } from '../keys/key.js';
import type { AppEvent, AppMachine, Started } from './app-machine.js';
import { problemText } from './problem.js';

/** Runs the machine: hands events to it, does the work it asks for, and tells when there is something new to draw. */
export class Runtime {
  private readonly listeners = new Set<() => void>();
  /** What runs, by the effect's id. */
  private readonly running = new Map<
    number,
    { readonly controller: AbortController; readonly started: Started }
  >();
  private leave: (() => void) | undefined;
  /** Resolves when the person leaves. */
  readonly left: Promise<void>;

  constructor(
    readonly machine: AppMachine,
    private readonly copy: (text: string) => void,
  ) {
    this.left = new Promise((resolve) => {
      this.leave = resolve;
    });
    this.settle();
  }

  /** Calls back after each change; gives the function that ends it. */
  listen(changed: () => void): () => void {
    this.listeners.add(changed);
    return () => {
      this.listeners.delete(changed);
    };
  }

  /** Resolves as soon as no work runs. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (this.machine.app.busy.length > 0) return;
        this.listeners.delete(look);
        resolve();
      };
      this.listeners.add(look);
      look();
    });
  }

  /** Keys of one input event. */
  press(keys: readonly KeyName[]): void {
    for (const key of keys) this.machine.handle({ type: 'key', key });
    this.settle();
  }

  /** A text that was pasted: one line. */
  paste(text: string): void {
    this.send({ type: 'paste', text });
  }

  /** The terminal has another size: columns and rows. */
  resize(columns: number, rows: number): void {
    this.send({ type: 'resize', size: { width: columns, height: rows } });
  }

  /** Aborts all that runs. */
  stop(): void {
    for (const { controller } of this.running.values()) controller.abort();
  }

  private send(event: AppEvent): void {
    this.machine.handle(event);
    this.settle();
  }

  private settle(): void {
    const { app, start, abort, copy } = this.machine.take();
    for (const { controller, started } of this.running.values()) {
      if (abort.includes(started.ticket) || start.some((each) => replaces(each, started))) controller.abort();
    }
    if (copy !== undefined) this.copy(copy);
    for (const each of start) void this.work(each);
    if (app.quit) this.leave?.();
    for (const changed of this.listeners) changed();
  }

  private async work(started: Started): Promise<void> {
    const { id, ticket, effect } = started;
    const controller = new AbortController();
    this.running.set(id, { controller, started });
    const { signal } = controller;
    const report = (data: unknown): void => {
      if (!signal.aborted) this.send({ type: 'data', ticket, data });
    };
    let error: string | undefined;
    try {
      const data = await effect.run(signal, report);
      if (data !== undefined) report(data);
    } catch (cause) {
      if (!signal.aborted) error = problemText(cause);
    }
    this.running.delete(id);
    this.send(error === undefined ? { type: 'ended', id } : { type: 'ended', id, error });
  }
}

function replaces(next: Started, { ticket, effect }: Started): boolean {
  return next.ticket === ticket && next.effect.slot !== undefined && next.effect.slot === effect.slot;
}
