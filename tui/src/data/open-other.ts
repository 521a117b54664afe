import { openSavepoint } from '@statewright/savepoint';
import { type Session, sessionOf } from './session.js';

/** A session on another snapshot, opened as the one that is browsed was. Errors are those of `openSavepoint`. */
export async function openOther(session: Session, path: string): Promise<Session> {
  const { savepoint, redact, ttlMillis, scratch, migrate, now } = session;
  const other = await openSavepoint(path, {
    fs: session.fs,
    snapshots: savepoint.formats,
    uidCandidates: savepoint.operators.flatMap(({ uid }) => uid ?? []),
    ...savepoint.resolveOptions,
  });
  return sessionOf(other, path, now, { redact, ttlMillis, scratch, migrate });
}
