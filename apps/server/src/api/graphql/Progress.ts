import { runStages } from '@hourglass/protocol'
import type { LiveProgress, Obstacle } from '../../runs/LiveProgress.js'
import { builder } from './builder.js'
import { enumValues } from './enumValues.js'

const ProgressStageType = builder.enumType('ProgressStage', {
  description:
    'What a running run does: STARTING, PRETRAINING its layers one by one, TRAINING, or, after the last epoch, MEASURING on test data.',
  values: enumValues(runStages),
})

export const ObstacleType = builder.objectRef<Obstacle>('Obstacle').implement({
  description: 'What keeps a run, or the lab, from going on, with a code as errors have it.',
  fields: (t) => ({
    code: t.exposeString('code'),
    message: t.exposeString('message', { description: 'What is the matter, and what to do.' }),
  }),
})

export const ProgressType = builder.objectRef<LiveProgress>('Progress').implement({
  description: 'Where a run is within its epoch. Never stored: after a reconnect only the latest is sent.',
  fields: (t) => ({
    stage: t.field({ type: ProgressStageType, resolve: ({ stage }) => stage }),
    epoch: t.exposeInt('epoch', { description: 'From 1; 0 while PRETRAINING.' }),
    step: t.exposeInt('step', {
      description: 'Steps of this epoch that are done, or of all pretraining; parts that are done while MEASURING.',
    }),
    stepsPerEpoch: t.exposeInt('stepsPerEpoch', { description: 'Of as many; 0 while they are not known yet.' }),
    epochs: t.exposeInt('epochs'),
    imagesPerSecond: t.exposeFloat('imagesPerSecond'),
    secondsLeft: t.exposeFloat('secondsLeft', { description: 'About; of a run with patience at most, as it may stop early.' }),
    waitingFor: t.field({
      type: ObstacleType,
      nullable: true,
      description: 'What it waits for, such as a database that another program has locked; null while it trains.',
      resolve: ({ waitingFor }) => waitingFor,
    }),
  }),
})
