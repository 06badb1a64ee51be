import { type ApolloClient, gql } from '@apollo/client'
import { EpochLossesFieldsFragmentDoc, EpochMetricsFieldsFragmentDoc } from './generated/graphql'

const PAUSE_MS = 300
/** After a request that failed. */
const LONG_PAUSE_MS = 3_000

/** A run and how much of its curve is there. */
export interface GrowingCurve {
  readonly id: string
  readonly summary: { readonly epochsCompleted: number }
  readonly metrics: readonly { readonly epoch: number }[]
}

interface ReadOptions {
  /** About so many epochs, null for all. */
  readonly maxPoints: number | null
  /** Whether all that epochs were measured with is read, and not losses and times alone. */
  readonly withMetrics: boolean
}

/**
 * Has the curves of runs read on, from the last epoch that is there, whenever the runs have completed more. All runs share a request, and
 * one follows another at a distance. What comes goes to the cache. `look` takes the runs as they are shown. Curves of about `maxPoints` epochs are read
 * whole again once they have grown to twice as many.
 */
export function extendCurves(
  client: ApolloClient,
  options: ReadOptions,
): { readonly look: (runs: readonly GrowingCurve[]) => void; readonly stop: () => void } {
  let latest: readonly GrowingCurve[] = []
  let timeout: ReturnType<typeof setTimeout> | undefined
  let isStopped = false
  /** What was answered by run: where the API has fewer epochs than the run's row says, asking again would bring nothing new. */
  const answered = new Map<string, string>()
  const wanted = () => latest.filter((run) => isBehind(run) && answered.get(run.id) !== placeOf(run))
  const plan = (pause = PAUSE_MS) => {
    if (isStopped || wanted().length === 0) return
    timeout ??= setTimeout(async () => {
      const runs = wanted()
      const isAnswered = await readOn(client, runs, options).then(
        () => true,
        () => false,
      )
      if (isAnswered) for (const run of runs) answered.set(run.id, placeOf(run))
      timeout = undefined
      plan(isAnswered ? PAUSE_MS : LONG_PAUSE_MS)
    }, pause)
  }
  return {
    look: (runs) => {
      latest = runs
      plan()
    },
    stop: () => {
      isStopped = true
      clearTimeout(timeout)
    },
  }
}

const lastEpoch = ({ metrics }: GrowingCurve) => metrics.at(-1)?.epoch ?? 0
const isBehind = (run: GrowingCurve) => lastEpoch(run) < run.summary.epochsCompleted
const placeOf = (run: GrowingCurve) => `${lastEpoch(run)} of ${run.summary.epochsCompleted}`

async function readOn(client: ApolloClient, runs: readonly GrowingCurve[], { maxPoints, withMetrics }: ReadOptions): Promise<void> {
  if (runs.length === 0) return
  const [fragment, document] = withMetrics
    ? ['EpochMetricsFields', EpochMetricsFieldsFragmentDoc]
    : ['EpochLossesFields', EpochLossesFieldsFragmentDoc]
  const isLong = ({ metrics }: GrowingCurve) => maxPoints !== null && metrics.length >= 2 * maxPoints
  const variables = ['$maxPoints: Int', ...runs.map((_, index) => `$id${index}: ID!, $after${index}: Int!`)]
  const fields = runs.map(
    (_, index) => `run${index}: run(id: $id${index}) { id metrics(maxPoints: $maxPoints, after: $after${index}) { ...${fragment} } }`,
  )
  await client.query({
    query: gql`query CurvesAfter(${variables.join(', ')}) { ${fields.join(' ')} } ${document}`,
    variables: {
      maxPoints,
      ...Object.fromEntries(
        runs.flatMap((run, index) => [
          [`id${index}`, run.id],
          [`after${index}`, isLong(run) ? 0 : lastEpoch(run)],
        ]),
      ),
    },
    fetchPolicy: 'network-only',
  })
}
