import { counted } from '../../lint/amounts.js';
import type { LintRule } from './lint-rule.js';
import { UIDS_SINCE } from './operator-without-uid.js';

/** Hashes that are listed. */
const LISTED = 5;

/** A snapshot that does not tell which operators have a uid. */
export const OPERATOR_UID_UNKNOWN: LintRule = {
  row: {
    id: 'operator-uid-unknown',
    purpose: 'operators with state of which the snapshot does not tell whether they have a uid',
    level: 'evolve',
    severity: 'note',
    since: '0.1.0',
    docs: {
      what: 'Snapshots before Flink 2.0 (metadata V2 to V4) hold a hash for each operator and neither uid nor name. The hash of a uid looks like one that Flink derived from the job graph.',
      harm: 'None by itself: it is unknown whether these operators have a uid. Those that have none lose their state when the job graph changes.',
      remedy:
        "Give the job's uids with `--uid-candidates a,b,c` or `--uid-candidates @FILE`: an operator whose hash is that of a candidate has that uid.",
    },
  },
  needs: 'schema',
  *find({ operators, savepoint, uidCandidates }) {
    if (savepoint.metadataVersion >= UIDS_SINCE) return;
    const unknown = operators.filter(
      ({ operator, states }) => states.length > 0 && operator.uid === undefined,
    );
    if (unknown.length === 0) return;
    const hashes = unknown.slice(0, LISTED).map(({ operator }) => operator.id);
    const more = unknown.length > LISTED ? ` and ${unknown.length - LISTED} more` : '';
    const tried = uidCandidates ? 'none of the candidates has' : 'metadata of this version tells no uid for';
    yield {
      path: 'job',
      reason: `${tried} ${counted(unknown.length, 'hash', 'hashes')} of operators with state: ${hashes.join(', ')}${more}`,
      next: "name the job's uids with --uid-candidates",
    };
  },
};
