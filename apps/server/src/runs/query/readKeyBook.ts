import { eitherOf, KeyBook, type KeyType } from '@hourglass/query'
import type { PrismaClient } from '../../generated/prisma/client.js'
import { errorCodes, HourglassError } from '../../HourglassError.js'
import { fieldKeys, type KnownKey, knownValues, plainKey } from './knownKeys.js'
import type { LabKey } from './LabKey.js'

interface KeyRow {
  readonly id: bigint | number
  readonly name: string
  readonly hasNumbers: bigint | number
  readonly hasTexts: bigint | number
}

/** The keys of a lab, found by what people write and by their names in full. */
export class LabKeys extends KeyBook {
  readonly #byName: ReadonlyMap<string, LabKey>

  constructor(keys: readonly LabKey[]) {
    super(keys)
    this.#byName = new Map(keys.map((key) => [key.name, key]))
  }

  get all(): readonly LabKey[] {
    return [...this.#byName.values()]
  }

  /** Finds a key by its name in full. */
  named(name: string): LabKey | undefined {
    return this.#byName.get(name)
  }

  /** Finds a key by its name in full or any text that means it; throws BAD_USER_INPUT, with those that are most alike or could be meant. */
  require(written: string, argument: string): LabKey {
    const found = this.find(written)
    const key = 'key' in found ? this.#byName.get(found.key.name) : undefined
    if (key) return key
    const got = JSON.stringify(written.slice(0, 200))
    const candidates = 'candidates' in found ? found.candidates.map(({ name }) => name) : []
    if (candidates.length > 0) {
      throw new HourglassError(
        errorCodes.badUserInput,
        `${argument}: expected one key, got ${got}, which could be ${eitherOf(candidates)}.`,
      )
    }
    const alike = this.alike(written)
    const advice = alike.length > 0 ? `Did you mean ${eitherOf(alike)}?` : 'The query runKeys lists what there is.'
    throw new HourglassError(errorCodes.badUserInput, `${argument}: expected a key that runs have, got ${got}. ${advice}`)
  }
}

/** Reads which keys the lab has, in one statement: the fields of all runs, what this version measures and sets, and whatever else runs have values of. */
export async function readKeyBook(read: Pick<PrismaClient, '$queryRaw'>): Promise<LabKeys> {
  const rows = await read.$queryRaw<KeyRow[]>`
    SELECT id, name, EXISTS (SELECT 1 FROM RunValue WHERE keyId = ValueKey.id AND number IS NOT NULL) AS hasNumbers,
      EXISTS (SELECT 1 FROM RunValue WHERE keyId = ValueKey.id AND number IS NULL) AS hasTexts
    FROM ValueKey ORDER BY id`
  const stored = new Map(rows.map((row) => [row.name, row]))
  const known = [...knownValues.values()].reverse().map((key) => withSource(key, stored.get(key.name)))
  const others = rows.filter(({ name }) => !knownValues.has(name)).map((row) => withSource(plainKey(row.name, 'TEXT'), row))
  return new LabKeys([...fieldKeys, ...known, ...others])
}

/** What runs have decides the type; what the schema says, where none has a value. */
function withSource(key: KnownKey, row: KeyRow | undefined): LabKey {
  if (!row) return { ...key, source: { kind: 'value', keyId: null } }
  const [numbers, texts] = [Number(row.hasNumbers) === 1, Number(row.hasTexts) === 1]
  const type: KeyType = numbers && texts ? 'MIXED' : numbers ? 'NUMBER' : texts ? 'TEXT' : key.type
  return { ...key, type, source: { kind: 'value', keyId: Number(row.id) } }
}

/** Finds a key by its name in full; in a lab where no run has a value of it yet, as one that none has. */
export function valueKey(name: string, keys: LabKeys): LabKey {
  return keys.named(name) ?? withSource(plainKey(name, 'MIXED'), undefined)
}
