import { codedChoices } from '@hourglass/autoencoders/calls'
import { requireEpoch } from '../../artifacts/requireEpoch.js'
import type { CodedProgress } from '../../models/CodedExamples.js'
import { MOST_ROWS } from '../../models/CodedExamples.js'
import { finalEpoch } from '../../runs/finalEpoch.js'
import { builder } from './builder.js'
import { enumValues } from './enumValues.js'
import { ObstacleType } from './Progress.js'
import { weighModel } from './weighModel.js'

const CodedChoiceType = builder.enumType('CodedChoice', {
  description:
    'Of which examples of a run’s data codes are computed. ALL: Test examples, behind them those that are trained on, and those held out for validation. SAMPLE: 10,000 of them, chosen at random, the same of every epoch.',
  values: enumValues(codedChoices),
})

const CodedProgressType = builder.objectRef<CodedProgress>('CodedProgress').implement({
  description: 'How many examples are encoded.',
  fields: (t) => ({
    done: t.exposeInt('done'),
    total: t.exposeInt('total', { nullable: true, description: 'Of how many; null while that is not known.' }),
    isReady: t.exposeBoolean('isReady', {
      description: 'Whether the codes are there, at `/artifacts/runs/<id>/<all or sample>/<epoch>/codes.safetensors`, for a while.',
    }),
    problem: t.field({
      type: ObstacleType,
      nullable: true,
      description: 'Why they cannot be had; then nothing more is told.',
      resolve: ({ problem }) => problem,
    }),
  }),
})

builder.subscriptionFields((t) => ({
  codedExamples: t.field({
    type: CodedProgressType,
    description:
      'Computes the codes of the examples of a run’s data after an epoch, from its checkpoint, unless they are there, and tells how far that is. Ends when they are; whoever ends it earlier does not wait for them, and what nobody waits for is cancelled.',
    args: {
      runId: t.arg.id({ required: true }),
      epoch: t.arg.int({ required: true }),
      choice: t.arg({ type: CodedChoiceType, required: true }),
    },
    subscribe: async (_, { runId, epoch, choice }, { lab, client }) => {
      const run = await lab.runs.requireRun(runId)
      return lab.codedExamples.follow({ run, epoch: requireEpoch(run, epoch), choice }, client)
    },
    resolve: (progress: CodedProgress) => progress,
  }),
}))

interface SelectedExample {
  readonly row: number
  readonly error: number
}

const SelectedExampleType = builder.objectRef<SelectedExample>('SelectedExample').implement({
  fields: (t) => ({
    row: t.exposeInt('row'),
    error: t.exposeFloat('error', { description: 'Mean squared error of its reconstruction.' }),
  }),
})

const ClassCountType = builder.objectRef<{ readonly label: number; readonly count: number }>('ExampleClassCount').implement({
  fields: (t) => ({ label: t.exposeInt('label'), count: t.exposeInt('count') }),
})

interface Selection {
  readonly code: Float32Array
  readonly mean: Float32Array
  readonly deviations: Float32Array
  readonly labels: Uint32Array
  readonly counts: Uint32Array
  readonly worst: Uint32Array
  readonly worstErrors: Float32Array
}

const SelectionType = builder.objectRef<Selection>('ExampleSelection').implement({
  description: 'What some examples of a run’s data have in common, and how they differ.',
  fields: (t) => ({
    code: t.field({ type: t.listRef('Float'), description: 'Mean of their codes, [latent dimension].', resolve: ({ code }) => [...code] }),
    mean: t.field({
      type: t.listRef('Float'),
      description: 'Mean of the examples, [values of one example].',
      resolve: ({ mean }) => [...mean],
    }),
    deviations: t.field({
      type: t.listRef('Float'),
      description: 'Standard deviation of each of their values.',
      resolve: ({ deviations }) => [...deviations],
    }),
    classes: t.field({
      type: [ClassCountType],
      description: 'How many are of each class.',
      resolve: ({ labels, counts }) => Array.from(labels, (label, at) => ({ label, count: counts[at] ?? 0 })),
    }),
    worst: t.field({
      type: [SelectedExampleType],
      description: 'Those that are reconstructed worst, the worst first.',
      resolve: ({ worst, worstErrors }) => Array.from(worst, (row, at) => ({ row, error: worstErrors[at] ?? 0 })),
    }),
  }),
})

interface ExampleClusters {
  readonly rows: Uint32Array
  readonly members: Uint8Array
  readonly centres: Float32Array
  readonly distortion: number
}

const ExampleClustersType = builder.objectRef<ExampleClusters>('ExampleClusters').implement({
  description: 'Clusters of the codes of some examples.',
  fields: (t) => ({
    rows: t.intList({ description: 'Of the examples, ascending.', resolve: ({ rows }) => [...rows] }),
    members: t.intList({
      description: 'Of each the cluster that it belongs to, from 0 for the largest.',
      resolve: ({ members }) => [...members],
    }),
    centres: t.field({
      type: t.listRef(t.listRef('Float')),
      description: '[clusters][latent dimension]; fewer distinct codes make fewer clusters.',
      resolve: ({ members, centres }) => {
        const clusters = 1 + members.reduce((most, cluster) => Math.max(most, cluster), 0)
        const size = centres.length / clusters
        return Array.from({ length: clusters }, (_, at) => [...centres.subarray(at * size, (at + 1) * size)])
      },
    }),
    distortion: t.exposeFloat('distortion', { description: 'Mean squared distance of the codes from the centres of their clusters.' }),
  }),
})

const ROWS = `1 to ${MOST_ROWS} of the run’s data, counted from 0: test examples, behind them those that are trained on, and those held out for validation.`

builder.queryFields((t) => ({
  exampleSelection: t.field({
    type: SelectionType,
    description: 'Describes some examples by their codes after an epoch, which are computed of all examples unless they are there.',
    args: {
      runId: t.arg.id({ required: true }),
      rows: t.arg({ type: t.arg.listRef('Int'), required: true, description: ROWS }),
      epoch: t.arg.int(),
    },
    complexity: () => weighModel(256),
    resolve: async (_, { runId, rows, epoch }, { lab, client, signal }) => {
      const run = await lab.runs.requireRun(runId)
      return lab.codedExamples.describe({ run, epoch: requireEpoch(run, epoch ?? finalEpoch(run)) }, rows, { client, signal })
    },
  }),
  exampleClusters: t.field({
    type: ExampleClustersType,
    description:
      'Finds clusters among the codes of some examples by k-means, of more than 10,000 by a random choice of them; as `exampleSelection` does where the codes are not there.',
    args: {
      runId: t.arg.id({ required: true }),
      rows: t.arg({ type: t.arg.listRef('Int'), required: true, description: ROWS }),
      count: t.arg.int({ required: true, description: 'How many clusters, 1 to 64.' }),
      seed: t.arg.int({ required: true, defaultValue: 1 }),
      epoch: t.arg.int(),
    },
    complexity: () => weighModel(256),
    resolve: async (_, { runId, rows, count, seed, epoch }, { lab, client, signal }) => {
      const run = await lab.runs.requireRun(runId)
      const request = { run, epoch: requireEpoch(run, epoch ?? finalEpoch(run)), wanted: count, seed }
      return lab.codedExamples.cluster(request, rows, { client, signal })
    },
  }),
}))
