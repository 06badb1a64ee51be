import { createHash } from 'node:crypto'
import type { Database, Transaction } from '../database/Database.js'
import type { Prisma } from '../generated/prisma/client.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import { requirePng } from './requirePng.js'

/** As base64 inside of one request, with a table beside it, that is about as much as a request may hold. */
export const MAXIMUM_IMAGE_BYTES = 2_359_296
export const MAXIMUM_TABLE_BYTES = 786_432
/** What all kept figures of one report may take. */
export const MAXIMUM_REPORT_BYTES = 64 * 1024 ** 2

/** What a figure looks like, as a client sends it. */
export interface TakenFigure {
  /** A PNG image as base64; absent of a table. */
  readonly image?: string | null | undefined
  /** Its numbers as CSV; absent where they are too many. */
  readonly table?: string | null | undefined
}

export type CheckedFigure = Pick<Prisma.KeptFigureUncheckedCreateInput, 'hash' | 'image' | 'width' | 'height' | 'table' | 'bytes'>

/** Checks that what a figure looks like is what it says to be. Throws BAD_USER_INPUT. */
export async function checkTaken({ image, table }: TakenFigure): Promise<CheckedFigure> {
  if (typeof image !== 'string' && typeof table !== 'string') throw refusal('figure: expected an image, a table or both, got neither.')
  const png = typeof image === 'string' ? readBase64(image) : null
  const { width, height } = png ? await requirePng(png) : { width: 0, height: 0 }
  const text = typeof table === 'string' ? table : null
  const tableBytes = Buffer.byteLength(text ?? '')
  if (tableBytes > MAXIMUM_TABLE_BYTES) throw refusal(`table: expected at most ${MAXIMUM_TABLE_BYTES} bytes, got ${tableBytes}.`)
  if (text && /[^\P{Cc}\r\n\t]/u.test(text)) throw refusal('table: expected visible characters, got a control character.')
  return {
    hash: hashOf(png, text),
    image: png ? new Uint8Array(png) : null,
    width,
    height,
    table: text,
    bytes: (png?.length ?? 0) + tableBytes,
  }
}

/** Names what is kept of a figure after its content. */
export function hashOf(image: Uint8Array | null, table: string | null): string {
  return createHash('sha256')
    .update(String(image?.length ?? -1))
    .update(image ?? '')
    .update(table ?? '')
    .digest('hex')
}

/** Keeps what a figure looks like with a report. Throws BAD_USER_INPUT where the report would take too much. */
export async function keepFigure(transaction: Transaction, reportNumber: number, figure: CheckedFigure): Promise<void> {
  const { hash } = figure
  if (await transaction.keptFigure.findUnique({ where: { reportNumber_hash: { reportNumber, hash } }, select: { hash: true } })) return
  const { _sum } = await transaction.keptFigure.aggregate({ where: { reportNumber }, _sum: { bytes: true } })
  if ((_sum.bytes ?? 0) + figure.bytes > MAXIMUM_REPORT_BYTES) {
    throw refusal(`figure: expected figures of at most ${MAXIMUM_REPORT_BYTES / 1024 ** 2} MiB in a report, got more. Begin another one.`)
  }
  await transaction.keptFigure.create({ data: { reportNumber, ...figure } })
}

export interface ServedFigure {
  readonly image: Uint8Array | null
  readonly table: string | null
}

/** Reads what is kept of a figure of a report that is not in the trash; null where there is none. */
export function readKept({ read }: Pick<Database, 'read'>, reportId: string, hash: string): Promise<ServedFigure | null> {
  return read.keptFigure.findFirst({ where: { hash, report: { id: reportId, deletedAt: null } }, select: { image: true, table: true } })
}

function readBase64(text: string): Buffer {
  const most = Math.ceil(MAXIMUM_IMAGE_BYTES / 3) * 4
  if (text.length > most)
    throw refusal(`image: expected at most ${MAXIMUM_IMAGE_BYTES} bytes, got about ${Math.floor((text.length * 3) / 4)}.`)
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || text.length % 4 !== 0) throw refusal('image: expected base64, got other characters.')
  return Buffer.from(text, 'base64')
}

const refusal = (message: string) => new HourglassError(errorCodes.badUserInput, message)

/** What is kept of a figure, without the image and the numbers themselves. */
export interface KeptShape {
  /** Of its image, in pixels; null where none is kept. */
  readonly size: { readonly width: number; readonly height: number } | null
  /** Whether its numbers are kept. */
  readonly hasTable: boolean
}

/** Reads what is kept of the figures of a report, by their hashes. */
export async function readKeptShapes({ read }: Pick<Database, 'read'>, reportNumber: number): Promise<ReadonlyMap<string, KeptShape>> {
  const rows = await read.$queryRaw<{ hash: string; width: bigint; height: bigint; hasImage: bigint; hasTable: bigint }[]>`
    SELECT hash, width, height, image IS NOT NULL AS hasImage, "table" IS NOT NULL AS hasTable FROM KeptFigure WHERE reportNumber = ${reportNumber}`
  const shapeOf = ({ width, height, hasImage, hasTable }: (typeof rows)[number]): KeptShape => ({
    size: Number(hasImage) === 1 ? { width: Number(width), height: Number(height) } : null,
    hasTable: Number(hasTable) === 1,
  })
  return new Map(rows.map((row) => [row.hash, shapeOf(row)]))
}
