import { differenceCase } from './Case.js'
import type { Claim } from './Claim.js'
import { workedOut } from './Term.js'

/** Of layers learned without labels. */
export const pretraining: Readonly<Record<string, readonly Claim[]>> = {
  pretraining: [
    {
      id: 'lower-test-error',
      expectation: 'With pretraining the test error is lower.',
      needs: 'a run that trains a classifier with few labels',
      cases: (runs) =>
        runs
          .filter(({ config }) => config.evaluation.labels !== null)
          .map((run) => {
            const { randomTestError, pretrainedTestError } = run.analysis?.fineTuning ?? {}
            return differenceCase(
              [
                workedOut({
                  title: 'test error without pretraining',
                  runs: run,
                  value: randomTestError && 100 * randomTestError,
                  unit: '%',
                }),
                workedOut({ title: 'with it', runs: run, value: pretrainedTestError && 100 * pretrainedTestError, unit: '%' }),
              ],
              { above: 0 },
            )
          }),
    },
  ],
}
