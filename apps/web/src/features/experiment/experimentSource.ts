import type { SweptSetting } from '@hourglass/autoencoders'
import { readRunConfig } from '../../data/readRunConfig'
import { columnOf } from '../../entities/metric/formatMeasured'
import { scoredOn } from '../../entities/metric/scoredOn'
import { describeForFigure } from '../../entities/run/describeForFigure'
import type { FigureSource, FigureTable } from '../../ui/FigureSource'
import { experimentMetrics, titledMetric } from './experimentMetrics'
import { groupRuns, haveReplicates } from './replicates'
import { similarityOf } from './similarityOf'
import type { Experiment, ExperimentRun } from './useExperiment'
import type { RunAnalysis } from './useExperimentAnalyses'
import type { Verdict } from './useVerdicts'

/** Says of a figure of an experiment what made it, and what its runs say to what was expected. */
export function experimentSource({ id, number, name, runs }: Experiment, what: string, verdicts: readonly Verdict[] = []): FigureSource {
  return {
    title: `${what}, experiment ${number}: ${name}`,
    path: `/experiments/${id}`,
    findings: verdicts.map(({ expectation, sentence }) => `Expected: ${expectation} Found: ${sentence}`),
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
  const areReplicates = haveReplicates(groupRuns(runs))
  const configs = runs.map(({ config }) => readRunConfig(config))
  return {
    columns: [
      'run',
      'label',
      ...(areReplicates ? ['seed'] : []),
      ...(swept.title ? [swept.title.toLowerCase()] : []),
      'status',
      'epochs completed',
      'scored on',
      ...(analyses ? ['test ssim'] : []),
      ...experimentMetrics.map((metric) => titledMetric(metric, configs)).map(({ row, title }) => columnOf({ ...row, title })),
      'pca components',
      'pca validation mse',
      'pca test mse',
      'parameters',
      'seconds',
    ],
    rows: runs.map(({ id, number, label, config, status, summary, pcaBaseline, parameterCount }, index) => [
      number,
      label,
      ...(areReplicates ? [readRunConfig(config).training.seed] : []),
      ...(swept.title ? [swept.places[index] ?? null] : []),
      status,
      summary.epochsCompleted,
      scoredOn(readRunConfig(config)),
      ...(analyses ? [similarityOf(analyses.get(id))] : []),
      ...experimentMetrics.map(({ read }) => read(summary)),
      pcaBaseline?.components ?? null,
      pcaBaseline?.validationMeanSquaredError ?? null,
      pcaBaseline?.meanSquaredError ?? null,
      parameterCount,
      summary.seconds,
    ]),
  }
}
