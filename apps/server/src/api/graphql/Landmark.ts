import { type LandmarkContent, type LandmarkKind, landmarkKinds } from '@hourglass/autoencoders'
import {
  addLandmark,
  type Landmark,
  MAXIMUM_LANDMARK_NAME,
  MAXIMUM_LANDMARKS,
  readLandmarks,
  removeLandmark,
} from '../../runs/landmarks.js'
import { builder } from './builder.js'
import { RunType } from './Run.js'

const LandmarkKindType = builder.enumType('LandmarkKind', {
  description:
    'What has a name in a latent space. POINT: A code at an epoch. SELECTION: Some examples. DIRECTION: From the mean code of one class to that of another, or from that of all test examples to that of some.',
  values: landmarkKinds,
})

const TowardsType = builder.objectRef<{ readonly to: number; readonly from: number }>('ClassDirection').implement({
  description: 'From the mean code of one class to that of another.',
  fields: (t) => ({ to: t.exposeInt('to'), from: t.exposeInt('from') }),
})

/** What a landmark is, where that can be read. */
const contentOf = ({ content }: Landmark): LandmarkContent | null => ('value' in content ? content.value : null)

const LandmarkType = builder.objectRef<Landmark>('Landmark').implement({
  description:
    'A point, a selection or a direction of a run’s latent space that somebody gave a name. Everybody who uses the lab has the same.',
  fields: (t) => ({
    kind: t.field({ type: LandmarkKindType, resolve: ({ kind }) => kind }),
    name: t.exposeString('name'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    epoch: t.int({
      nullable: true,
      description: 'Of a point, the epoch in whose code space it lies.',
      resolve: (landmark) => {
        const content = contentOf(landmark)
        return content?.kind === 'POINT' ? content.epoch : null
      },
    }),
    code: t.floatList({
      nullable: true,
      description: 'Of a point, [latent dimension].',
      resolve: (landmark) => {
        const content = contentOf(landmark)
        return content?.kind === 'POINT' ? content.code : null
      },
    }),
    rows: t.intList({
      nullable: true,
      description:
        'Of a selection, and of a direction towards examples: their rows among all of the run, from 0. Test examples come first, behind them those that are trained on, then those held out.',
      complexity: 10,
      resolve: (landmark) => {
        const content = contentOf(landmark)
        if (content?.kind === 'SELECTION') return content.rows
        return content?.kind === 'DIRECTION' && 'rows' in content.towards ? content.towards.rows : null
      },
    }),
    classes: t.field({
      type: TowardsType,
      nullable: true,
      description: 'Of a direction between two classes.',
      resolve: (landmark) => {
        const content = contentOf(landmark)
        return content?.kind === 'DIRECTION' && 'to' in content.towards ? content.towards : null
      },
    }),
    problem: t.string({
      nullable: true,
      description: 'Why it cannot be read; null where it can.',
      resolve: ({ content }) => ('problem' in content ? content.problem : null),
    }),
  }),
})

const PointInput = builder.inputType('PointInput', {
  fields: (t) => ({
    epoch: t.int({ required: true, description: 'One that the run has completed.' }),
    code: t.floatList({ required: true, description: '[latent dimension]' }),
  }),
})

const ClassDirectionInput = builder.inputType('ClassDirectionInput', {
  fields: (t) => ({ to: t.int({ required: true }), from: t.int({ required: true }) }),
})

const rowsDescription = 'Rows of examples among all of the run, as Landmark.rows counts them.'

const LandmarkInput = builder.inputType('LandmarkInput', {
  description: 'What is to have a name.',
  isOneOf: true,
  fields: (t) => ({
    point: t.field({ type: PointInput }),
    selection: t.intList({ description: rowsDescription }),
    classDirection: t.field({ type: ClassDirectionInput }),
    directionTowards: t.intList({ description: `From the mean code of all test examples to that of some. ${rowsDescription}` }),
  }),
})

builder.objectFields(RunType, (t) => ({
  landmarks: t.field({
    type: [LandmarkType],
    description: 'By name.',
    complexity: { field: 10, multiplier: MAXIMUM_LANDMARKS / 10 },
    resolve: async ({ number }, _, { lab }) => [...(await readLandmarks(lab.database, number))],
  }),
}))

builder.mutationFields((t) => ({
  addLandmark: t.field({
    type: RunType,
    description: `Gives something in the latent space of a run a name, which is kept with the run. Fails with RUN_NOT_FOUND, RUN_UNREADABLE, or BAD_USER_INPUT where the run has no such thing, another of the kind is called so, or there are ${MAXIMUM_LANDMARKS}.`,
    args: {
      runId: t.arg.id({ required: true }),
      name: t.arg.string({ required: true, description: `At most ${MAXIMUM_LANDMARK_NAME} characters.` }),
      landmark: t.arg({ type: LandmarkInput, required: true }),
    },
    resolve: (_, { runId, name, landmark }, { lab }) => addLandmark(lab, runId, { name, content: readInput(landmark) }),
  }),
  removeLandmark: t.field({
    type: RunType,
    description: 'Takes the name away again. Fails with RUN_NOT_FOUND, or BAD_USER_INPUT where nothing is called so.',
    args: {
      runId: t.arg.id({ required: true }),
      kind: t.arg({ type: LandmarkKindType, required: true }),
      name: t.arg.string({ required: true }),
    },
    resolve: (_, { runId, kind, name }, { lab }) => removeLandmark(lab, runId, { kind: kind as LandmarkKind, name }),
  }),
}))

interface GivenLandmark {
  readonly point?: { readonly epoch: number; readonly code: readonly number[] } | null | undefined
  readonly selection?: readonly number[] | null | undefined
  readonly classDirection?: { readonly to: number; readonly from: number } | null | undefined
  readonly directionTowards?: readonly number[] | null | undefined
}

/** Reads one of the ways in which a landmark is given; GraphQL sees to it that it is one. */
function readInput({ point, selection, classDirection, directionTowards }: GivenLandmark): LandmarkContent {
  if (point) return { kind: 'POINT', epoch: point.epoch, code: [...point.code] }
  if (selection) return { kind: 'SELECTION', rows: [...selection] }
  if (classDirection) return { kind: 'DIRECTION', towards: { to: classDirection.to, from: classDirection.from } }
  return { kind: 'DIRECTION', towards: { rows: [...(directionTowards ?? [])] } }
}
