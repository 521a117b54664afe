import type { LargestEntry } from '@statewright/inspect';
import { formatBytes } from '@statewright/report';

/** The largest entry that a command has met, as its progress bar shows it. */
export class Biggest {
  text: string | undefined;

  /** Takes an entry that is larger than all before. */
  readonly found = ({ address, key, bytes }: LargestEntry): void => {
    const name = key === undefined ? '' : ` ${JSON.stringify(key)}`;
    this.text = `largest ${formatBytes(bytes)} ${address}${name}`;
  };
}
