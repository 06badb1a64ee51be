import { examplesOf, stepsPerEpoch } from '@hourglass/autoencoders'
import { readRunConfig } from '../../data/readRunConfig'
import { lossWord, scoredLoss, scoredOn } from '../../entities/metric/scoredOn'
import type { ComparedRun } from '../../entities/run/useComparedRuns'
import type { FigureTable } from '../../ui/FigureSource'
import type { ExperimentRun } from './useExperiment'

export interface LearningPoint {
  readonly epoch: number
  /** Updates of the parameters so far. */
  readonly step: number
  /** Of training and evaluating so far. */
  readonly seconds: number
  readonly trainLoss: number | null
  readonly validationLoss: number | null
  readonly validationMeanSquaredError: number | null
}

export interface LearningCurve {
  readonly run: ExperimentRun
  readonly points: readonly LearningPoint[]
}

/** Lays the epochs of runs out over the steps that they took, in the order of the runs. Long curves hold some of their epochs alone. */
export function learningCurves(runs: readonly ExperimentRun[], compared: readonly ComparedRun[]): readonly LearningCurve[] {
  return runs.flatMap((run) => {
    const metrics = compared.find(({ id }) => id === run.id)?.metrics ?? []
    if (metrics.length === 0) return []
    const config = readRunConfig(run.config)
    const steps = stepsPerEpoch(config, examplesOf(config).train)
    let seconds = 0
    let before = 0
    const points = metrics.map((metric) => {
      // Epochs that were left out took as long as the one after them.
      seconds += metric.seconds * (metric.epoch - before)
      before = metric.epoch
      const { epoch, trainLoss, validationLoss, validationMeanSquaredError } = metric
      return { epoch, step: epoch * steps, seconds, trainLoss, validationLoss, validationMeanSquaredError }
    })
    return [{ run, points }]
  })
}

/** Lists the points of a curve. */
export function curveTable({ run, points }: LearningCurve): FigureTable {
  const config = readRunConfig(run.config)
  return {
    columns: ['epoch', 'step', 'seconds', `training ${lossWord([config])}`, scoredLoss([config]).toLowerCase(), `${scoredOn(config)} mse`],
    rows: points.map(({ epoch, step, seconds, trainLoss, validationLoss, validationMeanSquaredError }) => [
      epoch,
      step,
      seconds,
      trainLoss,
      validationLoss,
      validationMeanSquaredError,
    ]),
  }
}
