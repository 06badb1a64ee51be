import { type Bytes, f32x4, instantiate, KernelBuilder, local, webAssembly } from '@hourglass/wasm'
import { DatasetError } from './DatasetError.js'
import { requireInteger } from './requireInteger.js'

export interface MedianFilterOptions {
  readonly width: number
  readonly height: number
  /** Side of the square window in pixels: odd, and no larger than an image. @default 3 */
  readonly size?: number | undefined
}

const FLOAT_BYTES = 4
const VECTOR_BYTES = 16
const PAGE_BYTES = 65_536

/**
 * Returns images `[n, height, width]` with each pixel replaced by the median of the window around it. At the border only the pixels of the window that lie on
 * the image count; of an even number of them, the median is the mean of the two in the middle. Pixels must not be NaN.
 *
 * A clipped window is filled up with as many infinities of either sign, or one more of one: laid out as a chessboard around the image, they are that for every
 * window. One board and its negative give both of the pixels in the middle, or twice the same one.
 *
 * @throws DatasetError INVALID_ARGUMENT for a size that is even or larger than an image, and for images that are no whole ones.
 */
export function medianFilter(images: Float32Array, { width, height, size = 3 }: MedianFilterOptions): Float32Array<ArrayBuffer> {
  requireWindow(width, height, size)
  requireWholeImages(images, width * height)
  const reach = (size - 1) / 2
  const columns = width + 2 * reach
  // The last vector may begin on the last pixel.
  const boardLength = columns * (height + 2 * reach) + VECTOR_BYTES / FLOAT_BYTES
  const pages = Math.ceil((3 * boardLength * FLOAT_BYTES) / PAGE_BYTES)
  const memory = new webAssembly.Memory({ initial: pages, maximum: pages })
  const floats = new Float32Array(memory.buffer, 0, 3 * boardLength)
  for (let index = 0; index < boardLength; index++) {
    const isOdd = (Math.floor(index / columns) + (index % columns)) % 2 === 1
    floats[index] = isOdd ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY
    floats[boardLength + index] = isOdd ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  }
  const run = instantiate(encodeMedians({ size, columns, boardLength }), { memory })
  const filtered = new Float32Array(images.length)
  for (let image = 0; image < images.length; image += width * height) {
    for (let row = 0; row < height; row++) {
      const pixels = images.subarray(image + row * width, image + (row + 1) * width)
      const place = (row + reach) * columns + reach
      floats.set(pixels, place)
      floats.set(pixels, boardLength + place)
    }
    run(0, FLOAT_BYTES * ((height - 1) * columns + width))
    for (let row = 0; row < height; row++) {
      const from = 2 * boardLength + row * columns
      filtered.set(floats.subarray(from, from + width), image + row * width)
    }
  }
  return filtered
}

/** Encodes the mean, for each window that begins between two addresses, of its medians on either board; they go behind the boards. */
function encodeMedians({ size, columns, boardLength }: { size: number; columns: number; boardLength: number }): Uint8Array<ArrayBuffer> {
  const kernel = new KernelBuilder()
  const medians = [0, boardLength].map((board) => {
    const places = Array.from({ length: size * size }, (_, index) => board + Math.floor(index / size) * columns + (index % size))
    return emitMedian(
      kernel,
      places.map((place) => [kernel.address, f32x4.load(FLOAT_BYTES * place)]),
    )
  })
  kernel.emit(kernel.address, ...medians.map(local.get), f32x4.arithmetic('add'), kernel.f32(0.5), f32x4.arithmetic('mul'))
  kernel.emit(f32x4.store(FLOAT_BYTES * 2 * boardLength))
  return kernel.encode(VECTOR_BYTES)
}

/**
 * Emits the median of an odd number of vectors, lane by lane. Of more than half of them the smallest and the largest cannot be the median: they are dropped,
 * and the next one takes their place, until one is left.
 */
function emitMedian(kernel: KernelBuilder, loads: readonly (readonly Bytes[])[]): number {
  const load = (bytes: readonly Bytes[]) => {
    kernel.emit(...bytes)
    return kernel.keep()
  }
  const atFirst = Math.min(loads.length, Math.floor(loads.length / 2) + 2)
  let candidates = loads.slice(0, atFirst).map(load)
  for (let next = atFirst; candidates.length > 1; next++) {
    emitExtremes(kernel, candidates)
    candidates = [...candidates.slice(1, -1), ...loads.slice(next, next + 1).map(load)]
  }
  return candidates[0] ?? kernel.vector()
}

/** Emits exchanges that bring the smallest of some vectors to the first and the largest to the last. */
function emitExtremes(kernel: KernelBuilder, vectors: readonly number[]): void {
  const last = vectors.length - 1
  const exchange = (low: number, high: number) => {
    if (low >= high) return
    const [a, b] = [local.get(vectors[low] ?? 0), local.get(vectors[high] ?? 0)]
    kernel.emit(a, b, f32x4.pseudoMin, a, b, f32x4.pseudoMax, local.set(vectors[high] ?? 0), local.set(vectors[low] ?? 0))
  }
  const half = Math.floor(vectors.length / 2)
  for (let index = 0; index < half; index++) exchange(index, last - index)
  for (let index = 1; index <= last - half; index++) exchange(0, index)
  for (let index = half; index < last; index++) exchange(index, last)
}

function requireWindow(width: number, height: number, size: number): void {
  for (const [subject, value] of Object.entries({ width, height })) {
    requireInteger(subject, value, { minimum: 1, maximum: Number.MAX_SAFE_INTEGER })
  }
  if (size % 2 === 1 && size >= 1 && size <= Math.min(width, height)) return
  throw new DatasetError('INVALID_ARGUMENT', {
    subject: 'size of the median filter',
    expected: `an odd number from 1 to ${Math.min(width, height)} (the shorter side of an image)`,
    found: String(size),
    advice: 'Use 3, or 5 for strong noise.',
  })
}

function requireWholeImages({ length }: Float32Array, pixels: number): void {
  if (length % pixels === 0) return
  throw new DatasetError('INVALID_ARGUMENT', {
    subject: 'images to filter',
    expected: `a multiple of ${pixels} pixels`,
    found: String(length),
    advice: 'Pass whole images of the width and height that are given.',
  })
}
