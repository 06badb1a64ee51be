import type { Bounds } from './Bounds.js'
import { type Case, valueCase } from './Case.js'
import type { Claim } from './Claim.js'
import { errorOverMeanImage, errorOverPca, unclippedErrorOverPca } from './errors.js'
import { largestAngle } from './largestAngle.js'
import { codeSize, type RunFacts } from './RunFacts.js'
import { measured } from './Term.js'

const noun = 'code sizes'
const similarity = (run: RunFacts, bounds: Bounds): Case => valueCase(measured(run, 'structuralSimilarity'), bounds)

/** Of codes smaller than the input. */
export const undercomplete: Readonly<Record<string, readonly Claim[]>> = {
  'undercomplete-sweep': [
    {
      id: 'large-codes',
      expectation: 'With 64 numbers and more the digits stay almost as they were: their SSIM is above 0.85.',
      noun,
      needs: 'a run of 64 code units or more',
      cases: (runs) => runs.filter((run) => codeSize(run) >= 64).map((run) => similarity(run, { above: 0.85 })),
    },
    {
      id: 'small-codes',
      expectation: 'With 8 numbers and fewer the digits blur into each other: their SSIM is below 0.55.',
      noun,
      needs: 'a run of 8 code units or fewer',
      cases: (runs) => runs.filter((run) => codeSize(run) <= 8).map((run) => similarity(run, { below: 0.55 })),
    },
    {
      id: 'one-number',
      expectation:
        'A single number leaves hardly more than one average shape: the error is more than 0.85 times that of the mean image, though less than it.',
      needs: 'a run of one code unit',
      cases: (runs) => runs.filter((run) => codeSize(run) === 1).map((run) => errorOverMeanImage(run, { above: 0.85, below: 1 })),
    },
  ],
  'undercomplete-deep-sweep': [
    {
      id: 'below-pca',
      expectation: 'At every code size the error is more than 5 % below that of PCA with as many components.',
      noun,
      needs: 'a run',
      cases: (runs) => runs.map((run) => errorOverPca(run, { below: 0.95 })),
    },
    {
      id: 'eight-numbers',
      expectation: 'With 8 numbers the error is less than 0.6 times that of PCA.',
      needs: 'a run of 8 code units',
      cases: (runs) => runs.filter((run) => codeSize(run) === 8).map((run) => errorOverPca(run, { below: 0.6 })),
    },
    {
      id: 'legible',
      expectation: 'With 8 numbers the digits are legible: their SSIM is above 0.7.',
      needs: 'a run of 8 code units',
      cases: (runs) => runs.filter((run) => codeSize(run) === 8).map((run) => similarity(run, { above: 0.7 })),
    },
  ],
  'linear-sweep': [
    {
      id: 'error-of-pca',
      expectation: 'Each error comes to rest on that of PCA with as many components: above it, by less than 2 %.',
      noun,
      needs: 'a run',
      cases: (runs) => runs.map((run) => unclippedErrorOverPca(run, { above: 1, below: 1.02 })),
    },
    {
      id: 'subspace-of-pca',
      expectation: 'Gradient steps find PCA’s subspace: no principal angle to it is as large as 10°.',
      noun,
      needs: 'a run',
      cases: (runs) => runs.map((run) => largestAngle(run, { below: 10 })),
    },
  ],
  undercomplete: [
    {
      id: 'legible',
      expectation: 'The digits stay legible: their SSIM is above 0.75.',
      needs: 'a run',
      cases: (runs) => runs.map((run) => similarity(run, { above: 0.75 })),
    },
  ],
  linear: [
    {
      id: 'error-of-pca',
      expectation: 'The error comes down to that of PCA and not below: above it, by less than 3 %.',
      needs: 'a run',
      cases: (runs) => runs.map((run) => unclippedErrorOverPca(run, { above: 1, below: 1.03 })),
    },
  ],
}
