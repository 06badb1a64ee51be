import { errorCodes, HourglassError } from '../HourglassError.js'
import type { FigureBlock, ReportBlock, TextBlock } from './reportFormat.js'

export const MAXIMUM_BLOCKS = 100
/** Blocks that were taken out of one report and can be put back. */
const MAXIMUM_REMOVED = 100

/** Puts a block behind another one, or first where `after` is null. Throws REPORT_CHANGED where that one is not there, BAD_USER_INPUT where there are too many. */
export function addBlock(blocks: readonly ReportBlock[], block: ReportBlock, after: string | null): readonly ReportBlock[] {
  requireRoom(blocks)
  return blocks.toSpliced(placeAfter(blocks, after), 0, block)
}

/** Puts a block behind all others. */
export function appendBlock(blocks: readonly ReportBlock[], block: ReportBlock): readonly ReportBlock[] {
  requireRoom(blocks)
  return [...blocks, block]
}

/** Moves a block behind another one, or to the beginning where `after` is null. Throws REPORT_CHANGED where one of them is not there. */
export function moveBlock(blocks: readonly ReportBlock[], id: string, after: string | null): readonly ReportBlock[] {
  const moved = requireShown(blocks, id)
  if (after === id) return blocks
  const others = blocks.filter((block) => block !== moved)
  return others.toSpliced(placeAfter(others, after), 0, moved)
}

/** Takes a block out; it keeps its place, where it can be put back. Throws REPORT_CHANGED where it is not there. */
export function removeBlock(blocks: readonly ReportBlock[], id: string, at: Date): readonly ReportBlock[] {
  const removed = requireShown(blocks, id)
  return blocks.map((block) => (block === removed ? { ...block, removedAt: at.toISOString() } : block))
}

/** Puts a block back where it was. Throws REPORT_CHANGED where it is gone for good. */
export function putBackBlock(blocks: readonly ReportBlock[], id: string): readonly ReportBlock[] {
  const found = blocks.find((block) => block.id === id)
  if (!found) throw changed('It was taken out, and is gone for good.')
  if (found.removedAt === null) return blocks
  requireRoom(blocks)
  return blocks.map((block) => (block === found ? { ...block, removedAt: null } : block))
}

/** Writes a text in place of the one that it was made of. Throws REPORT_CHANGED where somebody has written another meanwhile, or the block is not there. */
export function writeText(
  blocks: readonly ReportBlock[],
  id: string,
  { text, before }: { readonly text: string; readonly before: string },
): readonly ReportBlock[] {
  const found = requireShown(blocks, id)
  if (found.kind !== 'text') throw new HourglassError(errorCodes.badUserInput, 'block: expected one of text, got a figure.')
  if (found.text === text) return blocks
  if (found.text !== before) throw changed('Somebody has written another text there.')
  return replace(blocks, found, { ...found, text })
}

/** Changes what is said of a figure. Throws REPORT_CHANGED where it is not there. */
export function changeFigure(blocks: readonly ReportBlock[], id: string, change: Partial<FigureBlock>): readonly ReportBlock[] {
  const found = requireShown(blocks, id)
  if (found.kind !== 'figure') throw new HourglassError(errorCodes.badUserInput, 'block: expected a figure, got text.')
  return replace(blocks, found, { ...found, ...change })
}

/** Blocks that readers see. */
export function shownBlocks(blocks: readonly ReportBlock[]): readonly ReportBlock[] {
  return blocks.filter(({ removedAt }) => removedAt === null)
}

/** Drops what was taken out before a time, and the earliest of very much that was. */
export function dropRemoved(blocks: readonly ReportBlock[], before: Date): readonly ReportBlock[] {
  const removed = blocks.flatMap(({ removedAt }) => removedAt ?? []).sort()
  const earliest = removed.at(-MAXIMUM_REMOVED) ?? ''
  const kept = [before.toISOString(), earliest].sort().at(-1) ?? ''
  return blocks.filter(({ removedAt }) => removedAt === null || removedAt >= kept)
}

function replace(blocks: readonly ReportBlock[], old: ReportBlock, block: TextBlock | FigureBlock): readonly ReportBlock[] {
  return blocks.map((each) => (each === old ? block : each))
}

function placeAfter(blocks: readonly ReportBlock[], after: string | null): number {
  return after === null ? 0 : blocks.indexOf(requireShown(blocks, after)) + 1
}

function requireShown(blocks: readonly ReportBlock[], id: string): ReportBlock {
  const found = blocks.find((block) => block.id === id && block.removedAt === null)
  if (found) return found
  throw changed(`Its block ${JSON.stringify(id.slice(0, 40))} is not there any more.`)
}

function requireRoom(blocks: readonly ReportBlock[]): void {
  if (shownBlocks(blocks).length < MAXIMUM_BLOCKS) return
  throw new HourglassError(
    errorCodes.badUserInput,
    `blocks: expected at most ${MAXIMUM_BLOCKS} in a report, got one more. Begin another one.`,
  )
}

const changed = (what: string) =>
  new HourglassError(errorCodes.reportChanged, `The report was changed meanwhile. ${what} Read it again; what you wrote was not stored.`)
