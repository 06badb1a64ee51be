import { codePaths } from '@hourglass/autoencoders/latent'
import { MAXIMUM_ROWS } from '../../models/checkRows.js'
import { type FoundDirection, type FoundDirections, MOST_FOUND, type Neighbour, type Neighbourhood } from '../../models/LatentSpaces.js'
import { builder } from './builder.js'
import { enumValues } from './enumValues.js'
import { weighModel } from './weighModel.js'

const CodePathType = builder.enumType('CodePath', {
  description:
    'How one goes from a code to the next. STRAIGHT: Along the chord. SPHERICAL: Along the arc around the origin, which keeps codes as far from it as a normal prior has them.',
  values: enumValues(codePaths),
})

interface Interpolation {
  readonly codes: number[][]
  readonly images: number[][]
}

const InterpolationType = builder.objectRef<Interpolation>('Interpolation').implement({
  description: 'A path between codes, with what is decoded on the way.',
  fields: (t) => ({
    codes: t.field({ type: t.listRef(t.listRef('Float')), description: '[n][latent dimension]', resolve: ({ codes }) => codes }),
    images: t.field({ type: t.listRef(t.listRef('Float')), description: '[n][values of one example]', resolve: ({ images }) => images }),
  }),
})

const LatentDirectionType = builder.objectRef<FoundDirection>('LatentDirection').implement({
  description: 'A principal direction of codes.',
  fields: (t) => ({
    vector: t.field({ type: t.listRef('Float'), description: '[latent dimension], of length 1.', resolve: ({ vector }) => [...vector] }),
    minimum: t.exposeFloat('minimum', { description: 'Of the codes along it, from their mean.' }),
    maximum: t.exposeFloat('maximum', { description: 'Of the codes along it, from their mean.' }),
    standardDeviation: t.exposeFloat('standardDeviation', { description: 'Of the codes along it.' }),
    explainedVariance: t.exposeFloat('explainedVariance', { description: 'Share of the variance of the codes, from 0 to 1.' }),
  }),
})

const LatentDirectionsType = builder.objectRef<FoundDirections>('LatentDirections').implement({
  description: 'Directions along which the codes of an epoch vary most.',
  fields: (t) => ({
    epoch: t.exposeInt('epoch'),
    count: t.exposeInt('count', {
      description: 'Codes that they were found of: of training examples, or of test examples where codes of no others are kept.',
    }),
    mean: t.field({ type: t.listRef('Float'), description: 'Mean of the codes, [latent dimension].', resolve: ({ mean }) => [...mean] }),
    directions: t.field({ type: [LatentDirectionType], description: 'Of falling variance.', resolve: ({ directions }) => [...directions] }),
  }),
})

const NeighbourType = builder.objectRef<Neighbour>('Neighbour').implement({
  description: 'A test example whose code is near to another.',
  fields: (t) => ({
    index: t.exposeInt('index', { description: 'Place among the test examples, from 0.' }),
    label: t.exposeInt('label', { description: 'Its class.' }),
    distance: t.exposeFloat('distance', { description: 'Euclidean distance between the codes.' }),
  }),
})

const NeighbourhoodType = builder.objectRef<Neighbourhood>('Neighbourhood').implement({
  description: 'The test examples whose codes are nearest to a code.',
  fields: (t) => ({
    neighbours: t.field({ type: [NeighbourType], description: 'Nearest first.', resolve: ({ neighbours }) => [...neighbours] }),
    usualDistance: t.exposeFloat('usualDistance', { description: 'How far 99 of 100 codes lie at most from the nearest other.' }),
    isFar: t.boolean({
      description: 'Whether the code lies farther from all of them than codes usually do: there the decoder has seen next to none.',
      resolve: ({ neighbours: [nearest], usualDistance }) => nearest !== undefined && nearest.distance > usualDistance,
    }),
  }),
})

builder.queryFields((t) => ({
  interpolate: t.field({
    type: InterpolationType,
    description: `Codes on the way through 2 or more codes, evenly spaced, with what is decoded of them: \`steps\` from each code to the next, both counted, and at most ${MAXIMUM_ROWS} in all.`,
    args: {
      runId: t.arg.id({ required: true }),
      codes: t.arg({ type: t.arg.listRef(t.arg.listRef('Float')), required: true }),
      steps: t.arg.int({ required: true }),
      path: t.arg({ type: CodePathType, required: true, defaultValue: 'straight' }),
      epoch: t.arg.int(),
    },
    complexity: ({ codes, steps }) => weighModel(Math.min(MAXIMUM_ROWS, codes.length * Math.max(1, steps))),
    resolve: async (_, { runId, codes, steps, path, epoch = null }, { lab, client, signal }) =>
      lab.latentSpaces.interpolate({ run: await lab.runs.requireRun(runId), epoch, codes, steps, path }, { client, signal }),
  }),
  directions: t.field({
    type: LatentDirectionsType,
    description: `The principal directions of the codes of an epoch, 1 to ${MOST_FOUND}, or as many as the code has units.`,
    args: {
      runId: t.arg.id({ required: true }),
      count: t.arg.int({ required: true, defaultValue: 2 }),
      epoch: t.arg.int(),
    },
    complexity: () => weighModel(0),
    resolve: async (_, { runId, count, epoch = null }, { lab, client, signal }) =>
      lab.latentSpaces.directions({ run: await lab.runs.requireRun(runId), epoch, count }, { client, signal }),
  }),
  project: t.field({
    type: t.listRef(t.listRef('Float')),
    description: `How far codes lie from the mean along the principal directions, [n][latent dimension] to [n][count], at most ${MAXIMUM_ROWS} codes; in the unit of the code.`,
    args: {
      runId: t.arg.id({ required: true }),
      codes: t.arg({ type: t.arg.listRef(t.arg.listRef('Float')), required: true }),
      count: t.arg.int({ required: true, defaultValue: 2 }),
      epoch: t.arg.int(),
    },
    complexity: ({ codes }) => weighModel(codes.length),
    resolve: async (_, { runId, codes, count, epoch = null }, { lab, client, signal }) =>
      lab.latentSpaces.project({ run: await lab.runs.requireRun(runId), epoch, codes, count }, { client, signal }),
  }),
  neighbours: t.field({
    type: [NeighbourhoodType],
    description: `The test examples, of those whose codes are kept, that are nearest to codes: 1 to ${MOST_FOUND} for each of at most ${MAXIMUM_ROWS} codes.`,
    args: {
      runId: t.arg.id({ required: true }),
      codes: t.arg({ type: t.arg.listRef(t.arg.listRef('Float')), required: true }),
      count: t.arg.int({ required: true, defaultValue: 8 }),
      epoch: t.arg.int(),
    },
    complexity: ({ codes }) => weighModel(codes.length),
    resolve: async (_, { runId, codes, count, epoch = null }, { lab, client, signal }) =>
      lab.latentSpaces.neighbours({ run: await lab.runs.requireRun(runId), epoch, codes, count }, { client, signal }),
  }),
}))
