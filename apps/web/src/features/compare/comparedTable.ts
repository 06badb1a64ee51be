import type { ApolloClient } from '@apollo/client'
import { ComparedRunDocument } from '../../data/generated/graphql'
import { readRunConfig } from '../../data/readRunConfig'
import { lossWord, scoredLoss, scoredOn, scoredTogether, scoredWord, type Titling } from '../../entities/metric/scoredOn'
import { describeForFigure } from '../../entities/run/describeForFigure'
import type { ComparedRun } from '../../entities/run/useComparedRuns'
import type { FigureSource, FigureTable } from '../../ui/FigureSource'

/** Says of a figure of several runs what made it. */
export function comparedSource(runs: readonly ComparedRun[], what: string): FigureSource {
  return {
    title: `${what} of ${runs.map(({ number }) => `run ${number}`).join(', ')}`,
    path: `/compare?runs=${runs.map(({ id }) => encodeURIComponent(id)).join(',')}`,
    runs: runs.map(({ number, name, config: sent, dataset }) => {
      const config = readRunConfig(sent)
      return { number, name, config, summary: describeForFigure({ config, dataset }) }
    }),
  }
}

/** Names the columns of their table: what is scored as pages call it, by the examples that the runs are scored on and what they minimize. */
export function comparedColumns(configs: readonly Titling[]): readonly string[] {
  const scored = scoredWord(scoredTogether(configs)).toLowerCase()
  const losses = [`training ${lossWord(configs)}`, 'scored on', scoredLoss(configs).toLowerCase()]
  return ['run', 'name', 'epoch', ...losses, `${scored} mse`, 'seconds', 'images per second']
}

/** Lists every epoch of runs, of which a chart has some alone: reads their whole curves, and leaves the cache as it is. */
export async function comparedTable(client: ApolloClient, ids: readonly string[]): Promise<FigureTable> {
  const answers = await Promise.all(
    ids.map((id) =>
      client.query({ query: ComparedRunDocument, variables: { id, maxPoints: null, withMetrics: true }, fetchPolicy: 'no-cache' }),
    ),
  )
  return {
    columns: comparedColumns(answers.flatMap(({ data }) => (data?.run.config ? [readRunConfig(data.run.config)] : []))),
    rows: answers.flatMap(({ data }) =>
      (data?.run.metrics ?? []).map((metric) => [
        data?.run.number ?? null,
        data?.run.name ?? null,
        metric.epoch,
        metric.trainLoss,
        data?.run.config ? scoredOn(readRunConfig(data.run.config)) : null,
        metric.validationLoss,
        metric.validationMeanSquaredError,
        metric.seconds,
        metric.imagesPerSecond,
      ]),
    ),
  }
}
