import { decodeSafetensorsStart } from '@hourglass/autoencoders'
import { artifactNames } from '@hourglass/protocol'
import { z } from 'zod'
import { fromBytes } from '../database/float64Bytes.js'
import type { Artifact, Run } from '../generated/prisma/client.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import type { ArtifactStore } from './ArtifactStore.js'

/** How codes of one epoch are distributed over the test examples that are encoded. */
export interface CodeDistribution {
  /** Test examples whose codes the file holds. */
  readonly count: number
  /** [latent dimension][minimum, maximum, mean, standard deviation] */
  readonly dimensions: ArrayLike<number>
  /** Divergence of each dimension from the prior in nats; null unless the encoder is variational. */
  readonly divergences: ArrayLike<number> | null
}

/** What the database keeps of files that lack it; little-endian float64 in base64. */
const codeFactsSchema = z.object({ count: z.int(), dimensions: z.base64(), divergences: z.base64().nullable() })

/** Enough for the header and the distributions of some hundred units. */
const START = 8192

/** Reads the distribution of an epoch's codes: from the beginning of its file, or from the database where an earlier version kept it there. */
export async function readCodeDistribution(artifacts: ArtifactStore, run: Run, epoch: number): Promise<CodeDistribution | null> {
  const name = artifactNames.codes(epoch)
  const artifact = await artifacts.find(run.number, name)
  if (!artifact) return null
  if (artifact.facts !== null) {
    const facts = codeFactsSchema.safeParse(artifact.facts)
    if (!facts.success) throw new HourglassError(errorCodes.artifactDamaged, factsUnreadable(name))
    const { count, dimensions, divergences } = facts.data
    const decode = (text: string) => fromBytes(Buffer.from(text, 'base64'))
    return { count, dimensions: decode(dimensions), divergences: divergences === null ? null : decode(divergences) }
  }
  const { tensors, shapes } = await readStart(artifacts, run, artifact)
  return {
    count: shapes.codes?.[0] ?? 0,
    dimensions: tensors.dimensions?.values ?? [],
    divergences: tensors.divergences?.values ?? null,
  }
}

async function readStart(artifacts: ArtifactStore, run: Run, artifact: Artifact) {
  for (let bytes = START, known = 0; ; ) {
    const start = await artifacts.readStart(run, artifact, bytes)
    const read = decodeSafetensorsStart(start, ['dimensions', 'divergences'])
    if (!('missingUpTo' in read)) return read
    if (start.length <= known) throw damagedEarly(artifact.name, read.missingUpTo, start.length)
    known = start.length
    bytes = read.missingUpTo
  }
}

const factsUnreadable = (name: string) =>
  `${name}: expected how its codes are distributed, got something else in the database. Restore a backup, or train the run again.`

function damagedEarly(name: string, expected: number, got: number): HourglassError {
  return new HourglassError(
    errorCodes.artifactDamaged,
    `${name}: expected at least ${expected} bytes, got ${got}. Restore the file from a copy, or train the run again.`,
  )
}
