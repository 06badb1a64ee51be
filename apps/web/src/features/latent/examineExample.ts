import { type ChosenNoise, corruptExample, fillIn, type LatentModel } from '@hourglass/autoencoders/latent'
import { requireFinite } from './parseCode'

/** An example that went through a model. */
export interface Examined {
  readonly example: Float32Array
  readonly code: Float32Array
  readonly reconstruction: Float32Array
  /** Mean squared error of the reconstruction. */
  readonly error: number
  /** The same example with noise on it; null for none. */
  readonly noisy: NoisyExample | null
}

export interface NoisyExample {
  readonly values: Float32Array
  readonly code: Float32Array
  /** What the model makes of it. */
  readonly reconstruction: Float32Array
  /** Mean squared distance from the example without noise, of what had noise on it, and of what the model made of that. */
  readonly before: number
  readonly after: number
}

/** Encodes an example and decodes its code, and with noise where there is to be some, both at once. Rejects where a code is not finite. */
export async function examineExample(model: LatentModel, example: Float32Array, noise: ChosenNoise): Promise<Examined> {
  const size = example.length
  const noisy = noise.level > 0 ? corruptExample(example, noise) : null
  const count = noisy ? 2 : 1
  const inputs = new Float32Array(count * size)
  inputs.set(example)
  if (noisy) inputs.set(noisy, size)
  const codes = await model.encode(inputs, count)
  requireFinite(codes)
  const decoded = await model.decode(codes, count)
  const units = codes.length / count
  const [reconstruction, after] = [decoded.slice(0, size), decoded.slice(size)]
  return {
    example,
    code: codes.slice(0, units),
    reconstruction,
    error: meanSquare(example, reconstruction),
    noisy: noisy && {
      values: noisy,
      code: codes.slice(units),
      reconstruction: after,
      before: meanSquare(example, noisy),
      after: meanSquare(example, after),
    },
  }
}

/** An example of which a part was rubbed out. */
export interface FilledExample {
  readonly values: Float32Array
  /** Mean squared error over what was rubbed out. */
  readonly error: number
}

/** How often what was rubbed out is encoded and decoded. */
const FILLING_STEPS = 15

/** Fills in what was rubbed out of an example, from what values usually are there. */
export async function fillRubbed(
  model: LatentModel,
  { example, rubbed, usual }: { readonly example: Float32Array; readonly rubbed: Uint8Array; readonly usual: Float32Array },
): Promise<FilledExample> {
  const values = await fillIn(model, { example, missing: rubbed, start: usual, iterations: FILLING_STEPS })
  const missing = (all: Float32Array) => all.filter((_, at) => rubbed[at] === 1)
  return { values, error: meanSquare(missing(example), missing(values)) }
}

function meanSquare(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, at) => sum + (value - (b[at] as number)) ** 2, 0) / a.length
}
