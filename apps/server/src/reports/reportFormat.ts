import { type Format, type Read, readStored, versionOf } from '@hourglass/protocol'
import { z } from 'zod'
import type { Prisma } from '../generated/prisma/client.js'

const shared = {
  id: z.string(),
  /** When it was taken out, as ISO 8601; null where it is shown. It keeps its place until it goes for good. */
  removedAt: z.string().nullable(),
}

const textBlock = z.strictObject({ ...shared, kind: z.literal('text'), text: z.string() })

const figureBlock = z.strictObject({
  ...shared,
  kind: z.literal('figure'),
  title: z.string(),
  caption: z.string(),
  /** What it shows, for those who do not see it. */
  alternative: z.string(),
  /** Path of the page that draws it, with all that its address says. */
  path: z.string(),
  /** What it is called on that page. */
  figure: z.string(),
  /** Whether readers see it as its page draws it now, or as it was kept. */
  isLive: z.boolean(),
  /** Hash of what is kept of it, and when that was drawn, as ISO 8601. */
  kept: z.string(),
  takenAt: z.string(),
})

const block = z.discriminatedUnion('kind', [textBlock, figureBlock])

/** A stretch of text in Markdown. */
export type TextBlock = z.output<typeof textBlock>
export type FigureBlock = z.output<typeof figureBlock>
export type ReportBlock = z.output<typeof block>

const reportFormat: Format<readonly ReportBlock[]> = { subject: 'report', schema: z.array(block), upgrades: [] }
const envelope = z.strictObject({ version: z.int(), value: z.unknown() })

/** Lays the blocks of a report out as they are stored, with the version of their format. */
export function writeBlocks(value: readonly ReportBlock[]): Prisma.InputJsonObject {
  return { version: versionOf(reportFormat), value: [...value] }
}

/** Reads stored blocks by the version that wrote them; says why where they cannot be read. */
export function readBlocks(stored: unknown): Read<readonly ReportBlock[]> {
  const read = envelope.safeParse(stored)
  return read.success
    ? readStored(reportFormat, { version: read.data.version, value: read.data.value })
    : { problem: 'report: expected a version and a value.' }
}
