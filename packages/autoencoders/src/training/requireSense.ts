import { gatherExamples, type Split } from '@hourglass/datasets'
import { AutoencoderError } from '../AutoencoderError.js'
import { titleOfOptimizer } from '../config/describeRun.js'
import { type LossName, lossRows, SENSELESS } from '../config/lossRows.js'
import { isMiniBatch } from '../config/optimizerRowOf.js'
import type { RunConfig } from '../config/RunConfig.js'

/** So many times the objective before training say that it rose, and is not just slow to fall. */
const RISEN = 2
/** Examples that tell how large errors are. */
const EXAMPLES = 1000

interface Epoch {
  readonly config: RunConfig
  readonly epoch: number
}

interface JudgedError extends Epoch {
  /** Of the examples that are scored, without penalties. */
  readonly error: number
  readonly split: Split
  readonly count: number
}

/** Throws DIVERGED where a loss is no finite number. */
export function requireFinite(loss: number | undefined, { config, epoch, step }: Epoch & { readonly step: number }): void {
  if (loss !== undefined && Number.isFinite(loss)) return
  throw new AutoencoderError(
    'DIVERGED',
    `Training diverged in epoch ${epoch}, step ${step}: expected a finite loss, got ${loss}. ${adviceFor(config)}.`,
  )
}

/**
 * Throws DIVERGED where the reconstruction error at the end of training is more than 100 times what always answering with the mean example would
 * have, and than what a value at the other end of the data's range would cost: weights have grown beyond all sense, though the loss is a number.
 */
export function requireSense({ config, epoch, error, split, count }: JudgedError): void {
  const reference = referenceError(config.loss, takeFront(split, Math.min(EXAMPLES, count)))
  if (error <= SENSELESS * reference) return
  throw new AutoencoderError(
    'DIVERGED',
    `Training diverged: expected a reconstruction error near or below that of the mean example, ${reference.toPrecision(3)}, got ${error.toPrecision(3)} after the last epoch, ${epoch}. ${adviceFor(config)}.`,
  )
}

interface JudgedObjective extends JudgedError {
  /** What training minimizes, penalties included: of the examples that are scored. */
  readonly objective: number
  /** The same of the model as training found it; it is asked for where the objective is suspicious alone. */
  readonly untrained: () => Promise<number>
}

/**
 * Throws DIVERGED where what is minimized, penalties and divergence included, is at the end of training more than 100 times what always answering with the mean
 * example would cost, which no penalty adds to, and more than twice what it was before training: a heavy penalty that is only beginning to fall is no divergence.
 */
export async function requireSensibleObjective({
  config,
  epoch,
  error,
  objective,
  untrained,
  split,
  count,
}: JudgedObjective): Promise<void> {
  const reference = referenceError(config.loss, takeFront(split, Math.min(EXAMPLES, count)))
  if (objective === error || objective <= SENSELESS * reference) return
  const before = await untrained()
  if (objective <= RISEN * before) return
  throw new AutoencoderError(
    'DIVERGED',
    `Training diverged: expected an objective near or below the error of the mean example, ${reference.toPrecision(3)}, and no more than twice that before training, ${before.toPrecision(3)}, got ${objective.toPrecision(3)} after the last epoch, ${epoch}, of which ${error.toPrecision(3)} are the reconstruction error. ${adviceFor(config)}.`,
  )
}

/** Computes the error of the mean example under a loss; at least a hundredth of a whole range, or of ln 2, for data that hardly vary. */
export function referenceError(loss: LossName, { values, size }: { readonly values: Float32Array; readonly size: number }): number {
  const row = lossRows[loss]
  const count = values.length / size
  const means = new Float64Array(size)
  for (let index = 0; index < values.length; index++) {
    means[index % size] = (means[index % size] as number) + (values[index] as number) / count
  }
  let sum = 0
  let largest = 0
  for (let index = 0; index < values.length; index++) {
    const [value, mean] = [values[index] as number, means[index % size] as number]
    largest = Math.max(largest, Math.abs(value))
    sum += row.ofMean(value, mean)
  }
  return Math.max(sum / values.length, row.leastOfMean(largest))
}

function takeFront(split: Split, count: number): { readonly values: Float32Array; readonly size: number } {
  const size = split.values.length / split.count
  const values = new Float32Array(count * size)
  const places = Uint32Array.from({ length: count }, (_, index) => index)
  gatherExamples(split, { indices: places, start: 0, end: count }, values)
  return { values, size }
}

function adviceFor({ optimizer }: RunConfig): string {
  if (!isMiniBatch(optimizer)) return 'Try smaller initial weights'
  return `Try a lower learning rate (now ${optimizer.learningRate} with ${titleOfOptimizer(optimizer.kind)}) or smaller initial weights`
}
