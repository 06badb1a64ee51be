import type { Experiment, Run } from '../../generated/prisma/client.js'
import { errorCodes, HourglassError } from '../../HourglassError.js'
import type { Lab } from '../../Lab.js'
import type { DroppedSum } from '../../storage/RetentionKeeper.js'
import {
  type Disk,
  type StoragePageRequest,
  type StoragePart,
  storageOrders,
  storageParts,
  type Trash,
  type Usage,
} from '../../storage/StorageReader.js'
import { builder } from './builder.js'
import { ExperimentType } from './Experiment.js'
import { RunType } from './Run.js'

const MAXIMUM_PAGE = 200
const BYTES = 'Bytes; a number of any size.'

const StoragePartType = builder.enumType('StoragePart', {
  description:
    'RUNS: files of runs that are not deleted, without their logs. ONNX, CODES (of all examples) and COMPONENTS: caches, which are made again. TRASH: files of deleted runs, which can be restored yet, and what is on its way out. BEFORE_UPGRADE: copies of the database. REPLACED: what restored backups took the place of. LOGS: of the server.',
  values: storageParts,
})

const PartUsageType = builder.objectRef<Usage & { readonly part: StoragePart }>('PartUsage').implement({
  fields: (t) => ({
    part: t.expose('part', { type: StoragePartType }),
    files: t.exposeInt('files'),
    bytes: t.exposeFloat('bytes', { description: BYTES }),
  }),
})

const KindUsageType = builder.objectRef<Usage & { readonly type: string }>('KindUsage').implement({
  description: 'What files of one kind take: checkpoint, codes, reconstructions, resume (training states), figure, originals, corrupted.',
  fields: (t) => ({
    type: t.exposeString('type'),
    files: t.exposeInt('files'),
    bytes: t.exposeFloat('bytes', { description: BYTES }),
  }),
})

const DiskType = builder.objectRef<Disk>('Disk').implement({
  fields: (t) => ({
    freeBytes: t.exposeFloat('freeBytes', { description: BYTES }),
    totalBytes: t.exposeFloat('totalBytes', { description: BYTES }),
  }),
})

const TrashType = builder.objectRef<Trash>('Trash').implement({
  description: 'What was deleted and can be restored yet.',
  fields: (t) => ({
    runs: t.exposeInt('runs'),
    experiments: t.exposeInt('experiments'),
    files: t.exposeInt('files'),
    bytes: t.exposeFloat('bytes', { description: `What deleting all of it for good gives back. ${BYTES}` }),
    days: t.int({ description: 'So many days it lies there.', resolve: (_, __, { lab }) => lab.settings.trashDays }),
  }),
})

const ReportsUsageType = builder.objectRef<Usage & { readonly reports: number }>('ReportsUsage').implement({
  description: 'What is kept of the figures of reports, those in the trash too. It is a part of the database.',
  fields: (t) => ({
    reports: t.exposeInt('reports'),
    figures: t.int({ resolve: ({ files }) => files }),
    bytes: t.exposeFloat('bytes', { description: BYTES }),
  }),
})

const RunUsageType = builder.objectRef<Usage & { readonly run: Run }>('RunUsage').implement({
  fields: (t) => ({
    run: t.field({ type: RunType, resolve: ({ run }) => run }),
    files: t.exposeInt('files'),
    bytes: t.exposeFloat('bytes', { description: BYTES }),
    kinds: t.field({
      type: [KindUsageType],
      complexity: { field: 5, multiplier: 7 },
      resolve: async ({ run }, _, { lab }) => [...(await lab.storage.kindsOf(run.number))],
    }),
  }),
})

const ExperimentUsageType = builder
  .objectRef<Usage & { readonly experiment: Experiment; readonly runs: number }>('ExperimentUsage')
  .implement({
    fields: (t) => ({
      experiment: t.field({ type: ExperimentType, resolve: ({ experiment }) => experiment }),
      runs: t.exposeInt('runs', { description: 'Its runs that have files.' }),
      files: t.exposeInt('files'),
      bytes: t.exposeFloat('bytes', { description: BYTES }),
    }),
  })

interface Page<Row> {
  readonly rows: readonly Row[]
  readonly totalCount: number
}

const totalCount = 'All there are, whatever the page.'

const RunUsagePage = builder.objectRef<Page<Usage & { readonly run: Run }>>('RunUsagePage').implement({
  fields: (t) => ({
    nodes: t.field({ type: [RunUsageType], complexity: { field: 1, multiplier: 1 }, resolve: ({ rows }) => [...rows] }),
    totalCount: t.exposeInt('totalCount', { description: totalCount }),
  }),
})

const ExperimentUsagePage = builder
  .objectRef<Page<Usage & { readonly experiment: Experiment; readonly runs: number }>>('ExperimentUsagePage')
  .implement({
    fields: (t) => ({
      nodes: t.field({ type: [ExperimentUsageType], complexity: { field: 1, multiplier: 1 }, resolve: ({ rows }) => [...rows] }),
      totalCount: t.exposeInt('totalCount', { description: totalCount }),
    }),
  })

const StorageOrderType = builder.enumType('StorageOrder', { values: storageOrders })
const DirectionType = builder.enumType('StorageDirection', { values: ['ASC', 'DESC'] as const })

const weigh = ({ first }: { readonly first?: number | null | undefined }) => ({
  field: 500,
  multiplier: Math.min(Math.max(first ?? 50, 1), MAXIMUM_PAGE),
})

interface Retention extends DroppedSum {
  readonly lab: Lab
}

const RetentionType = builder.objectRef<Retention>('Retention').implement({
  description:
    'What retention would take away from runs that have ended: they were trained under another setting, or by an earlier version.',
  fields: (t) => ({
    runs: t.exposeInt('runs', { description: 'Runs that keep models of more epochs than one of today would.' }),
    epochs: t.exposeInt('epochs', { description: 'Epochs of these runs together whose checkpoints and codes would go.' }),
    bytes: t.exposeFloat('bytes', { description: BYTES }),
    isApplying: t.boolean({ description: 'Whether they are being removed.', resolve: ({ lab }) => lab.retention.isApplying }),
    keepsUpTo: t.float({
      nullable: true,
      description: 'Bytes of a run up to which all its epochs keep their models; null where they always do.',
      resolve: ({ lab: { settings } }) => (settings.retentionBytes === Number.MAX_SAFE_INTEGER ? null : settings.retentionBytes),
    }),
    keptEpochs: t.int({
      description: 'About so many of a larger run keep theirs, with the first, the best and the last.',
      resolve: ({ lab }) => lab.settings.retentionEpochs,
    }),
  }),
})

const readRetention = async (lab: Lab): Promise<Retention> => ({ ...(await lab.retention.count()), lab })

const StorageType = builder.objectRef<Lab>('Storage').implement({
  description: 'What uses how much of the disk.',
  fields: (t) => {
    const pageArgs = {
      first: t.arg.int({ defaultValue: 50 }),
      skip: t.arg.int({ defaultValue: 0, description: 'So many before the page.' }),
      orderBy: t.arg({ type: StorageOrderType, defaultValue: 'BYTES' }),
      direction: t.arg({ type: DirectionType, defaultValue: 'DESC' }),
    }
    return {
      parts: t.field({
        type: [PartUsageType],
        description: 'All of the data folder, by what it is.',
        complexity: { field: 500, multiplier: storageParts.length },
        resolve: async ({ storage }) => [...(await storage.parts())].map(([part, usage]) => ({ part, ...usage })),
      }),
      trash: t.field({ type: TrashType, complexity: 500, resolve: ({ storage }) => storage.trash() }),
      reports: t.field({ type: ReportsUsageType, complexity: 500, resolve: ({ storage }) => storage.reports() }),
      disk: t.field({
        type: DiskType,
        nullable: true,
        description: 'Null where the system does not tell.',
        resolve: ({ storage }) => storage.disk(),
      }),
      retention: t.field({
        type: RetentionType,
        complexity: { field: 500, multiplier: 1 },
        resolve: (lab) => readRetention(lab),
      }),
      kinds: t.field({
        type: [KindUsageType],
        description: 'Files of all runs by their kind, the largest first.',
        complexity: { field: 500, multiplier: 7 },
        resolve: async ({ storage }) => [...(await storage.kinds())],
      }),
      runs: t.field({
        type: RunUsagePage,
        description: `Runs that have files, at most ${MAXIMUM_PAGE} at a time, the largest first.`,
        args: pageArgs,
        complexity: weigh,
        resolve: async ({ storage }, args, { loaders }) => {
          const { rows, totalCount } = await storage.runs(readPage(args))
          const runs = await Promise.all(
            rows.map(async ({ number, ...usage }) => ({ ...usage, run: await loaders.runByNumber.load(number) })),
          )
          return { rows: runs.flatMap(({ run, ...usage }) => (run ? [{ ...usage, run }] : [])), totalCount }
        },
      }),
      experiments: t.field({
        type: ExperimentUsagePage,
        description: `Experiments whose runs have files, at most ${MAXIMUM_PAGE} at a time, the largest first.`,
        args: pageArgs,
        complexity: weigh,
        resolve: async ({ storage }, args, { loaders }) => {
          const { rows, totalCount } = await storage.experiments(readPage(args))
          const found = await Promise.all(
            rows.map(async ({ id, ...usage }) => ({ ...usage, experiment: await loaders.experiment.load(id) })),
          )
          return { rows: found.flatMap(({ experiment, ...usage }) => (experiment ? [{ ...usage, experiment }] : [])), totalCount }
        },
      }),
    }
  },
})

interface PageArguments {
  readonly first?: number | null | undefined
  readonly skip?: number | null | undefined
  readonly orderBy?: StoragePageRequest['orderBy'] | null | undefined
  readonly direction?: 'ASC' | 'DESC' | null | undefined
}

function readPage({ first, skip, orderBy, direction }: PageArguments): StoragePageRequest {
  const size = first ?? 50
  if (size < 1 || size > MAXIMUM_PAGE)
    throw new HourglassError(errorCodes.badUserInput, `first: expected 1 to ${MAXIMUM_PAGE}, got ${size}.`)
  if ((skip ?? 0) < 0) throw new HourglassError(errorCodes.badUserInput, `skip: expected a number from 0, got ${skip}.`)
  return { first: size, skip: skip ?? 0, orderBy: orderBy ?? 'BYTES', isAscending: direction === 'ASC' }
}

builder.queryFields((t) => ({ storage: t.field({ type: StorageType, resolve: (_, __, { lab }) => lab }) }))

builder.mutationFields((t) => ({
  applyRetention: t.field({
    type: RetentionType,
    description:
      'Begins to remove the models of epochs that retention does not keep from runs that have ended, and answers what that is. Metrics and reconstructions of all epochs stay, and the models of the first, the best and the last.',
    resolve: async (_, __, { lab }) => {
      const found = await readRetention(lab)
      lab.retention.begin()
      return found
    },
  }),
}))
