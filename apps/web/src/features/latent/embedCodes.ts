import { seededUniform } from '@hourglass/autoencoders/latent'
import { UMAP } from 'umap-js'
import type { UmapQuestion } from './umapProtocol'

/** How often progress is told, in steps. */
const TOLD_EVERY = 5

/** Lays codes out in the plane by UMAP (McInnes, Healy & Melville 2018), the same for the same seed: places `[count, 2]`. */
export function embedCodes(
  { codes, size, seed }: UmapQuestion,
  onProgress: (done: number, total: number) => void,
): Float32Array<ArrayBuffer> {
  const rows = Array.from({ length: codes.length / size }, (_, row) => Array.from(codes.subarray(row * size, (row + 1) * size)))
  const umap = new UMAP({
    nComponents: 2,
    nNeighbors: Math.min(15, Math.max(2, rows.length - 1)),
    random: seededUniform(seed, 'latent/umap'),
  })
  // Finding the neighbours of each code comes first, and says nothing of how far it is.
  const total = umap.initializeFit(rows)
  for (let done = 0; done < total; done++) {
    umap.step()
    if (done % TOLD_EVERY === 0) onProgress(done, total)
  }
  return Float32Array.from(umap.getEmbedding().flat())
}
