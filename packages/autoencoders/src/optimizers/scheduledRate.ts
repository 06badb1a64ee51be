import { add, cos, div, floor, maximum, minimum, mul, pow, type Scalar, scalar, sub, type Tensor } from '@tensorflow/tfjs-core'
import type { MiniBatchOptimizerConfig } from '../config/RunConfig.js'

/** How long a training is; schedules are parts of it. */
export interface TrainingLength {
  readonly epochs: number
  readonly stepsPerEpoch: number
}

type ScheduleConfig = MiniBatchOptimizerConfig['schedule']
/** Computes the share of the learning rate that is left when so many steps of so many are over, both without the warm-up. */
type Schedule<Config> = (config: Config, done: Tensor, at: { readonly steps: number; readonly stepsPerEpoch: number }) => Tensor

/** Schedules by name; null stands for a share of 1. */
const schedules: { readonly [Kind in ScheduleConfig['kind']]: Schedule<Extract<ScheduleConfig, { kind: Kind }>> | null } = {
  constant: null,
  /** factor^⌊epochs that are over / every⌋ */
  step: ({ every, factor }, done, { stepsPerEpoch }) => pow(scalar(factor), floor(div(add(done, 0.5), every * stepsPerEpoch))),
  /** final + (1 − final) (1 + cos(π t / T)) / 2, from t = 0 in the first step to T in the last. */
  cosine: ({ final }, done, { steps }) => add(mul(add(cos(mul(done, Math.PI / Math.max(1, steps - 1))), 1), (1 - final) / 2), final),
}

/**
 * Computes the learning rate of a step, which counts from 1: a number where it is the same in all, so that such a step is compiled as if there were no
 * schedules. In a warm-up of W steps step t has the share t / W, and the schedule begins after them.
 */
export function scheduledRate(
  { learningRate, schedule, warmupEpochs }: MiniBatchOptimizerConfig,
  step: Scalar,
  { epochs, stepsPerEpoch }: TrainingLength,
): number | Tensor {
  const warmup = Math.min(warmupEpochs, epochs) * stepsPerEpoch
  // A row takes the settings of its own kind, which the lookup by kind guarantees and the type system cannot follow.
  const rule = schedules[schedule.kind] as Schedule<ScheduleConfig> | null
  const length = { steps: epochs * stepsPerEpoch - warmup, stepsPerEpoch }
  const share = rule ? rule(schedule, maximum(sub(step, warmup + 1), 0), length) : null
  const rising = warmup > 0 ? minimum(div(step, warmup), 1) : null
  if (!share && !rising) return learningRate
  return mul(share && rising ? mul(share, rising) : (share ?? (rising as Tensor)), learningRate)
}
