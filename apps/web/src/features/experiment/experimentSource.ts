import type { SweptSetting } from '@hourglass/autoencoders'
import { readRunConfig } from '../../data/readRunConfig'
import type { Experiment, ExperimentRun } from '../../entities/experiment/useExperiment'
import { describeForFigure } from '../../entities/run/describeForFigure'
import type { FigureSource, FigureTable } from '../../ui/FigureSource'
import { experimentMetrics, measuredOf } from './experimentMetrics'
import { similarityOf } from './similarityOf'
import type { RunAnalysis } from './useExperimentAnalyses'

/** Says of a figure of an experiment what made it. */
export function experimentSource({ id, number, name, runs }: Experiment, what: string): FigureSource {
  return {
    title: `${what}, experiment ${number}: ${name}`,
    path: `/experiments/${id}`,
    runs: runs.map((run) => {
      const config = readRunConfig(run.config)
      return { number: run.number, name: run.name, config, summary: describeForFigure({ config, dataset: run.dataset }) }
    }),
  }
}

/** Lists the numbers of an experiment, a row for each run; with the SSIM that each was measured with where analyses are given. */
export function experimentTable(
  runs: readonly ExperimentRun[],
  swept: SweptSetting,
  analyses?: ReadonlyMap<string, RunAnalysis | null>,
): FigureTable {
  return {
    columns: [
      'run',
      'label',
      ...(swept.title ? [swept.title.toLowerCase()] : []),
      'status',
      'epochs completed',
      'test mse',
      ...(analyses ? ['test ssim'] : []),
      'pca components',
      'pca test mse',
      'train loss',
      ...others.map((metric) => words(metric)),
      'validation loss',
      'parameters',
      'seconds',
    ],
    rows: runs.map(({ id, number, label, status, summary, pcaBaseline, parameterCount }, index) => [
      number,
      label,
      ...(swept.title ? [swept.places[index] ?? null] : []),
      status,
      summary.epochsCompleted,
      summary.validationMeanSquaredError,
      ...(analyses ? [similarityOf(analyses.get(id))] : []),
      pcaBaseline?.components ?? null,
      pcaBaseline?.meanSquaredError ?? null,
      summary.trainLoss,
      ...others.map((metric) => measuredOf(summary, metric)),
      summary.validationLoss,
      parameterCount,
      summary.seconds,
    ]),
  }
}

/** What epochs measure besides their losses. */
const others = experimentMetrics.filter((metric) => metric !== 'mse')

/** Writes a metric's id as words: `peak signal to noise ratio`. */
function words(metric: string): string {
  return metric.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}
