import { foldText, orderKey } from '@hourglass/query'
import type { Transaction } from '../database/Database.js'
import type { Prisma, PrismaClient, Run } from '../generated/prisma/client.js'
import { errorCodes, HourglassError } from '../HourglassError.js'

export const MAXIMUM_NOTES_LENGTH = 20_000
export const MAXIMUM_TAG_LENGTH = 60
export const MAXIMUM_TAGS = 50

type Texts = Pick<Run, 'name' | 'label' | 'notes'>

/** What the row of a run says of its name besides. */
export const nameColumns = (name: string) => ({ name, nameKey: orderKey(name) })

/** Writes down the texts of a run's row as they are searched for, in place of those that were. */
export async function keepTexts(transaction: Transaction, runNumber: number, { name, label, notes }: Texts): Promise<void> {
  const texts = [
    { kind: 'NAME', text: name },
    { kind: 'LABEL', text: label ?? '' },
    { kind: 'NOTES', text: notes },
  ].filter(({ text }) => text !== '')
  await transaction.runText.deleteMany({ where: { runNumber, kind: { in: ['NAME', 'LABEL', 'NOTES'] } } })
  await transaction.runText.createMany({ data: texts.map(({ kind, text }) => ({ kind, runNumber, folded: foldText(text), text: '' })) })
}

/** Trims notes; throws BAD_USER_INPUT where they are too long, or hold characters that nobody can see. */
export function checkNotes(notes: string): string {
  const trimmed = notes.replace(/\r\n?/g, '\n').trim()
  if (/[^\P{Cc}\n\t]/u.test(trimmed)) {
    throw new HourglassError(errorCodes.badUserInput, 'notes: expected visible characters, got a control character.')
  }
  if (trimmed.length <= MAXIMUM_NOTES_LENGTH) return trimmed
  throw new HourglassError(errorCodes.badUserInput, `notes: expected at most ${MAXIMUM_NOTES_LENGTH} characters, got ${trimmed.length}.`)
}

/** Trims tags, each once whatever its case; throws BAD_USER_INPUT for one that is empty, too long or not visible, or too many. */
export function checkTags(tags: readonly string[], argument = 'tags'): readonly string[] {
  const byFolded = new Map<string, string>()
  for (const tag of tags) {
    const trimmed = tag.normalize('NFC').trim().replace(/\s+/gu, ' ')
    if (/\p{Cc}/u.test(trimmed) || trimmed.length < 1 || trimmed.length > MAXIMUM_TAG_LENGTH) {
      const got = JSON.stringify(trimmed.slice(0, 80))
      throw new HourglassError(
        errorCodes.badUserInput,
        `${argument}: expected tags of 1 to ${MAXIMUM_TAG_LENGTH} visible characters, got ${got}.`,
      )
    }
    if (!byFolded.has(foldText(trimmed))) byFolded.set(foldText(trimmed), trimmed)
  }
  if (byFolded.size <= MAXIMUM_TAGS) return [...byFolded.values()]
  throw new HourglassError(errorCodes.badUserInput, `${argument}: expected at most ${MAXIMUM_TAGS} tags, got ${byFolded.size}.`)
}

/** Lays a tag of a run out as its row. */
export function tagRow(runNumber: number, tag: string): Prisma.RunTextCreateManyInput {
  return { kind: 'TAG', runNumber, folded: foldText(tag), text: tag }
}

/** Reads the tags of runs, each run's in the order of the alphabet. */
export async function readTags(
  read: Pick<PrismaClient, 'runText'>,
  runNumbers: readonly number[],
): Promise<ReadonlyMap<number, readonly string[]>> {
  const rows = await read.runText.findMany({
    where: { kind: 'TAG', runNumber: { in: [...runNumbers] } },
    select: { runNumber: true, text: true },
  })
  const tags = new Map<number, string[]>(runNumbers.map((number) => [number, []]))
  for (const { runNumber, text } of rows) tags.get(runNumber)?.push(text)
  for (const own of tags.values()) own.sort((a, b) => (orderKey(a) < orderKey(b) ? -1 : 1))
  return tags
}
