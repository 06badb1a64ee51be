import { DatasetError } from '../DatasetError.js'
import { corruptionRows } from './corruptionRows.js'
import type { CorruptionRow } from './rows/CorruptionRow.js'

type Rows = typeof corruptionRows

export type CorruptionKind = keyof Rows
/** The key of a corruption's one number. */
export type NoiseLevelName<Kind extends CorruptionKind> = Rows[Kind]['level']['name']

/** What is done to examples before a denoising autoencoder sees them; x is one value, x̃ what becomes of it, each value on its own. */
export type Corruption = {
  [Kind in CorruptionKind]: { readonly kind: Kind } & { readonly [Name in NoiseLevelName<Kind>]: number }
}[CorruptionKind]

/** The kind of every corruption. */
export const corruptionKinds: readonly CorruptionKind[] = Object.keys(corruptionRows).filter(isCorruptionKind)

/** Tells whether a name is that of a kind of corruption. */
function isCorruptionKind(name: string): name is CorruptionKind {
  return Object.hasOwn(corruptionRows, name)
}

/** Finds what is known of a corruption, and how much of it there is; throws DatasetError INVALID_ARGUMENT for a kind that there is not. */
export function noiseOf(corruption: Corruption): { readonly row: CorruptionRow; readonly level: number } {
  const { kind } = corruption
  if (isCorruptionKind(kind)) {
    const row: CorruptionRow = corruptionRows[kind]
    // Each kind has its level under its own name, which the lookup by kind guarantees and the type system cannot follow.
    return { row, level: (corruption as unknown as Readonly<Record<string, number>>)[row.level.name] ?? Number.NaN }
  }
  throw new DatasetError('INVALID_ARGUMENT', {
    subject: 'kind of corruption',
    expected: `one of ${corruptionKinds.join(', ')}`,
    found: String(kind),
    advice: 'Choose a corruption by one of these names.',
  })
}

/** Makes a corruption of a kind and a level. */
export function corruptionOf(kind: CorruptionKind, level: number): Corruption {
  return { kind, [corruptionRows[kind].level.name]: level } as Corruption
}
