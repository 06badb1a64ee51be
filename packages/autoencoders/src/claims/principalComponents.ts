import { optimizerRowOf } from '../config/optimizerRowOf.js'
import type { Claim } from './Claim.js'
import { errorOverPca, unclippedErrorOverPca } from './errors.js'
import { largestAngle } from './largestAngle.js'
import type { RunFacts } from './RunFacts.js'

const isSolved = ({ config: { optimizer } }: RunFacts) => optimizerRowOf(optimizer).takesPrincipalComponents

/** Of PCA itself. */
export const principalComponents: Readonly<Record<string, readonly Claim[]>> = {
  pca: [
    {
      id: 'is-pca',
      expectation: 'What is solved for has the error of PCA with as many components, within a thousandth.',
      noun: 'code sizes',
      needs: 'a run that is solved for',
      cases: (runs) => runs.filter(isSolved).map((run) => errorOverPca(run, { above: 0.999, below: 1.001 })),
    },
  ],
  'pca-plane': [
    {
      id: 'error-of-pca',
      expectation: 'What is learned comes within 2 % of the error of the first principal component.',
      needs: 'a run that is trained',
      cases: (runs) => runs.filter((run) => !isSolved(run)).map((run) => unclippedErrorOverPca(run, { above: 0.98, below: 1.02 })),
    },
    {
      id: 'along-the-component',
      expectation: 'Its line lies along the first principal component: the angle between them is below 3°.',
      needs: 'a run that is trained',
      cases: (runs) => runs.filter((run) => !isSolved(run)).map((run) => largestAngle(run, { below: 3 })),
    },
  ],
}
