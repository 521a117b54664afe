import { inlineIgnore, type ScopedIgnore } from '../config/policy.js';
import type { JobPair } from './pairs.js';

/** The exceptions that a contract writes down, with the addresses that findings have. */
export function inlineIgnores({ now, operators, predicted }: JobPair): readonly ScopedIgnore[] {
  if (predicted) return [];
  const ofJob = (now.ignores ?? []).map((ignore): ScopedIgnore => {
    return { by: 'inline', scope: 'path', pattern: '*', glob: true, ...ignore };
  });
  const ofOperators = operators.flatMap(({ address, now: operator, states }) => [
    ...(operator?.ignores ?? []).map((ignore) => inlineIgnore(ignore, 'operator', address)),
    ...states.flatMap((state) =>
      (state.now?.ignores ?? []).map((ignore) => inlineIgnore(ignore, 'state', state.address)),
    ),
  ]);
  return [...ofJob, ...ofOperators];
}
