import { type LandmarkContent, type LandmarkKind, landmarkFormat, latentDimensionOf } from '@hourglass/autoencoders'
import { datasetCatalog } from '@hourglass/datasets'
import { type Read, readPayload, writePayload } from '@hourglass/protocol'
import type { Database, Transaction } from '../database/Database.js'
import { packJson, unpackJson } from '../database/packedJson.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import type { RunChanging } from './changeRuns.js'
import type { Run } from './RunReader.js'
import { requireConfig } from './readConfig.js'
import { checkName } from './runNames.js'

export const MAXIMUM_LANDMARKS = 100
export const MAXIMUM_LANDMARK_NAME = 40
/** Packed, of one: as many rows as data have take a quarter of it. */
export const MOST_CONTENT_BYTES = 1024 ** 2
/** Packed, of all of a run: they are read together. */
const MOST_BYTES_OF_RUN = 2 * 1024 ** 2

/** Something in the latent space of a run that somebody gave a name. */
export interface Landmark {
  readonly kind: LandmarkKind
  readonly name: string
  readonly createdAt: Date
  readonly content: Read<LandmarkContent>
}

/** Lists the landmarks of a run by name. */
export async function readLandmarks({ read }: Pick<Database, 'read'>, runNumber: number): Promise<readonly Landmark[]> {
  const rows = await read.landmark.findMany({ where: { runNumber } })
  const order = new Intl.Collator('en', { numeric: true })
  return rows
    .map(({ kind, name, createdAt, content }) => ({
      kind: kind as LandmarkKind,
      name,
      createdAt,
      content: readPayload(landmarkFormat, unpackJson(content)),
    }))
    .sort((a, b) => order.compare(a.name, b.name))
}

export interface NewLandmark {
  readonly name: string
  readonly content: LandmarkContent
}

/**
 * Gives something in the latent space of a run a name. Throws RUN_NOT_FOUND, RUN_UNREADABLE, or BAD_USER_INPUT where it is nothing that the run has, another
 * of the kind is called so, or there are too many.
 */
export async function addLandmark({ runs, recorder }: RunChanging, runId: string, given: NewLandmark): Promise<Run> {
  const run = await runs.requireRun(runId)
  const name = checkName(given.name, 'name', MAXIMUM_LANDMARK_NAME)
  const content = checkContent(run, given.content)
  const { kind } = content
  const packed = packJson(writePayload(landmarkFormat, content))
  if (packed.byteLength > MOST_CONTENT_BYTES) {
    throw refused(
      `${kind.toLowerCase()}: expected what takes at most ${MOST_CONTENT_BYTES} bytes, got ${packed.byteLength}. Take fewer rows.`,
    )
  }
  return recorder.record(async (facts) => {
    const { transaction } = facts
    if (await transaction.landmark.findUnique({ where: { runNumber_kind_name: { runNumber: run.number, kind, name } } })) {
      throw refused(
        `name: expected one that no other ${kind.toLowerCase()} of the run has, got ${JSON.stringify(name)}. Remove that first.`,
      )
    }
    await requireRoom(transaction, run.number, packed.byteLength)
    const changed = await facts.append(run.number, { kind: 'LANDMARK_CHANGED', payload: { kind, name, isKept: true } })
    await transaction.landmark.create({ data: { runNumber: run.number, kind, name, content: packed } })
    return changed
  })
}

/** Takes the name away again. Throws RUN_NOT_FOUND, or BAD_USER_INPUT where nothing is called so. */
export async function removeLandmark(
  { runs, recorder }: RunChanging,
  runId: string,
  { kind, name }: Pick<Landmark, 'kind' | 'name'>,
): Promise<Run> {
  const { number: runNumber } = await runs.requireRun(runId)
  return recorder.record(async (facts) => {
    const { count } = await facts.transaction.landmark.deleteMany({ where: { runNumber, kind, name } })
    if (count === 0) {
      const got = JSON.stringify(name.slice(0, MAXIMUM_LANDMARK_NAME))
      throw refused(`name: expected a ${kind.toLowerCase()} of the run, got ${got}. It may have been removed.`)
    }
    return facts.append(runNumber, { kind: 'LANDMARK_CHANGED', payload: { kind, name, isKept: false } })
  })
}

async function requireRoom(transaction: Transaction, runNumber: number, bytes: number): Promise<void> {
  const [stored] = await transaction.$queryRaw<{ count: bigint; bytes: bigint }[]>`
    SELECT COUNT(*) AS count, COALESCE(SUM(LENGTH(content)), 0) AS bytes FROM Landmark WHERE runNumber = ${runNumber}`
  if (Number(stored?.count ?? 0) >= MAXIMUM_LANDMARKS) {
    throw refused(`landmarks: expected at most ${MAXIMUM_LANDMARKS} of a run, got one more. Remove one that nobody uses.`)
  }
  const together = Number(stored?.bytes ?? 0) + bytes
  if (together <= MOST_BYTES_OF_RUN) return
  throw refused(`landmarks: expected at most ${MOST_BYTES_OF_RUN} bytes of a run together, got ${together}. Remove a large selection.`)
}

/** Checks that a run has what a landmark is made of. */
function checkContent(run: Run, content: LandmarkContent): LandmarkContent {
  switch (content.kind) {
    case 'POINT': {
      const { code, epoch } = content
      const size = sizeOfCode(run)
      if (code.length !== size) throw refused(`point.code: expected ${size} numbers, got ${code.length}.`)
      if (!code.every(Number.isFinite)) throw refused('point.code: expected finite numbers, got others.')
      if (epoch < 1 || epoch > run.epochsCompleted) {
        throw refused(`point.epoch: expected an epoch that the run has completed, from 1 to ${run.epochsCompleted}, got ${epoch}.`)
      }
      return content
    }
    case 'SELECTION':
      return { ...content, rows: checkRows(run, 'selection.rows', content.rows) }
    case 'DIRECTION': {
      const { towards } = content
      if ('rows' in towards) return { ...content, towards: { rows: checkRows(run, 'direction.rows', towards.rows) } }
      const classes = datasetCatalog[requireConfig(run).data.dataset].classCount
      for (const [side, label] of Object.entries(towards)) {
        if (label < 0 || label >= classes) throw refused(`direction.${side}: expected a class from 0 to ${classes - 1}, got ${label}.`)
      }
      if (towards.to === towards.from) throw refused(`direction: expected two classes, got ${towards.to} twice.`)
      return content
    }
  }
}

function sizeOfCode(run: Run): number {
  const { architecture, data } = requireConfig(run)
  return latentDimensionOf(architecture, datasetCatalog[data.dataset].exampleShape)
}

function checkRows(run: Run, name: string, rows: readonly number[]): number[] {
  const total = (run.testCount ?? 0) + (run.trainCount ?? 0) + (run.validationCount ?? 0)
  const all = [...new Set(rows)].sort((a, b) => a - b)
  if (all.length === 0) throw refused(`${name}: expected at least one example, got none.`)
  const wrong = all.find((row) => !Number.isInteger(row) || row < 0 || row >= total)
  if (wrong === undefined) return all
  throw refused(`${name}: expected rows from 0 to ${total - 1}, as the run has ${total} examples, got ${wrong}.`)
}

function refused(message: string): HourglassError {
  return new HourglassError(errorCodes.badUserInput, message)
}
