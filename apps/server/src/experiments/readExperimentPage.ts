import { foldText } from '@hourglass/query'
import { z } from 'zod'
import { escapeLike } from '../database/likePattern.js'
import type { PrismaClient } from '../generated/prisma/client.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import { newestSeq } from '../runs/newestSeq.js'
import { MAXIMUM_NAME_LENGTH } from '../runs/runNames.js'
import type { Experiment } from './ExperimentReader.js'

export interface ExperimentPageRequest {
  readonly first: number
  /** Cursor of the experiment before the page. */
  readonly after: string | undefined
  /** Part of the name, in any case. */
  readonly search: string | undefined
  /** Those in the trash, in place of the others. */
  readonly isDeleted: boolean
}

export interface ExperimentPage {
  readonly edges: readonly { readonly cursor: string; readonly node: Experiment }[]
  readonly hasNextPage: boolean
  readonly endCursor: string | null
  /** Newest event of the lab before the page was read: whoever follows from there on misses nothing. */
  readonly lastSeq: number
  /** Counts the experiments that match, whatever the page. */
  readonly count: () => Promise<number>
}

/** Reads one page of experiments, the newest first. Throws BAD_USER_INPUT for a cursor that is none, and for a longer search than names are. */
export async function readExperimentPage(
  read: PrismaClient,
  { first, after, search, isDeleted }: ExperimentPageRequest,
): Promise<ExperimentPage> {
  const part = search?.trim() ?? ''
  if (part.length > MAXIMUM_NAME_LENGTH) {
    throw new HourglassError(
      errorCodes.badUserInput,
      `search: expected at most ${MAXIMUM_NAME_LENGTH} characters, as names have, got ${part.length.toLocaleString('en')}.`,
    )
  }
  const named = part === '' ? {} : { nameFolded: { contains: escapeLike(foldText(part)) } }
  const where = { ...named, deletedAt: isDeleted ? { not: null } : null }
  const lastSeq = await newestSeq(read)
  const rows = await read.experiment.findMany({
    where: after === undefined ? where : { AND: [where, { number: { lt: readCursor(after) } }] },
    orderBy: { number: 'desc' },
    take: first + 1,
  })
  const edges = rows.slice(0, first).map((node) => ({ cursor: writeCursor(node), node }))
  return {
    edges,
    hasNextPage: rows.length > first,
    endCursor: edges.at(-1)?.cursor ?? null,
    lastSeq,
    count: () => read.experiment.count({ where }),
  }
}

function writeCursor({ number }: Experiment): string {
  return Buffer.from(JSON.stringify(['EXPERIMENT', number])).toString('base64url')
}

/** Far more than a cursor is made of. */
const MAXIMUM_CURSOR_LENGTH = 200

const cursorSchema = z.tuple([z.literal('EXPERIMENT'), z.int()])

function readCursor(cursor: string): number {
  try {
    if (cursor.length > MAXIMUM_CURSOR_LENGTH) throw new RangeError('longer than any cursor')
    return cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))[1]
  } catch {
    const got = JSON.stringify(cursor.slice(0, 80))
    throw new HourglassError(errorCodes.badUserInput, `after: expected a cursor of a page of experiments, got ${got}.`)
  }
}
