import { ratioCase, valueCase } from './Case.js'
import type { Claim } from './Claim.js'
import type { RunFacts } from './RunFacts.js'
import { measured, workedOut } from './Term.js'

const learnedNoise = ({ config: { data } }: RunFacts) => data.dataset === 'noise'
/** As many images as could be learned by heart. */
const learnedFew = ({ config: { data } }: RunFacts) => data.trainCount !== null && data.trainCount <= 100

/** Of autoencoders that can copy, or learn by heart. */
export const overcomplete: Readonly<Record<string, readonly Claim[]>> = {
  overcomplete: [
    {
      id: 'copies-digits',
      expectation: 'The one that learned digits reconstructs them almost perfectly: its error is below 0.0003.',
      needs: 'a run that learned images other than noise',
      cases: (runs) =>
        runs.filter((run) => !learnedNoise(run)).map((run) => valueCase(measured(run, 'meanSquaredError'), { below: 0.0003 })),
    },
    {
      id: 'copies-noise',
      expectation: 'The one that learned noise reconstructs it almost perfectly: its error is below 0.0005.',
      needs: 'a run that learned noise',
      cases: (runs) => runs.filter(learnedNoise).map((run) => valueCase(measured(run, 'meanSquaredError'), { below: 0.0005 })),
    },
    {
      id: 'copies-new-noise',
      expectation: 'It does so with noise that is drawn anew: its error is below 0.0005 there, too.',
      needs: 'a run that learned noise',
      cases: (runs) => runs.filter(learnedNoise).map((run) => valueCase(measured(run, 'noiseMeanSquaredError'), { below: 0.0005 })),
    },
    {
      id: 'copies-unseen-digits',
      expectation: 'The one that learned noise reconstructs digits, of which it never saw any.',
      needs: 'a run that learned noise',
    },
  ],
  powerful: [
    {
      id: 'by-heart',
      expectation: 'A hundred images or fewer are learned by heart: the training error is less than a fifth of the test error.',
      needs: 'a run of at most 100 training images',
      cases: (runs) =>
        runs
          .filter(learnedFew)
          .map((run) => ratioCase([measured(run, 'meanSquaredError', 'TRAINING'), measured(run, 'meanSquaredError')], { below: 0.2 })),
    },
    {
      id: 'new-become-stored',
      expectation: 'A new image becomes one of those that are stored: more than half of the test images do.',
      needs: 'a run of at most 100 training images',
      cases: (runs) =>
        runs
          .filter(learnedFew)
          .map((run) =>
            valueCase(
              workedOut({ title: 'share of test images that become a stored one', runs: run, value: run.analysis?.storedExamples?.share }),
              { above: 0.5 },
            ),
          ),
    },
  ],
}
