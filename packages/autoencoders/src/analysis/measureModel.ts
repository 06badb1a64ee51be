import { type CodeActivity, codeActivity } from '../metrics/codeActivity.js'
import { columnVariances } from '../metrics/columnVariances.js'
import { jacobianNorm, jacobianWork } from '../metrics/jacobianNorm.js'
import { type AnalysisContext, sampleTest } from './AnalysisContext.js'
import { rowsWithin } from './AnalysisLimits.js'
import type { SubjectMetrics } from './SubjectMetrics.js'

/** Multiplications that the Jacobian's norm may take: about a second. */
const JACOBIAN_WORK = 2e10

/** How many test examples the Jacobian's norm is averaged over. */
export function jacobianCount({ model, limits, test }: AnalysisContext): number {
  const most = Math.min(limits.jacobianNorm, test.labels.length)
  return rowsWithin(JACOBIAN_WORK, { width: jacobianWork(model), most, least: Math.min(8, most) })
}

/** Describes how much of its code the model uses for the test examples. */
export function activityOf({ model: { latentDimension, isVariational }, testCodes }: AnalysisContext): CodeActivity {
  return codeActivity(testCodes, { latentDimension, hasPrior: isVariational })
}

/** Measures what only the model itself has: how much of its code is used, and how the encoder answers to small changes. */
export async function measureEncoder(context: AnalysisContext): Promise<Partial<SubjectMetrics>> {
  const { model } = context
  const { meanActivation, activeUnitShare, onShare } = activityOf(context)
  const norm = await jacobianNorm(model, sampleTest(context, jacobianCount(context)).features)
  const spread = codeSpread(context.testCodes, model.latentDimension)
  return { meanActivation, activeUnitShare, onShare, jacobianNorm: norm, scaledJacobianNorm: spread > 0 ? norm / spread : null }
}

/** Computes √Σ Var(zⱼ) of codes, or whatever else, [n, width]: how far they lie from their mean, as a root mean square. */
export function codeSpread(codes: Float32Array, width: number): number {
  return Math.sqrt(columnVariances(codes, width).reduce((sum, variance) => sum + variance, 0))
}
