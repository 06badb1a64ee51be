import { decodeSafetensors } from '@hourglass/autoencoders'
import type { ModelCallOf, ModelReply } from '@hourglass/autoencoders/calls'
import {
  directionSpreads,
  type NearCode,
  nearestCodes,
  principalDirections,
  readCodes,
  usualDistance,
} from '@hourglass/autoencoders/latent'
import { readPart } from '../readPart.js'
import { requireWritten } from '../requireWritten.js'
import { WorkerError } from '../WorkerError.js'

type CodesFile = ModelCallOf<'directions'>['codes']

/** Finds the principal directions of the training codes of an epoch, or of its test codes where no others are kept. */
export async function findDirections({ id, codes: file, wanted }: ModelCallOf<'directions'>): Promise<ModelReply> {
  const { trainingCodes: codes, size } = await readFileOfCodes(file)
  const found = principalDirections(codes, { size, wanted })
  const spreads = directionSpreads(codes, found).flatMap(({ minimum, maximum, standardDeviation }) => [minimum, maximum, standardDeviation])
  const variance = codes.reduce((sum, value, at) => sum + (value - (found.mean[at % size] ?? 0)) ** 2, 0) / (codes.length / size)
  const [mean, directions] = [Float32Array.from(found.mean), Float32Array.from(found.directions)]
  return { type: 'directions', id, codes: codes.length / size, mean, directions, spreads: Float64Array.from(spreads), variance }
}

/** Looks for the test examples whose codes are nearest to those asked for, a turn at a time. */
export async function* findNeighbours(call: ModelCallOf<'neighbours'>, turn: number): AsyncGenerator<undefined, ModelReply> {
  const { id, values, count, wanted } = call
  const { codes, labels, size } = await readFileOfCodes(call.codes)
  const usual = usualDistance(codes, size)
  yield undefined
  const found: NearCode[] = []
  for (let row = 0, ends = performance.now() + turn; row < count; row++) {
    found.push(...nearestCodes(values.subarray(row * size, (row + 1) * size), { codes, wanted }))
    if (performance.now() < ends) continue
    yield undefined
    ends = performance.now() + turn
  }
  return {
    type: 'neighbours',
    id,
    indices: Int32Array.from(found, ({ index }) => index),
    labels: Int32Array.from(found, ({ index }) => labels[index] ?? -1),
    distances: Float64Array.from(found, ({ distance }) => distance),
    usualDistance: usual,
  }
}

/** Throws ARTIFACT_MISSING where the file is gone: whoever asks may know by then where it lies now. ARTIFACT_DAMAGED where what is read is not what was written. */
export async function readFileOfCodes({ path, offset, bytes, sha256 }: CodesFile) {
  const content = await readPart(path, { offset, bytes }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'ENOENT') throw cause
    throw new WorkerError('ARTIFACT_MISSING', `codes: expected a file of them in ${path}, got none.`, { cause })
  })
  requireWritten('codes', content, sha256)
  const tensors = decodeSafetensors(content)
  const read = readCodes(tensors)
  const size = tensors.codes?.shape[1]
  if (read && size) return { ...read, size }
  throw new WorkerError('ARTIFACT_DAMAGED', `codes: expected tensors codes and labels, got ${Object.keys(tensors).join(', ') || 'none'}.`)
}
