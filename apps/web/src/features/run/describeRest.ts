import { optimizerRowOf, type RunConfig, titleOfOptimizer } from '@hourglass/autoencoders'
import { formatCount, formatCounted, formatNumber } from '../../ui/formatQuantity'

/** What epochs of iterations over all examples say of where the optimizer is; null where they say nothing, as those of earlier versions. */
interface IteratedEpoch {
  readonly epoch: number
  readonly iterationsTaken: number | null
  readonly largestGradient: number | null
}

/**
 * Says whether an optimizer that converges has come to rest, and where, or ended with the iterations that it had; null for other optimizers, and while it is on its way.
 * `metrics` are all epochs of the run, in their order.
 */
export function describeRest(
  { optimizer }: Pick<RunConfig, 'optimizer'>,
  metrics: readonly IteratedEpoch[],
  isActive: boolean,
): string | null {
  const last = metrics.at(-1)
  const { gradientTolerance: tolerance, stepsPerEpoch } = optimizerRowOf(optimizer)
  if (tolerance === null || !last || last.iterationsTaken === null || last.largestGradient === null) return null
  const name = titleOfOptimizer(optimizer.kind)
  // Its iterations look at all examples: one batch.
  const iterations = stepsPerEpoch(optimizer, 1)
  const taken = metrics.reduce((sum, { iterationsTaken }) => sum + (iterationsTaken ?? 0), 0)
  const rest = metrics.find(({ iterationsTaken }) => iterationsTaken !== null && iterationsTaken < iterations)
  const gradient = formatNumber(last.largestGradient, 3)
  if (!rest) {
    if (last.largestGradient <= tolerance) return `${name} converged with its last iteration: the largest gradient is ${gradient}.`
    return isActive
      ? null
      : `${name} ended with its ${formatCounted(taken, 'iteration')}, before it converged: the largest gradient is ${gradient}, above ${tolerance}.`
  }
  const where = `in epoch ${formatCount(rest.epoch)}, after ${formatCounted(taken, 'iteration')}`
  const later = rest.epoch < last.epoch ? ' Later epochs changed nothing.' : ''
  return last.largestGradient <= tolerance
    ? `${name} converged ${where}: the largest gradient is ${gradient}.${later}`
    : `${name} came to rest ${where}: no step lowers what it minimizes any further, though the largest gradient is ${gradient}.${later}`
}
