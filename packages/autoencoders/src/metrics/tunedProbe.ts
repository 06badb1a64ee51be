import { shuffledIndices } from '@hourglass/datasets'
import { pickRows } from '../tensors/pickRows.js'
import { CommonScale } from './CommonScale.js'
import {
  accuracy,
  createProbeObjective,
  fitProbe,
  type LabelledFeatures,
  type LinearProbe,
  type LinearProbeOptions,
  linearProbe,
} from './linearProbe.js'

/** Weights that are tried, from the largest: each starts from what the one before it came to. */
export const probeWeights: readonly number[] = [0.1, 0.03, 0.01, 1e-3]
/** Share of the labels that only judges them. */
const HELD_OUT = 0.4
/** So few labels judge nothing. */
const FEWEST_LABELS = 50
const UNTUNED = 1e-3
/** What is only compared need not come to its end. */
const SEARCH = { maximumIterations: 25, gradientTolerance: 1e-3 } as const

export interface TunedProbe extends LinearProbe {
  /** The chosen λ. */
  readonly regularization: number
}

/**
 * Measures what a linear classifier tells, as {@link linearProbe} does, with the λ of a small grid that tells most of two fifths of the training
 * labels from the others; the larger of two that tell as much. Wide features need more of it than narrow ones. Fewer than 50 labels have λ = 1e-3.
 */
export async function tunedProbe(options: Omit<LinearProbeOptions, 'regularization'>): Promise<TunedProbe> {
  if (options.train.labels.length < FEWEST_LABELS)
    return { ...(await linearProbe({ ...options, regularization: UNTUNED })), regularization: UNTUNED }
  const { regularization, start } = await chooseWeight(options)
  return { ...(await linearProbe({ ...options, regularization, start })), regularization }
}

interface Choice {
  readonly regularization: number
  /** What the classifier of these labels came to, near where that of all labels will. */
  readonly start: Float32Array
}

async function chooseWeight({ engine, train: all, width, classCount }: Omit<LinearProbeOptions, 'regularization'>): Promise<Choice> {
  const order = shuffledIndices(all.labels.length, { seed: 0, stream: 'analysis/probe' })
  const judging = Math.round(HELD_OUT * order.length)
  const [heldOut, fitted] = [order.subarray(0, judging), order.subarray(judging)].map((places) => pick(all, width, places))
  if (!heldOut || !fitted) throw new TypeError('expected two parts of the labels')
  const scale = new CommonScale(fitted.features, width)
  const train = { ...fitted, features: scale.apply(fitted.features) }
  const judge = { ...heldOut, features: scale.apply(heldOut.features) }
  const objective = await createProbeObjective({ engine, width, classCount, train })
  try {
    let start: Float32Array = new Float32Array(objective.layout.size)
    let best = { regularization: UNTUNED, start, told: -1 }
    for (const weight of probeWeights) {
      const fit = await fitProbe(objective, { ...SEARCH, regularization: weight, start })
      start = fit.parameters
      const told = accuracy(fit, judge)
      if (told > best.told) best = { regularization: weight, start, told }
    }
    return best
  } finally {
    await objective.dispose()
  }
}

function pick({ features, labels }: LabelledFeatures, width: number, places: Uint32Array): LabelledFeatures {
  return { features: pickRows(features, width, places), labels: Uint8Array.from(places, (place) => labels[place] ?? 0) }
}
