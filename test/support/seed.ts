import fc from 'fast-check';

/**
 * The same random documents in every run, so that a test that passed here passes everywhere. To look for more:
 * CAUSEWAY_TEST_SEED=$RANDOM npm run test:only.
 */
fc.configureGlobal({ seed: Number(process.env['CAUSEWAY_TEST_SEED'] ?? 20_261_121) });
