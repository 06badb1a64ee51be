import { encodeSafetensors } from '@hourglass/autoencoders'
import { encode as encodePng } from 'fast-png'

export type ExampleKind = 'images' | 'points'

/** Images travel as one PNG strip, points as a safetensors file. */
const extensions = { images: 'png', points: 'safetensors' } as const satisfies Record<ExampleKind, string>

/** Gives the extension of a file of examples. */
export function sampleExtension(kind: ExampleKind): string {
  return extensions[kind]
}

export interface Samples {
  readonly kind: ExampleKind
  /** Shape of one example: [height, width] or [height, width, 1] for images, [2] for points. */
  readonly exampleShape: readonly number[]
  /** [count, values of one example]; pixels in 0…1. */
  readonly values: Float32Array
}

/** Encodes samples for a browser: images side by side as one 8-bit grey PNG, points as the tensor `points` of a safetensors file. */
export function encodeSamples({ kind, exampleShape, values }: Samples): Uint8Array {
  const size = exampleShape.reduce((product, length) => product * length, 1)
  const count = values.length / size
  if (kind === 'points') return encodeSafetensors({ points: { shape: [count, size], values } })
  const [height = 1, width = 1] = exampleShape
  const strip = new Uint8Array(values.length)
  for (let image = 0; image < count; image++) {
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const value = values[image * size + row * width + column] ?? 0
        strip[(row * count + image) * width + column] = Math.round(Math.min(1, Math.max(0, value)) * 255)
      }
    }
  }
  return encodePng({ width: count * width, height, data: strip, depth: 8, channels: 1 })
}
