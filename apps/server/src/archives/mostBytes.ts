import { MAXIMUM_LANDMARK_NAME, MOST_CONTENT_BYTES } from '../runs/landmarks.js'
import { MAXIMUM_NOTES_LENGTH, MAXIMUM_TAG_LENGTH } from '../runs/RunTexts.js'
import { MAXIMUM_NAME_LENGTH } from '../runs/runNames.js'

const KIB = 1024
const MIB = 1024 ** 2

/** UTF-8 takes so many bytes for a character, at most. */
const CHARACTER = 4

/** As it is compared, a character can become three. */
const FOLDED = 3

/** What a cell of each type may take, in bytes. */
const byType: Readonly<Record<string, number>> = { TEXT: 2 * KIB, JSONB: 64 * KIB, BLOB: 64 * KIB }

/** Columns that may hold other than their type says: what a lab writes there, with room. */
const byColumn: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  Run: {
    name: MAXIMUM_NAME_LENGTH * CHARACTER,
    label: MAXIMUM_NAME_LENGTH * CHARACTER,
    parentName: MAXIMUM_NAME_LENGTH * CHARACTER,
    // It has the name twice, and the length of each number in it.
    nameKey: 4 * FOLDED * MAXIMUM_NAME_LENGTH * CHARACTER,
    notes: MAXIMUM_NOTES_LENGTH * CHARACTER,
    config: 256 * KIB,
    latest: 256 * KIB,
    errorMessage: 16 * KIB,
    analysisErrorMessage: 16 * KIB,
  },
  Experiment: { name: MAXIMUM_NAME_LENGTH * CHARACTER, nameFolded: FOLDED * MAXIMUM_NAME_LENGTH * CHARACTER },
  RunText: { folded: FOLDED * MAXIMUM_NOTES_LENGTH * CHARACTER, text: MAXIMUM_TAG_LENGTH * CHARACTER },
  // Names the epochs of a long run whose models are dropped.
  LabEvent: { payload: MIB },
  RunValue: { text: 16 * KIB, folded: FOLDED * 16 * KIB },
  SeriesChunk: { data: 4 * MIB },
  Artifact: { sha256: 32, name: 200 },
  Landmark: { name: MAXIMUM_LANDMARK_NAME * CHARACTER, content: MOST_CONTENT_BYTES },
  Analysis: { measured: 8 * MIB, figures: 256 * KIB },
  // As many components as the largest examples have values.
  PcaBaseline: { meanSquaredErrors: 512 * KIB },
}

/** More than any cell may take, whatever version wrote it. */
export const MOST_CELL_BYTES = 8 * MIB

/** Tells how many bytes a cell may take, as text or as bytes; null for numbers. */
export function mostBytes(table: string, { name, type }: { readonly name: string; readonly type: string }): number | null {
  return byColumn[table]?.[name] ?? byType[type] ?? null
}
