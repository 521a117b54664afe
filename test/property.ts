import process from 'node:process';
import fc from 'fast-check';

/** The same cases in every run; STATEWRIGHT_SEED=<number> tries others. */
const SEED = 20_261_123;
fc.configureGlobal({ seed: Number(process.env.STATEWRIGHT_SEED ?? SEED) });

/** fast-check, whose cases are the same in every run. */
export default fc;
