import type { Claim } from './Claim.js'
import { errorOverPca } from './errors.js'

/** Of PCA itself. */
export const principalComponents: Readonly<Record<string, readonly Claim[]>> = {
  pca: [
    {
      id: 'is-pca',
      expectation: 'What is solved for has the error of PCA with as many components, within a thousandth.',
      noun: 'code sizes',
      needs: 'a run that is solved for',
      cases: (runs) =>
        runs.filter(({ config }) => config.optimizer.kind === 'closedForm').map((run) => errorOverPca(run, { above: 0.999, below: 1.001 })),
    },
  ],
}
