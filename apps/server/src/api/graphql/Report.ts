import type { Report } from '../../generated/prisma/client.js'
import { MAXIMUM_BLOCKS, shownBlocks } from '../../reports/changeBlocks.js'
import { addToReport, changeReport, type NewFigure, type ReportChange } from '../../reports/changeReport.js'
import { MAXIMUM_CAPTION, MAXIMUM_PATH, MAXIMUM_TEXT, MAXIMUM_TITLE } from '../../reports/checkBlock.js'
import { MAXIMUM_IMAGE_BYTES, MAXIMUM_REPORT_BYTES, MAXIMUM_TABLE_BYTES, readKeptShapes } from '../../reports/keptFigures.js'
import type { FigureBlock, ReportBlock } from '../../reports/reportFormat.js'
import {
  createReport,
  MAXIMUM_REPORT_NAME,
  MAXIMUM_REPORTS,
  purgeReports,
  type ReportRow,
  readReports,
  requireBlocks,
  requireFewReports,
  requireReport,
  restoreReports,
  trashReports,
} from '../../reports/reports.js'
import { builder } from './builder.js'
import type { Context } from './Context.js'

/** A figure with the report that it is in, and the kept figure's size. */
interface ShownFigure {
  readonly reportId: string
  readonly block: FigureBlock
  readonly size: { readonly width: number; readonly height: number } | null
  readonly hasTable: boolean
}

interface ShownBlock {
  readonly block: ReportBlock
  readonly figure: ShownFigure | null
}

const ReportFigureType = builder.objectRef<ShownFigure>('ReportFigure').implement({
  description: 'A figure of a report: what is kept of it, and where the lab draws it.',
  fields: (t) => ({
    title: t.string({ resolve: ({ block }) => block.title }),
    caption: t.string({ resolve: ({ block }) => block.caption }),
    alternative: t.string({ description: 'What it shows, for those who do not see it.', resolve: ({ block }) => block.alternative }),
    path: t.string({ description: 'Path of the page that draws it, with all that its address says.', resolve: ({ block }) => block.path }),
    name: t.string({ description: 'What it is called on that page.', resolve: ({ block }) => block.figure }),
    isLive: t.boolean({
      description: 'Whether readers see it as its page draws it now, or as it was kept.',
      resolve: ({ block }) => block.isLive,
    }),
    takenAt: t.field({
      type: 'DateTime',
      description: 'When what is kept of it was drawn.',
      resolve: ({ block }) => new Date(block.takenAt),
    }),
    imageUrl: t.string({
      nullable: true,
      description: 'The kept image, PNG; null of a table.',
      resolve: ({ reportId, block, size }) => (size ? `/artifacts/reports/${reportId}/${block.kept}.png` : null),
    }),
    width: t.int({ description: 'Of the kept image in pixels; 0 where there is none.', resolve: ({ size }) => size?.width ?? 0 }),
    height: t.int({ resolve: ({ size }) => size?.height ?? 0 }),
    tableUrl: t.string({
      nullable: true,
      description: 'The kept numbers, CSV; null where they were too many.',
      resolve: ({ reportId, block, hasTable }) => (hasTable ? `/artifacts/reports/${reportId}/${block.kept}.csv` : null),
    }),
  }),
})

const ReportBlockType = builder.objectRef<ShownBlock>('ReportBlock').implement({
  description: 'A stretch of text, or a figure.',
  fields: (t) => ({
    id: t.id({ resolve: ({ block }) => block.id }),
    text: t.string({
      nullable: true,
      description: 'Markdown; null of a figure.',
      resolve: ({ block }) => (block.kind === 'text' ? block.text : null),
    }),
    figure: t.field({ type: ReportFigureType, nullable: true, description: 'Null of text.', resolve: ({ figure }) => figure }),
  }),
})

export const ReportType = builder.objectRef<ReportRow & Partial<Pick<Report, 'blocks'>>>('Report').implement({
  description: 'A page of figures with text between them. Everybody who uses the lab has the same.',
  fields: (t) => ({
    id: t.exposeID('id'),
    number: t.exposeInt('number'),
    name: t.exposeString('name'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime' }),
    revision: t.exposeInt('revision', { description: 'Counts its changes, from 1.' }),
    deletedAt: t.expose('deletedAt', { type: 'DateTime', nullable: true, description: 'When it was moved to the trash.' }),
    purgeAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'From when on it is deleted for good; null where it is not in the trash.',
      resolve: ({ deletedAt }, _, { lab }) => deletedAt && lab.trash.dueAt(deletedAt),
    }),
    figureCount: t.exposeInt('figureCount'),
    blocks: t.field({
      type: [ReportBlockType],
      description: 'In order. Fails with REPORT_UNREADABLE where a newer version of the lab wrote it.',
      complexity: { field: 50, multiplier: MAXIMUM_BLOCKS },
      resolve: readBlocksOf,
    }),
  }),
})

async function readBlocksOf(
  { id, number, blocks }: ReportRow & Partial<Pick<Report, 'blocks'>>,
  _: unknown,
  { lab }: Context,
): Promise<ShownBlock[]> {
  const stored =
    blocks === undefined ? await lab.database.read.report.findUnique({ where: { number }, select: { blocks: true } }) : { blocks }
  const shown = shownBlocks(requireBlocks({ blocks: stored?.blocks ?? null }))
  const kept = await readKeptShapes(lab.database, number)
  return shown.map((block) => {
    if (block.kind === 'text') return { block, figure: null }
    const shape = kept.get(block.kept)
    return { block, figure: { reportId: id, block, size: shape?.size ?? null, hasTable: shape?.hasTable ?? false } }
  })
}

const TakenFigureInput = builder.inputType('TakenFigureInput', {
  description: `What a figure looks like, to be kept: an image, its numbers or both. All of a report take at most ${MAXIMUM_REPORT_BYTES / 1024 ** 2} MiB.`,
  fields: (t) => ({
    image: t.string({ description: `A PNG image of at most ${MAXIMUM_IMAGE_BYTES} bytes, as base64.` }),
    table: t.string({ description: `CSV of at most ${MAXIMUM_TABLE_BYTES} bytes.` }),
  }),
})

const NewFigureInput = builder.inputType('NewFigureInput', {
  fields: (t) => ({
    title: t.string({ required: true, description: `At most ${MAXIMUM_TITLE} characters.` }),
    path: t.string({
      required: true,
      description: `Path of the page of this lab that draws it, with all that its address says, at most ${MAXIMUM_PATH} characters.`,
    }),
    figure: t.string({ required: true, description: 'What it is called on that page.' }),
    isLive: t.boolean({ required: true }),
    caption: t.string({ description: `At most ${MAXIMUM_CAPTION} characters.` }),
    alternative: t.string({ description: `What it shows, for those who do not see it, at most ${MAXIMUM_CAPTION} characters.` }),
    taken: t.field({ type: TakenFigureInput, required: true }),
  }),
})

const AddTextInput = builder.inputType('AddTextInput', {
  fields: (t) => ({
    text: t.string({ required: true, description: `Markdown, at most ${MAXIMUM_TEXT} characters.` }),
    after: t.id({ description: 'The block that it stands behind; none for the beginning.' }),
  }),
})

const WriteTextInput = builder.inputType('WriteTextInput', {
  fields: (t) => ({
    block: t.id({ required: true }),
    text: t.string({ required: true, description: `Markdown, at most ${MAXIMUM_TEXT} characters.` }),
    before: t.string({
      required: true,
      description: 'The text that it was made of: where the block has another by now, this fails with REPORT_CHANGED.',
    }),
  }),
})

const ChangeFigureInput = builder.inputType('ChangeFigureInput', {
  description: 'What is said of a figure from then on; what is left out stays.',
  fields: (t) => ({
    block: t.id({ required: true }),
    title: t.string(),
    caption: t.string(),
    alternative: t.string(),
    isLive: t.boolean(),
    taken: t.field({ type: TakenFigureInput, description: 'What it looks like now, to be kept in place of what was.' }),
  }),
})

const MoveBlockInput = builder.inputType('MoveBlockInput', {
  fields: (t) => ({
    block: t.id({ required: true }),
    after: t.id({ description: 'The block that it is to stand behind; none for the beginning.' }),
  }),
})

const ReportChangeInput = builder.inputType('ReportChangeInput', {
  description: 'One thing that changes in a report.',
  isOneOf: true,
  fields: (t) => ({
    name: t.string({ description: `At most ${MAXIMUM_REPORT_NAME} characters.` }),
    addText: t.field({ type: AddTextInput }),
    writeText: t.field({ type: WriteTextInput }),
    changeFigure: t.field({ type: ChangeFigureInput }),
    move: t.field({ type: MoveBlockInput }),
    remove: t.id({ description: 'A block to be taken out, which can be put back for as many days as the trash keeps runs.' }),
    putBack: t.id({ description: 'A block that was taken out, to stand where it was.' }),
  }),
})

/** What listing all reports costs. */
export const reportsComplexity = { field: 50, multiplier: MAXIMUM_REPORTS / 10 }

builder.queryFields((t) => ({
  reports: t.field({
    type: [ReportType],
    description: 'What was changed last first.',
    args: {
      inTrash: t.arg.boolean({ defaultValue: false, description: 'Those in the trash instead, what was deleted last first.' }),
      search: t.arg.string({ description: 'Part of their names, in any case and script.' }),
    },
    complexity: reportsComplexity,
    resolve: (_, { inTrash, search }, { lab }) => readReports(lab.database, { inTrash: inTrash ?? false, search: search ?? '' }),
  }),
  report: t.field({
    type: ReportType,
    description: 'One report. Fails with REPORT_NOT_FOUND where there is none, or it is in the trash.',
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, { lab }) => requireReport(lab.database, id),
  }),
}))

builder.mutationFields((t) => {
  const ids = t.arg.idList({ required: true })
  return {
    createReport: t.field({
      type: ReportType,
      description: `Begins a report. Fails with BAD_USER_INPUT for its name, or where there are ${MAXIMUM_REPORTS}.`,
      args: { name: t.arg.string({ required: true, description: `At most ${MAXIMUM_REPORT_NAME} characters.` }) },
      resolve: async (_, { name }, { lab }) => told(lab, await createReport(lab.database, name)),
    }),
    addToReport: t.field({
      type: ReportType,
      description: 'Puts a figure behind all that a report has. Fails with REPORT_NOT_FOUND or BAD_USER_INPUT.',
      args: { id: t.arg.id({ required: true }), figure: t.arg({ type: NewFigureInput, required: true }) },
      resolve: async (_, { id, figure }, { lab }) =>
        told(lab, await addToReport(lab.database, { id, days: lab.settings.trashDays }, figure as NewFigure)),
    }),
    changeReport: t.field({
      type: ReportType,
      description:
        'Changes one thing in a report. Fails with REPORT_NOT_FOUND, REPORT_CHANGED where somebody has changed the very same meanwhile, or BAD_USER_INPUT.',
      args: { id: t.arg.id({ required: true }), change: t.arg({ type: ReportChangeInput, required: true }) },
      resolve: async (_, { id, change }, { lab }) =>
        told(lab, await changeReport(lab.database, { id, days: lab.settings.trashDays }, change as ReportChange)),
    }),
    deleteReports: t.field({
      type: [ReportType],
      description:
        'Moves reports to the trash: they can be restored until `purgeAt`. Fails with REPORT_NOT_FOUND, and moves nothing, where one is missing.',
      args: { ids },
      resolve: async (_, args, { lab }) => {
        requireFewReports(args.ids)
        const trashed = await trashReports(lab.database, args.ids)
        lab.trash.wake()
        lab.feeds.reportsChanged(args.ids)
        return trashed
      },
    }),
    restoreReports: t.field({
      type: [ReportType],
      description: 'Takes reports out of the trash. Fails with REPORT_NOT_FOUND, and takes out nothing, where one is missing.',
      args: { ids },
      resolve: async (_, args, { lab }) => {
        requireFewReports(args.ids)
        const restored = await restoreReports(lab.database, args.ids)
        lab.feeds.reportsChanged(args.ids)
        return restored
      },
    }),
    purgeReports: t.field({
      type: ['ID'],
      description: 'Deletes reports for good, in the trash or not; tells of those that there were.',
      args: { ids },
      resolve: async (_, args, { lab }) => {
        requireFewReports(args.ids)
        const purged = await purgeReports(lab.database, args.ids)
        void lab.space.wake()
        lab.feeds.reportsChanged(purged)
        return purged
      },
    }),
  }
})

/** Tells those who follow it that a report was changed. */
function told(lab: Context['lab'], report: Report): Report {
  lab.feeds.reportsChanged([report.id])
  return report
}
