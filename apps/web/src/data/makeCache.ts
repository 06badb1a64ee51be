import type { FieldFunctionOptions, Reference } from '@apollo/client'
import { LabCache } from './LabCache'

interface StoredConnection {
  readonly nodes: readonly Reference[]
  readonly pageInfo?: { readonly endCursor?: string | null }
  readonly totalCount: number
}

/** Makes the normalised cache: pages of runs grow one list for each filter and order; lists inside a run are replaced whole. */
export function makeCache(): LabCache {
  return new LabCache({
    typePolicies: {
      Query: {
        fields: {
          lab: { merge: true },
          storage: { merge: true },
          runs: { keyArgs: ['filter', 'orderBy'], merge: mergePages },
          experiments: { keyArgs: ['search'], merge: mergePages },
          run: { read: (existing, { args, toReference }) => existing ?? toReference({ __typename: 'Run', id: args?.id }) },
        },
      },
      Report: { fields: { blocks: { merge: false } } },
      ReportBlock: { fields: { figure: { merge: false } } },
      Experiment: { fields: { runs: { merge: false }, statusCounts: { merge: true }, progress: { merge: true } } },
      Run: {
        fields: {
          // Epochs come whole, as what a client lacks, and one by one with events: one list for each downsampling.
          metrics: {
            keyArgs: (args) => (args?.maxPoints ? `metrics:${args.maxPoints}` : 'metrics'),
            // A downsampled curve from its beginning on is a choice of epochs by itself.
            merge: (existing, incoming, { args }) => (args?.maxPoints && !args.after ? incoming : mergeEpochs(existing, incoming)),
          },
          // The table of runs asks for the columns that it shows: what it had asked for before stays.
          values: {
            keyArgs: (args) => (args?.names ? 'values:columns' : 'values'),
            merge: (existing, incoming, { args }) => mergeColumns(existing, incoming, args?.names),
            read: (existing, { args }) => readColumns(existing, args?.names),
          },
          curve: { merge: false },
          checkpoints: { merge: mergeEpochs },
          files: { merge: false },
          landmarks: { merge: false },
          history: { merge: false },
          analysis: { merge: false },
          progress: { merge: false },
          parent: { merge: true },
          summary: { merge: true },
          config: { merge: true },
        },
      },
      RunParent: {
        fields: {
          // Whether it is deleted may change while the run is looked at: it is there where the cache has it, and not as one of the trash.
          run: {
            read: (existing, { canRead, readField, toReference }) => {
              const id = readField<string>('runId')
              const run = id === undefined ? undefined : toReference({ __typename: 'Run', id })
              if (run && canRead(run) && !readField('deletedAt', run)) return run
              return existing === undefined ? undefined : null
            },
          },
        },
      },
    },
  })
}

/** Appends a page to the list that it follows; what begins with the first entry replaces the list. */
function mergePages(
  existing: StoredConnection | undefined,
  incoming: StoredConnection,
  { args }: Pick<FieldFunctionOptions, 'args'>,
): StoredConnection {
  if (!existing || !args?.after) return incoming
  // One that follows what the list no longer ends with is of an older reading.
  if (existing.pageInfo?.endCursor !== args.after) return existing
  return { ...incoming, nodes: withoutRepeats([...existing.nodes, ...incoming.nodes]) }
}

/** Leaves out what comes again further down. */
function withoutRepeats(nodes: readonly Reference[]): readonly Reference[] {
  const last = new Map(nodes.map(({ __ref }, index) => [__ref, index]))
  return nodes.filter(({ __ref }, index) => last.get(__ref) === index)
}

interface ColumnValue {
  readonly name: string
}

type Columns = Readonly<Record<string, ColumnValue | null>>

/** Adds what a run has of some columns, which are named, to what is known of others. */
function mergeColumns(existing: Columns | undefined, incoming: readonly ColumnValue[], names: readonly string[] | undefined) {
  if (!names) return incoming
  const none = names.map((name) => [name, null])
  return { ...existing, ...Object.fromEntries(none), ...Object.fromEntries(incoming.map((value) => [value.name, value])) }
}

/** Lists what a run has of some columns; undefined while one of them is not known. */
function readColumns(existing: Columns | undefined, names: readonly string[] | undefined) {
  if (!names || !existing) return existing
  const values = names.map((name) => existing[name])
  return values.includes(undefined) ? undefined : values.filter((value) => value !== null)
}

interface OfEpoch {
  readonly epoch: number
}

/** Adds entries to those of other epochs; of one epoch the newer has the say, and keeps what only the older knows. */
export function mergeEpochs<Entry extends OfEpoch>(existing: readonly Entry[] | undefined, incoming: readonly Entry[]): readonly Entry[] {
  if (!existing || existing.length === 0) return incoming
  const last = existing.at(-1)
  const first = incoming[0]
  if (last && first && last.epoch < first.epoch) return [...existing, ...incoming]
  const byEpoch = new Map(existing.map((entry) => [entry.epoch, entry]))
  for (const entry of incoming) byEpoch.set(entry.epoch, { ...byEpoch.get(entry.epoch), ...entry })
  return [...byEpoch.values()].sort((a, b) => a.epoch - b.epoch)
}
