import type { Claim } from './Claim.js'
import { errorOverPca } from './errors.js'

/** Of the first look. */
export const introduction: Readonly<Record<string, readonly Claim[]>> = {
  demo: [
    {
      id: 'below-pca',
      expectation: 'The error is more than a tenth below that of PCA with as many components.',
      needs: 'a run',
      cases: (runs) => runs.map((run) => errorOverPca(run, { below: 0.9 })),
    },
  ],
}
