import { GRADIENT_TOLERANCE, type RunConfig } from '@hourglass/autoencoders'
import { formatCount, formatCounted, formatNumber } from '../../ui/formatQuantity'

/** What epochs of L-BFGS say of where it is; null where they say nothing, as those of earlier versions. */
interface IteratedEpoch {
  readonly epoch: number
  readonly iterationsTaken: number | null
  readonly largestGradient: number | null
}

/**
 * Says whether L-BFGS has come to rest, and where, or ended with the iterations that it had; null for other optimizers, and while it is on its way. `metrics` are all epochs
 * of the run, in their order.
 */
export function describeRest(
  { optimizer }: Pick<RunConfig, 'optimizer'>,
  metrics: readonly IteratedEpoch[],
  isActive: boolean,
): string | null {
  const last = metrics.at(-1)
  if (optimizer.kind !== 'lbfgs' || !last || last.iterationsTaken === null || last.largestGradient === null) return null
  const taken = metrics.reduce((sum, { iterationsTaken }) => sum + (iterationsTaken ?? 0), 0)
  const rest = metrics.find(({ iterationsTaken }) => iterationsTaken !== null && iterationsTaken < optimizer.iterationsPerEpoch)
  const gradient = formatNumber(last.largestGradient, 3)
  if (!rest) {
    if (last.largestGradient <= GRADIENT_TOLERANCE) return `L-BFGS converged with its last iteration: the largest gradient is ${gradient}.`
    return isActive
      ? null
      : `L-BFGS ended with its ${formatCounted(taken, 'iteration')}, before it converged: the largest gradient is ${gradient}, above ${GRADIENT_TOLERANCE}.`
  }
  const where = `in epoch ${formatCount(rest.epoch)}, after ${formatCounted(taken, 'iteration')}`
  const later = rest.epoch < last.epoch ? ' Later epochs changed nothing.' : ''
  return last.largestGradient <= GRADIENT_TOLERANCE
    ? `L-BFGS converged ${where}: the largest gradient is ${gradient}.${later}`
    : `L-BFGS came to rest ${where}: no step lowers what it minimizes any further, though the largest gradient is ${gradient}.${later}`
}
