import { z } from 'zod'
import { type AnalysisContext, sampleTest } from '../AnalysisContext.js'
import { rowsWithin } from '../AnalysisLimits.js'
import { analysisPart } from '../AnalysisPart.js'
import { codeSpread } from '../measureModel.js'
import { described } from '../partSchema.js'

/** Multiplications that Jacobians of reconstructions may take: some tenths of a second; and what one example may take at most. */
const WORK = 4e9
const MOST_WORK = 4e9
const FEWEST_EXAMPLES = 4
/** Longer codes have too large Jacobians to decompose in passing; of others so many rows × columns × columns are decomposed in all. */
const MOST_DECOMPOSED_UNITS = 128
const DECOMPOSED = 9e6

/** Counts the multiplications that the Jacobian of one reconstruction takes: forwards, and twice as much backwards, for each value. */
const workOf = ({ model, size }: AnalysisContext) => 3 * size * model.multiplications

function spectraCount(context: AnalysisContext): number {
  const { limits, test, model } = context
  const most = Math.min(limits.jacobianSpectra, test.labels.length)
  if (model.latentDimension <= MOST_DECOMPOSED_UNITS) {
    return rowsWithin(DECOMPOSED, { width: model.latentDimension ** 3, most, least: Math.min(FEWEST_EXAMPLES, most) })
  }
  return rowsWithin(WORK, { width: workOf(context), most, least: Math.min(FEWEST_EXAMPLES, most) })
}

/** Measures how codes and reconstructions answer to small changes of test examples, direction by direction; of long codes the whole alone. */
export const jacobianSpectra = analysisPart({
  schema: z
    .strictObject({
      encoder: z.array(z.number()).meta(described('Mean singular values of ∂f/∂x, the encoder’s Jacobian, falling.')),
      reconstruction: z
        .array(z.number())
        .meta(described('Mean singular values of ∂r/∂x, the Jacobian of the whole reconstruction, falling.')),
    })
    .nullable()
    .default(null)
    .meta(described('How many directions of an example the code, and the reconstruction, answer to; null for long codes.')),

  figure: 'how much codes and reconstructions answer to small changes of the input, direction by direction',

  async measure(context) {
    const { jacobianSpectra: spectraOf, reconstructionJacobianNorm } = await import('../../metrics/jacobianSpectra.js')
    const { model, testReconstructions, size } = context
    const examples = sampleTest(context, spectraCount(context)).features
    const counts = { jacobianSpectra: spectraCount(context) }
    const spread = codeSpread(testReconstructions, size)
    const norms = (norm: number) => ({
      MODEL: { reconstructionJacobianNorm: norm, scaledReconstructionJacobianNorm: spread > 0 ? norm / spread : null },
    })
    if (model.latentDimension > MOST_DECOMPOSED_UNITS) {
      if (FEWEST_EXAMPLES * workOf(context) > MOST_WORK) return undefined
      return { value: null, subjects: norms(await reconstructionJacobianNorm(model, examples)), counts }
    }
    const { encoder, reconstruction, reconstructionNorm } = await spectraOf(model, examples)
    if (![...encoder, ...reconstruction].every(Number.isFinite)) return undefined
    return {
      value: { encoder: [...encoder], reconstruction: [...reconstruction] },
      subjects: norms(reconstructionNorm),
      counts,
    }
  },
})
