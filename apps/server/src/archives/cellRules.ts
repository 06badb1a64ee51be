import { landmarkKinds } from '@hourglass/autoencoders'
import { selections } from '@hourglass/datasets'
import { axes, runStatuses } from '@hourglass/protocol'
import { unpackJson } from '../database/packedJson.js'
import { readSearch, searchStatuses } from '../experiments/searchFormat.js'
import { textKinds } from '../runs/query/runFields.js'
import { numbersOfLatest } from '../runs/readLatest.js'
import { hidesCharacters } from '../runs/runNames.js'
import type { Row } from './ArchiveRows.js'
import { inWords } from './archiveLimits.js'

type Cell = Row[string] | undefined

/** What a cell may hold: how a refusal says it, and whether one does. */
export interface CellRule {
  readonly expected: string
  readonly holds: (cell: Cell) => boolean
}

/** GraphQL and Prisma hold no larger whole numbers. */
const MOST_WHOLE = 2 ** 31 - 1
/** More than any run counts of epochs, attempts and places in an experiment, and far enough from what can be counted on. */
const MOST_COUNT = 1_000_000
/** The year 10000: what comes after is written otherwise. */
const MOST_TIME = Date.UTC(10_000, 0)
/** Of objects and lists in each other: whoever reads them deeper needs more stack than there is. */
const MOST_DEPTH = 64
const SHA256_BYTES = 32
/** What Prisma reads from a column of each type; anything else there would make whole pages unreadable. */
const byType: Readonly<Record<string, CellRule>> = {
  INTEGER: whole(0, MOST_WHOLE),
  BOOLEAN: { expected: 'BOOLEAN (0 or 1)', holds: (cell) => cell === 0 || cell === 1 },
  REAL: { expected: 'REAL that is finite', holds: (cell) => typeof cell === 'number' && Number.isFinite(cell) },
  // C programs, SQLite's own among them, end a text there.
  TEXT: { expected: 'TEXT without U+0000', holds: (cell) => typeof cell === 'string' && !cell.includes('\0') },
  DATETIME: { expected: 'DATETIME from 1970 to 9999', holds: isTime },
  JSONB: json('JSONB of finite numbers', () => true),
  BLOB: { expected: 'BLOB', holds: (cell) => cell instanceof Uint8Array },
}

const count = whole(0, MOST_COUNT)

/** As what names something is read when somebody types it. */
const name: CellRule = { expected: 'TEXT of visible characters', holds: (cell) => typeof cell === 'string' && !hidesCharacters(cell) }

/** One that cannot be unpacked is told of by the run's page, as one that is damaged. */
const packed: CellRule = {
  expected: 'BLOB of finite numbers',
  holds: (cell) => cell instanceof Uint8Array && isReadable(unpackJson(cell)),
}

/** Columns that hold less than their type says. */
const byColumn: Readonly<Record<string, Readonly<Record<string, CellRule>>>> = {
  Run: {
    name,
    label: name,
    parentName: name,
    status: oneOf(runStatuses),
    selection: oneOf(selections),
    epochs: count,
    epochsCompleted: count,
    attempt: count,
    interruptions: count,
    place: count,
    parentEpoch: count,
    latest: {
      expected: 'BLOB of finite numbers with a whole bestEpoch',
      holds: (cell) => {
        const value = cell instanceof Uint8Array ? numbersOfLatest(cell) : null
        return value !== null && isReadable(value) && count.holds((value.bestEpoch ?? 0) as Cell)
      },
    },
  },
  Experiment: {
    name,
    addedFrom: count,
    search: json('JSONB of a search', (value) => 'value' in readSearch(value)),
    searchStatus: oneOf(searchStatuses),
  },
  LabEvent: { payload: json(`JSONB of whole numbers up to ${inWords(MOST_WHOLE)} and finite others`, hasSmallWholes) },
  RunText: { kind: oneOf(textKinds) },
  SeriesChunk: { axis: oneOf(axes) },
  // Ten packs of each attempt.
  Artifact: { pack: whole(1, 10 * MOST_COUNT + 10), sha256: { expected: `BLOB of ${SHA256_BYTES} bytes`, holds: isHash } },
  Landmark: { kind: oneOf(landmarkKinds), name, content: packed },
  Analysis: { epoch: count, measured: packed, figures: packed },
  PcaBaseline: { selection: oneOf(selections) },
}

/** Says what a cell of a column may hold; undefined for a type that no table has. */
export function cellRule(table: string, { name, type }: { readonly name: string; readonly type: string }): CellRule | undefined {
  return byColumn[table]?.[name] ?? byType[type]
}

function whole(from: number, to: number): CellRule {
  return {
    expected: `INTEGER from ${from} to ${inWords(to)}`,
    holds: (cell) => typeof cell === 'number' && Number.isInteger(cell) && cell >= from && cell <= to,
  }
}

function oneOf(texts: readonly string[]): CellRule {
  return { expected: texts.join(' or '), holds: (cell) => texts.some((text) => text === cell) }
}

function isTime(cell: Cell): boolean {
  return typeof cell === 'number' && cell >= 0 && cell < MOST_TIME
}

function isHash(cell: Cell): boolean {
  return cell instanceof Uint8Array && cell.byteLength === SHA256_BYTES
}

function json(expected: string, isExpected: (value: unknown) => boolean): CellRule {
  return {
    expected,
    holds: (cell) => {
      // SQLite keeps a number or a text that looks like one as a number.
      if (typeof cell === 'number') return Number.isFinite(cell) && isExpected(cell)
      if (typeof cell !== 'string') return false
      try {
        const value: unknown = JSON.parse(cell)
        return isReadable(value) && isExpected(value)
      } catch {
        return false
      }
    },
  }
}

/** Whether all numbers are finite, and nothing lies too deep. */
function isReadable(value: unknown): boolean {
  for (const { value: part, depth } of partsOf(value)) {
    if (depth > MOST_DEPTH || (typeof part === 'number' && !Number.isFinite(part))) return false
  }
  return true
}

function hasSmallWholes(value: unknown): boolean {
  for (const { value: part } of partsOf(value))
    if (typeof part === 'number' && Number.isInteger(part) && Math.abs(part) > MOST_WHOLE) return false
  return true
}

/** Goes through a value and all that is in it, however deep. */
function* partsOf(value: unknown): Generator<{ readonly value: unknown; readonly depth: number }> {
  const waiting = [{ value, depth: 0 }]
  for (let part = waiting.pop(); part; part = waiting.pop()) {
    yield part
    if (typeof part.value !== 'object' || part.value === null) continue
    for (const inner of Object.values(part.value)) waiting.push({ value: inner, depth: part.depth + 1 })
  }
}
