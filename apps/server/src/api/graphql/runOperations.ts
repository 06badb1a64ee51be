import { updateRun } from '../../runs/changeRuns.js'
import { analyzeRun, resumeRun, stopRun } from '../../runs/controlRun.js'
import { extendRun } from '../../runs/extendRun.js'
import { launchRun } from '../../runs/launchRun.js'
import { MAXIMUM_NOTES_LENGTH } from '../../runs/RunTexts.js'
import { deleteRuns } from '../../runs/trash.js'
import { builder } from './builder.js'
import { RunConfigInputType, readConfigInput } from './configTypes.js'
import { RunType } from './Run.js'

const RunStartInput = builder.inputType('RunStartInput', {
  description:
    'The model of a run after one of its epochs. The new run trains epochs of its own from there, with fresh moments of its optimizer.',
  fields: (t) => ({ id: t.id({ required: true }), epoch: t.int({ required: true }) }),
})

const LaunchRunInput = builder.inputType('LaunchRunInput', {
  fields: (t) => ({
    name: t.string(),
    config: t.field({ type: RunConfigInputType, required: true }),
    parent: t.field({ type: RunStartInput, description: 'Whose model it starts from; without, it starts from initial weights.' }),
  }),
})

const UpdateRunInput = builder.inputType('UpdateRunInput', {
  description: 'What is left out stays.',
  fields: (t) => ({
    name: t.string(),
    notes: t.string({ description: `Markdown, at most ${MAXIMUM_NOTES_LENGTH} characters; empty for none.` }),
    notesBefore: t.string({
      description:
        'The notes that `notes` was made of: where the run has others by now, nothing is changed. Without it, they are replaced.',
    }),
    tags: t.stringList({ description: 'All that it is to have; of several that differ in case alone the first.' }),
    starred: t.boolean(),
    archived: t.boolean({ description: 'Archived runs are in no list unless they are asked for.' }),
  }),
})

builder.queryFields((t) => ({
  run: t.field({
    type: RunType,
    description: 'One run. Fails with RUN_NOT_FOUND where there is none, or it is in the trash.',
    args: {
      id: t.arg.id({ required: true }),
      inTrash: t.arg.boolean({ defaultValue: false, description: 'Whether one in the trash will do.' }),
    },
    resolve: (_, { id, inTrash }, { lab }) => (inTrash ? lab.runs.requireStored(id) : lab.runs.requireRun(id)),
  }),
}))

builder.mutationFields((t) => ({
  launchRun: t.field({
    type: RunType,
    description:
      'Queues a run. Fails with INVALID_CONFIG, DATASET_UNAVAILABLE, ENGINE_UNAVAILABLE, RUN_TOO_LARGE, TOO_MANY_REQUESTS or, for its name, BAD_USER_INPUT; for its parent with RUN_NOT_FOUND, RUN_UNREADABLE, EPOCH_NOT_FOUND, ARTIFACT_MISSING or ARTIFACT_DAMAGED.',
    args: { input: t.arg({ type: LaunchRunInput, required: true }) },
    resolve: (_, { input: { name, config, parent } }, { lab, client }) =>
      launchRun(lab, { name, config: readConfigInput(config), parent, client }),
  }),
  stopRun: t.field({
    type: RunType,
    description: 'Stops an active run; its status is STOPPED once its process has ended. Fails with RUN_NOT_ACTIVE for others.',
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, { lab }) => stopRun(lab, id),
  }),
  resumeRun: t.field({
    type: RunType,
    description:
      'Queues a STOPPED or FAILED run again, to continue after its last completed epoch. Fails with RUN_NOT_RESUMABLE for others.',
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, { lab }) => resumeRun(lab, id),
  }),
  extendRun: t.field({
    type: RunType,
    description:
      'Queues a COMPLETED run for more epochs, to be measured again after the last. Fails with RUN_NOT_COMPLETED, RUN_NOT_EXTENDABLE, DATASET_UNAVAILABLE, ENGINE_UNAVAILABLE or RUN_TOO_LARGE.',
    args: { id: t.arg.id({ required: true }), epochs: t.arg.int({ required: true, description: 'In all, with those that it has.' }) },
    resolve: (_, { id, epochs }, { lab }) => extendRun(lab, id, epochs),
  }),
  analyzeRun: t.field({
    type: RunType,
    description: 'Queues a COMPLETED run to be measured on test data, again where it was before. Fails with RUN_NOT_COMPLETED for others.',
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, { lab }) => analyzeRun(lab, id),
  }),
  updateRun: t.field({
    type: RunType,
    description: 'Changes what is said of a run. Fails with RUN_NOT_FOUND, NOTES_CHANGED or BAD_USER_INPUT.',
    args: { id: t.arg.id({ required: true }), input: t.arg({ type: UpdateRunInput, required: true }) },
    resolve: (_, { id, input }, { lab }) => updateRun(lab, id, input),
  }),
  deleteRuns: t.field({
    type: ['ID'],
    description:
      'Moves runs to the trash, active ones too, which are stopped: they can be restored until `purgeAt`. Fails with RUN_NOT_FOUND, and moves nothing, where one is missing.',
    args: { ids: t.arg.idList({ required: true }) },
    resolve: (_, { ids }, { lab }) => deleteRuns(lab, ids),
  }),
}))
