import fc from 'fast-check';

/*
 * Before each file: property tests try the same examples each time, so that no run fails by chance for what nobody changed.
 * A hunt for others changes the seed, and the number of examples where a test names none.
 */

const { HUSHCAL_SEED: seed = '1', HUSHCAL_RUNS: runs } = process.env;

fc.configureGlobal({ seed: Number(seed), ...(runs === undefined ? {} : { numRuns: Number(runs) }) });
