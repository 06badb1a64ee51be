import type { ArtifactRef } from '@hourglass/protocol'
import { holderOf } from '../artifacts/StoredFile.js'
import { nameOfStored, storedName, storedType } from '../artifacts/storedNames.js'
import type { Artifact, Run } from '../generated/prisma/client.js'
import { artifactRow } from './artifactRow.js'
import type { RunFacts } from './RunFacts.js'

/** Lists files of a run; those of the given types that are listed no more are obsolete. */
export async function replaceArtifacts(
  facts: RunFacts,
  run: Run,
  { types, artifacts }: { readonly types: readonly string[]; readonly artifacts: readonly ArtifactRef[] },
): Promise<void> {
  const { transaction } = facts
  const { number: runNumber } = run
  const before = await takeOff(facts, run, { types, names: artifacts.map(({ name }) => name) })
  await transaction.artifact.createMany({
    data: artifacts.map((artifact) => ({ runNumber, ...artifactRow(artifact) })),
  })
  await giveUp(facts, run, before)
}

/** Takes files off a run's list; they go once that stands. */
export async function unlist(facts: RunFacts, run: Run, names: readonly string[]): Promise<void> {
  if (names.length > 0) await giveUp(facts, run, await takeOff(facts, run, { types: [], names }))
}

/** Takes files of some types and names off a run's list. Returns what held them. */
async function takeOff(
  { transaction }: RunFacts,
  { number }: Run,
  { types, names }: { readonly types: readonly string[]; readonly names: readonly string[] },
): Promise<Holder[]> {
  const places = (values: readonly string[]) => values.map(() => '?').join(', ')
  const rows = await transaction.$queryRawUnsafe<Holder[]>(
    `DELETE FROM "Artifact" WHERE "runNumber" = ? AND ("type" IN (${places(types)}) OR "name" IN (${places(names)})) RETURNING "name", "pack"`,
    number,
    ...types.map(storedType),
    ...names.map(storedName),
  )
  return rows.map(readHolder)
}

type Holder = Pick<Artifact, 'name' | 'pack'>

const readHolder = ({ name, pack }: Holder): Holder => ({ name: nameOfStored(name), pack })

/** Gives up what held files that lie there no more: a file of its own, and a pack once nothing in it is listed. */
async function giveUp({ transaction, obsolete }: RunFacts, { id: runId, number }: Run, former: readonly Holder[]): Promise<void> {
  if (former.length === 0) return
  const names = former.flatMap(({ name, pack }) => (pack === null ? [name] : []))
  const packs = [...new Set(former.flatMap(({ pack }) => pack ?? []))]
  const listed = await transaction.artifact.findMany({
    where: { runNumber: number, OR: [{ pack: null, name: { in: names.map(storedName) } }, { pack: { in: packs } }] },
    select: { name: true, pack: true },
  })
  const used = new Set(listed.map(readHolder).map(holderOf))
  const held = new Set(former.map(holderOf))
  for (const name of held) if (!used.has(name)) obsolete.push({ runId, name })
}
