const paddedEpoch = (epoch: number) => String(epoch).padStart(4, '0')

/** Names the files of a run, relative to its folder. What an epoch leaves never changes; its name says which epoch it was. */
export const artifactNames = {
  /** The fixed examples that every epoch shows. */
  originals: (extension: string) => `originals.${extension}`,
  /** What a denoising autoencoder sees of them. */
  corrupted: (extension: string) => `corrupted.${extension}`,
  /** The model of another run that this one starts from. */
  start: 'start.safetensors',
  reconstructions: (epoch: number, extension: string) => `reconstructions/${paddedEpoch(epoch)}.${extension}`,
  checkpoint: (epoch: number) => `checkpoints/${paddedEpoch(epoch)}.safetensors`,
  codes: (epoch: number) => `codes/${paddedEpoch(epoch)}.safetensors`,
  /** What the next epoch needs: parameters, optimizer state and step. */
  resume: (epoch: number) => `resume/${paddedEpoch(epoch)}.safetensors`,
  /** A figure of the analysis that an attempt made. */
  figure: (attempt: number, name: string, extension: string) => `analysis/${attempt}/${name}.${extension}`,
  /** Holds what many epochs left, one behind the other, or all figures of an analysis. */
  pack: (number: number) => `packs/${number}.pack`,
  /** What the worker printed; appended to, so it is no artifact with a hash. */
  log: 'worker.log',
} as const

/** More than one attempt ever begins. */
const PACKS_OF_ATTEMPT = 10

/**
 * Numbers the packs that an attempt begins. Each has its own, so that nobody appends to a pack of another attempt: what a worker that died was writing, or one
 * that is still dying writes, lies where nobody looks.
 */
export function packNumber(attempt: number, index: number): number {
  if (index < PACKS_OF_ATTEMPT) return attempt * PACKS_OF_ATTEMPT + index
  throw new RangeError(`pack: expected at most ${PACKS_OF_ATTEMPT} of one attempt, got number ${index + 1}`)
}

/** Numbers of all packs that an attempt may have. */
export function packNumbersOf(attempt: number): readonly number[] {
  return Array.from({ length: PACKS_OF_ATTEMPT }, (_, index) => packNumber(attempt, index))
}

/** Reads from the name of a file which epoch left it; null for files that no epoch left. */
export function epochOfArtifact(name: string): number | null {
  const [, epoch] = /^[a-z]+\/(\d+)\.[a-z]+$/.exec(name) ?? []
  return epoch === undefined ? null : Number(epoch)
}

/** Kinds of files, as {@link ArtifactRef.type} says them. */
export const artifactTypes = ['start', 'originals', 'corrupted', 'reconstructions', 'checkpoint', 'codes', 'resume', 'figure'] as const
export type ArtifactType = (typeof artifactTypes)[number]
