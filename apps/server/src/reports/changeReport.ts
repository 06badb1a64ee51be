import { createId } from '../createId.js'
import type { Database } from '../database/Database.js'
import type { Report } from '../generated/prisma/client.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import { checkName } from '../runs/runNames.js'
import { addBlock, appendBlock, changeFigure, moveBlock, putBackBlock, removeBlock, writeText } from './changeBlocks.js'
import { checkFigureName, checkPath, checkText, MAXIMUM_CAPTION, MAXIMUM_TITLE } from './checkBlock.js'
import { checkTaken, keepFigure, type TakenFigure } from './keptFigures.js'
import type { FigureBlock, ReportBlock } from './reportFormat.js'
import { editReport, MAXIMUM_REPORT_NAME } from './reports.js'

type Optional<Value> = Value | null | undefined

/** What somebody does to a report: one of these. */
export interface ReportChange {
  readonly name?: Optional<string>
  readonly addText?: Optional<{ readonly text: string; readonly after?: Optional<string> }>
  readonly writeText?: Optional<{ readonly block: string; readonly text: string; readonly before: string }>
  readonly changeFigure?: Optional<FigureChange>
  readonly move?: Optional<{ readonly block: string; readonly after?: Optional<string> }>
  readonly remove?: Optional<string>
  readonly putBack?: Optional<string>
}

/** What is said of a figure from then on; what is left out stays. */
export interface FigureChange {
  readonly block: string
  readonly title?: Optional<string>
  readonly caption?: Optional<string>
  readonly alternative?: Optional<string>
  readonly isLive?: Optional<boolean>
  /** What it looks like now, to be kept in place of what was. */
  readonly taken?: Optional<TakenFigure>
}

export interface NewFigure {
  readonly title: string
  readonly path: string
  readonly figure: string
  readonly isLive: boolean
  readonly caption?: Optional<string>
  readonly alternative?: Optional<string>
  readonly taken: TakenFigure
}

export interface ReportPlace {
  readonly id: string
  /** What was taken out of a report can be put back for so many days. */
  readonly days: number
}

/**
 * Changes one thing in a report. Whoever changes another thing at the same time is not in the way. Throws REPORT_NOT_FOUND, REPORT_CHANGED where somebody has
 * changed the very same meanwhile, or BAD_USER_INPUT.
 */
export async function changeReport(database: Pick<Database, 'write'>, place: ReportPlace, change: ReportChange): Promise<Report> {
  const { name, changeFigure: ofFigure } = change
  if (typeof name === 'string') {
    const checked = checkName(name, 'name', MAXIMUM_REPORT_NAME)
    return editReport(database, { ...place, edit: () => ({ name: checked }) })
  }
  if (ofFigure) return describeFigure(database, place, ofFigure)
  const edit = editOf(change)
  return editReport(database, { ...place, edit: (blocks) => ({ blocks: edit(blocks) }) })
}

/** Puts a figure behind all that a report has. Throws REPORT_NOT_FOUND or BAD_USER_INPUT. */
export async function addToReport(database: Pick<Database, 'write'>, place: ReportPlace, given: NewFigure): Promise<Report> {
  const kept = await checkTaken(given.taken)
  const block: FigureBlock = {
    id: createId(),
    kind: 'figure',
    removedAt: null,
    title: checkTitle(given.title),
    caption: checkText(given.caption ?? '', 'caption', MAXIMUM_CAPTION),
    alternative: checkText(given.alternative ?? '', 'alternative', MAXIMUM_CAPTION),
    path: checkPath(given.path),
    figure: checkFigureName(given.figure),
    isLive: given.isLive,
    kept: kept.hash,
    takenAt: new Date().toISOString(),
  }
  return editReport(database, {
    ...place,
    edit: async (blocks, transaction, { number }) => {
      await keepFigure(transaction, number, kept)
      return { blocks: appendBlock(blocks, block) }
    },
  })
}

function editOf({
  addText,
  writeText: write,
  move,
  remove,
  putBack,
}: ReportChange): (blocks: readonly ReportBlock[]) => readonly ReportBlock[] {
  if (addText) {
    const block = { id: createId(), kind: 'text' as const, removedAt: null, text: checkText(addText.text) }
    return (blocks) => addBlock(blocks, block, addText.after ?? null)
  }
  if (write) {
    const text = checkText(write.text)
    return (blocks) => writeText(blocks, write.block, { text, before: write.before })
  }
  if (move) return (blocks) => moveBlock(blocks, move.block, move.after ?? null)
  if (typeof remove === 'string') return (blocks) => removeBlock(blocks, remove, new Date())
  if (typeof putBack === 'string') return (blocks) => putBackBlock(blocks, putBack)
  throw new HourglassError(errorCodes.badUserInput, 'change: expected one thing to change, got none.')
}

async function describeFigure(database: Pick<Database, 'write'>, place: ReportPlace, given: FigureChange): Promise<Report> {
  const { block, title, caption, alternative, isLive } = given
  const kept = given.taken ? await checkTaken(given.taken) : null
  const change: Partial<FigureBlock> = {
    ...(typeof title === 'string' ? { title: checkTitle(title) } : {}),
    ...(typeof caption === 'string' ? { caption: checkText(caption, 'caption', MAXIMUM_CAPTION) } : {}),
    ...(typeof alternative === 'string' ? { alternative: checkText(alternative, 'alternative', MAXIMUM_CAPTION) } : {}),
    ...(typeof isLive === 'boolean' ? { isLive } : {}),
    ...(kept ? { kept: kept.hash, takenAt: new Date().toISOString() } : {}),
  }
  return editReport(database, {
    ...place,
    edit: async (blocks, transaction, { number }) => {
      if (kept) await keepFigure(transaction, number, kept)
      return { blocks: changeFigure(blocks, block, change) }
    },
  })
}

const checkTitle = (title: string) => checkName(title, 'title', MAXIMUM_TITLE)
