import { describeConfig, objectiveTitle } from '@hourglass/autoencoders'
import { datasetCatalog } from '@hourglass/datasets'
import { artifactNames } from '@hourglass/protocol'
import { artifactUrl } from '../../artifacts/artifactUrl.js'
import { describeExtension } from '../../runs/extendRun.js'
import { finalEpoch } from '../../runs/finalEpoch.js'
import type { Run } from '../../runs/RunReader.js'
import { readConfig } from '../../runs/readConfig.js'
import { latestProblem, readLatest } from '../../runs/readLatest.js'
import { whyStoppedEarly } from '../../runs/whyStoppedEarly.js'
import { builder } from './builder.js'
import { RunConfigType, writeConfig } from './configTypes.js'
import { DatasetType } from './Dataset.js'
import { HistoryEntryType } from './HistoryEntry.js'
import { ProgressType } from './Progress.js'
import { RunExtensionType } from './RunExtension.js'
import { describeError, RunErrorType, RunStatusType } from './RunStatus.js'
import { RunSummaryType } from './RunSummary.js'
import { COST_OF_SERIES } from './weighSeries.js'

/** Entries of a run's history that are read. */
const HISTORY_LENGTH = 100

const StoredConfigType = builder.objectRef<Run>('StoredConfig').implement({
  description: 'A configuration as it is stored.',
  fields: (t) => ({
    kind: t.exposeString('kind'),
    version: t.exposeInt('configVersion', { description: 'Of the kind’s format.' }),
    text: t.string({ description: 'As JSON, to be read by people.', resolve: ({ config }) => JSON.stringify(config, null, 2) }),
  }),
})

const RunFileType = builder.objectRef<{ name: string; url: string; bytes: number }>('RunFile').implement({
  fields: (t) => ({ name: t.exposeString('name'), url: t.exposeString('url'), bytes: t.exposeInt('bytes') }),
})

export const RunType = builder.objectRef<Run>('Run')

RunType.implement({
  description: 'One training run.',
  fields: (t) => ({
    id: t.exposeID('id'),
    number: t.exposeInt('number', { description: 'Counts runs from 1 in order of launch; decides the run’s colour. Never given twice.' }),
    name: t.exposeString('name'),
    tags: t.stringList({
      description: 'In the order of the alphabet.',
      complexity: 2,
      resolve: async ({ number }, _, { loaders }) => [...(await loaders.tags.load(number))],
    }),
    notes: t.exposeString('notes', { description: 'What somebody wrote about it, as Markdown; empty where nobody has.' }),
    starred: t.exposeBoolean('isStarred'),
    queuePosition: t.int({
      nullable: true,
      description:
        'From 1, while it is QUEUED: runs that were interrupted, then those that somebody has put in order, then clients in turn. Falls back where others launch runs meanwhile whose turn comes first.',
      resolve: ({ number, status }, _, { loaders }) => (status === 'QUEUED' ? loaders.queuePosition.load(number) : null),
    }),
    archivedAt: t.expose('archivedAt', { type: 'DateTime', nullable: true, description: 'Null where it is not archived.' }),
    deletedAt: t.expose('deletedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was moved to the trash; null where it is not there.',
    }),
    purgeAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'From when on it is deleted for good; null where it is not in the trash.',
      resolve: ({ deletedAt }, _, { lab }) => deletedAt && lab.trash.dueAt(deletedAt),
    }),
    objective: t.string({
      nullable: true,
      description:
        'What it minimizes, in words: losses of runs with other objectives say nothing beside its own. Null where that is not known.',
      resolve: (run) => {
        const read = readConfig(run)
        return 'value' in read ? objectiveTitle(read.value) : null
      },
    }),
    objectiveKey: t.exposeString('objectiveKey', {
      nullable: true,
      description: 'Tells objectives apart whose values cannot be set side by side.',
    }),
    label: t.exposeString('label', {
      nullable: true,
      description: 'What tells it from the other runs of its experiment; null without one.',
    }),
    status: t.field({ type: RunStatusType, resolve: ({ status }) => status }),
    kind: t.exposeString('kind', { description: 'autoencoder for runs that are trained here, elsewhere for those of other programs.' }),
    config: t.field({
      type: RunConfigType,
      nullable: true,
      description:
        'Null for runs of another kind, and where this version cannot read it: `configProblem` says why, `values` what it holds.',
      resolve: (run) => {
        const read = readConfig(run)
        return 'value' in read ? writeConfig(read.value) : null
      },
    }),
    configProblem: t.string({
      nullable: true,
      description: 'Why there is no configuration; null where there is one.',
      resolve: (run) => {
        const read = readConfig(run)
        return 'problem' in read ? read.problem : null
      },
    }),
    storedConfig: t.field({
      type: StoredConfigType,
      description: 'The configuration as it is stored: all there is of one that this version cannot read.',
      resolve: (run) => run,
    }),
    outline: t.string({
      nullable: true,
      description: 'Its configuration in a line: layers, loss, optimizer, batch size; null where there is none that this version can read.',
      resolve: (run) => {
        const read = readConfig(run)
        return 'value' in read ? describeConfig(read.value, datasetCatalog[read.value.data.dataset].exampleShape) : null
      },
    }),
    engine: t.exposeString('engine', { nullable: true, description: 'Engine that trained it, once it has started.' }),
    runtime: t.exposeString('runtime', {
      nullable: true,
      description:
        'How the engine ran ONNX Runtime, once it has started: native, node (native, through onnxruntime-node) or wasm; null for other engines.',
    }),
    host: t.exposeString('host', { nullable: true, description: 'Machine that trains it, or did last, once it has started.' }),
    labVersion: t.exposeString('labVersion', {
      nullable: true,
      description: 'Version of the lab that trained it last; null before it has started, and for runs of earlier versions.',
    }),
    labCommit: t.exposeString('labCommit', {
      nullable: true,
      description: 'Commit that this lab was built of; null where that is not known.',
    }),
    dataset: t.field({
      type: DatasetType,
      nullable: true,
      description: 'Null for data that this lab does not know.',
      resolve: ({ dataset }, _, { lab }) => (dataset === null ? null : lab.datasets.find(dataset)),
    }),
    datasetHash: t.exposeString('datasetHash', {
      nullable: true,
      description: 'SHA-256 of the examples that it uses, once it has loaded them: runs of one hash saw the same data.',
    }),
    parameterCount: t.exposeInt('parameterCount', { nullable: true, description: 'Trainable numbers, once it has started.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', nullable: true }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true }),
    analyzedAt: t.expose('analyzedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When its analysis was made: another time once it was measured again. Null where it has none.',
    }),
    stopRequested: t.exposeBoolean('stopRequested', { description: 'Whether a running run was asked to stop.' }),
    error: t.field({ type: RunErrorType, nullable: true, resolve: describeError }),
    progress: t.field({
      type: ProgressType,
      nullable: true,
      description: 'Live only: where a RUNNING run is, and of a QUEUED one that waits for more than its turn, what for; null for others.',
      resolve: ({ id }, _, { lab }) => lab.queue.progressOf(id) ?? null,
    }),
    finalEpoch: t.int({
      nullable: true,
      description:
        'The epoch whose model stands for it, is measured and opened first: the latest; of a run with patience, once its training is over, the one with the lowest validation loss. Null before the first epoch.',
      resolve: (run) => finalEpoch(run) || null,
    }),
    stoppedEarly: t.string({
      nullable: true,
      description: 'Why it has fewer epochs than its configuration asks for: one sentence; null where it has not stopped early.',
      resolve: (run) => whyStoppedEarly(run),
    }),
    summary: t.field({ type: RunSummaryType, resolve: (run) => ({ run, latest: readLatest(run) }) }),
    metricsProblem: t.string({
      nullable: true,
      description: 'What of its numbers and series is damaged or of another version, and so missing; null where all can be read.',
      complexity: COST_OF_SERIES,
      resolve: async (run, _, { loaders }) => latestProblem(run) ?? (await loaders.seriesProblem.load(run.number)),
    }),
    extension: t.field({
      type: RunExtensionType,
      description: 'What giving it more epochs comes to.',
      complexity: 20,
      resolve: (run, _, { lab }) => describeExtension(lab, run),
    }),
    files: t.field({
      type: [RunFileType],
      complexity: { field: 50, multiplier: 10 },
      resolve: async (run, _, { lab }) =>
        (await lab.artifacts.list(run)).map(({ name, bytes }) => ({ name, bytes, url: artifactUrl(run.id, name) })),
    }),
    logUrl: t.string({
      description: 'Where what its worker says is, live: a text that grows, at most 2 MB of it. Nothing is there before it has started.',
      resolve: ({ id }) => artifactUrl(id, artifactNames.log),
    }),
    history: t.field({
      type: [HistoryEntryType],
      description: `What happened to the run, in order: the newest ${HISTORY_LENGTH}, without its epochs and logged values.`,
      complexity: { field: 10, multiplier: HISTORY_LENGTH / 10 },
      resolve: async ({ number }, _, { lab }) => [...(await lab.runs.history(number, HISTORY_LENGTH))],
    }),
    lastSeq: t.exposeInt('lastSeq', { description: 'Sequence number of the newest stored event.' }),
    revision: t.exposeInt('lastSeq', {
      description:
        'Grows with everything that happens to the run: of two answers the one with the higher number is the newer one, however they came.',
    }),
  }),
})
