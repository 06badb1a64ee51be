import { ratioCase, valueCase } from './Case.js'
import type { Claim } from './Claim.js'
import { errorOverPca } from './errors.js'
import { codeSize, isDenoising, isPlain, type RunFacts } from './RunFacts.js'
import { measured, workedOut } from './Term.js'

const onMoons = ({ config: { data } }: RunFacts) => data.dataset === 'two-moons'

/** Least ratio between the second and the first singular value of the decoder's Jacobian: 1 where it stretches the plane alike both ways. */
function leastRatio({ analysis }: RunFacts): number | null {
  const ratios = (analysis?.tangents ?? []).map(({ singularValues: [first = 0, second = 0] }) => second / first)
  return ratios.length === 0 ? null : Math.min(...ratios)
}

/** Of codes as coordinates on what the data lies on. */
export const manifolds: Readonly<Record<string, readonly Claim[]>> = {
  'deep-2d': [
    {
      id: 'below-pca',
      expectation: 'Two numbers of a deep autoencoder leave less than 0.85 times the error of two principal components.',
      needs: 'a run',
      cases: (runs) => runs.map((run) => errorOverPca(run, { below: 0.85 })),
    },
    {
      id: 'kinds-gather',
      expectation: 'Digits of a kind gather: a linear probe of the code is more than 1.2 times as accurate as one of PCA’s.',
      needs: 'a run',
      cases: (runs) =>
        runs.map((run) => ratioCase([measured(run, 'linearProbeAccuracy'), measured(run, 'linearProbeAccuracy', 'PCA')], { above: 1.2 })),
    },
  ],
  'two-moons': [
    {
      id: 'curve',
      expectation: 'A curve fits far better than PCA’s line: the error is less than 0.3 times PCA’s.',
      needs: 'a run',
      cases: (runs) => runs.map((run) => errorOverPca(run, { below: 0.3 })),
    },
    {
      id: 'one-after-the-other',
      expectation: 'The curve follows first one moon, then the other: a linear probe of the code tells more than 0.9 of the points’ moons.',
      needs: 'a run',
      cases: (runs) => runs.map((run) => valueCase(measured(run, 'linearProbeAccuracy'), { above: 0.9 })),
    },
  ],
  line: [
    {
      id: 'copies',
      expectation: 'Without noise r(x) runs along the diagonal where the data lies: its slope there lies between 0.8 and 1.2.',
      needs: 'a run without corruption and penalty',
      cases: (runs) =>
        runs.filter(isPlain).map((run) => valueCase(measured(run, 'reconstructionJacobianNorm'), { above: 0.8, below: 1.2 })),
    },
    {
      id: 'resists',
      expectation: 'Trained to take noise away, r(x) is flat there: its slope is below 0.3.',
      needs: 'a denoising run',
      cases: (runs) => runs.filter(isDenoising).map((run) => valueCase(measured(run, 'reconstructionJacobianNorm'), { below: 0.3 })),
    },
  ],
  tangents: [
    {
      id: 'curve',
      expectation: 'On the moons the one tangent follows the curve: the error is less than 0.3 times that of PCA’s line.',
      needs: 'a run on the two moons',
      cases: (runs) => runs.filter(onMoons).map((run) => errorOverPca(run, { below: 0.3 })),
    },
    {
      id: 'whole-plane',
      expectation: 'Two code units reach the whole plane: the second singular value is more than 0.3 times the first everywhere.',
      needs: 'a run on points of the plane with two code units',
      cases: (runs) =>
        runs
          .filter((run) => run.config.data.dataset === 'circle' && codeSize(run) === 2)
          .map((run) =>
            valueCase(workedOut({ title: 'least ratio of the two singular values', runs: run, value: leastRatio(run) }), { above: 0.3 }),
          ),
    },
    {
      id: 'strokes',
      expectation: 'Of digits the leading tangent vectors, drawn as images, move or bend a stroke.',
      needs: 'a run on images',
    },
  ],
}
