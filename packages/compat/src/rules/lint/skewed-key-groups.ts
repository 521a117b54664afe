import type { KeyGroupStats, TopEntry } from '@statewright/inspect';
import { counted, ratioText, shareText, sizeText } from '../../lint/amounts.js';
import { isKeyed, statesOf } from '../../lint/facts.js';
import { atState } from '../../lint/found.js';
import type { LintRule } from './lint-rule.js';

/** A key that has this share of its key group makes the skew by itself. */
const HOT_SHARE = 0.5;

/** Key groups of which one is much larger than the others. */
export const SKEWED_KEY_GROUPS: LintRule = {
  row: {
    id: 'skewed-key-groups',
    purpose: 'a keyed state of which one key group holds much more than the others',
    level: 'evolve',
    severity: 'warning',
    since: '0.1.0',
    thresholds: [
      {
        name: 'maxSkew',
        kind: 'ratio',
        default: 4,
        why: 'bytes of the largest key group over the mean of all; with a hundred keys in each, chance alone stays below 2',
      },
      {
        name: 'minEntriesPerGroup',
        kind: 'ratio',
        default: 100,
        why: 'entries over key groups; with fewer, chance alone makes large differences',
      },
    ],
    docs: {
      what: 'The largest key group has more than `maxSkew` times the bytes of the mean. A key group is the smallest part that Flink can move: it stays in one subtask whatever the parallelism is.',
      harm: 'One subtask holds and works more than the others; checkpoints and restores take as long as it does, and more parallelism does not help.',
      remedy:
        'If one key is behind it (`statewright stats` names the largest), split it: key by it and a bucket number, then aggregate in a second step. Otherwise look at how the key is made: few distinct values, or a bad `hashCode`.',
    },
  },
  needs: 'values',
  *find(facts, threshold) {
    for (const state of statesOf(facts)) {
      const { stats } = state;
      const groups = stats?.keyGroups;
      if (!isKeyed(state.state) || stats === undefined || groups === null || groups === undefined) continue;
      const entries = stats.entries ?? stats.elements ?? 0;
      if (groups.count < 2 || entries < threshold('minEntriesPerGroup') * groups.count) continue;
      if (groups.skew <= threshold('maxSkew')) continue;
      yield atState(state, {
        reason: skewText(groups, stats.topKeys[0]),
        next: 'split a hot key into buckets, or look at how the key is made',
      });
    }
  },
};

function skewText({ count, used, skew, largest }: KeyGroupStats, top: TopEntry | undefined): string {
  const [first] = largest;
  if (first === undefined) return `${count} key groups are uneven`;
  const { keyGroup, bytes, entries } = first;
  const hot =
    top?.keyGroup === keyGroup && top.bytes >= HOT_SHARE * bytes
      ? `, ${shareText(top.bytes / bytes)} of it for one key`
      : '';
  const holds = `${sizeText(bytes)} in ${counted(entries, 'entry', 'entries')}${hot}`;
  return `key group ${keyGroup} has ${ratioText(skew)} times the mean of all ${count} (${used} used): ${holds}`;
}
