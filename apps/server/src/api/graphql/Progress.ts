import { type RunProgress, type RunStage, runStages } from '@hourglass/protocol'
import { builder } from './builder.js'

const ProgressStageType = builder.enumType('ProgressStage', {
  description:
    'What a running run does: STARTING, PRETRAINING its layers one by one, TRAINING, or, after the last epoch, MEASURING on test data.',
  values: Object.fromEntries(runStages.map((stage) => [stage.toUpperCase(), { value: stage }])) as Record<string, { value: RunStage }>,
})

export const ProgressType = builder.objectRef<RunProgress>('Progress').implement({
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
    secondsLeft: t.exposeFloat('secondsLeft'),
  }),
})
