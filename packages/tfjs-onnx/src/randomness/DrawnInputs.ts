import { createRandom, RandomBuffer } from '@hourglass/random'
import { type Graph, type GraphInput, sizeOf, type Value } from '../graph.js'
import type { InputArrays } from '../session/InputArrays.js'
import type { Draw, DrawnDistribution } from './Draw.js'

type DrawnArray = InputArrays[keyof InputArrays]

/** Where in its stream a state is: which seed, and how many runs have drawn. */
export interface RandomPosition {
  readonly seed: number
  readonly step: number
}

/** An input that is drawn, with the array that holds its numbers, always the same. */
export interface DrawnInput {
  readonly name: string
  readonly value: Value
  readonly array: DrawnArray
}

/** Truncated normal numbers are drawn again while they lie farther from the mean, in standard deviations. */
const TRUNCATED_AT = 2

/**
 * Fills the hidden inputs of a compiled function: the numbers that it draws.
 *
 * Those of one draw in one step are a Philox stream of their own. It is named by the seed of the state, the step and the draw's place in the
 * function; where the call was given a seed, by that and the step alone. So they depend on nothing that ran before, and on no machine.
 */
export class DrawnInputs {
  readonly inputs: readonly DrawnInput[]
  readonly #fillers: readonly ((position: RandomPosition) => void)[]

  constructor({ inputs }: Pick<Graph, 'inputs'>) {
    const drawn = inputs.filter(isDrawn).map((input) => ({ input, ...createFiller(input) }))
    this.inputs = drawn.map(({ input: { name, value }, array }) => ({ name, value, array }))
    this.#fillers = drawn.map(({ fill }) => fill)
  }

  /** Draws the numbers of one step into the arrays of `inputs`. */
  fill(position: RandomPosition): void {
    for (const fill of this.#fillers) fill(position)
  }
}

type DrawnGraphInput = GraphInput & { readonly draw: Draw }

/** Tells whether an input is drawn, not given. */
export function isDrawn(input: GraphInput): input is DrawnGraphInput {
  return input.draw !== undefined
}

function streamOf({ place, seed }: Draw, position: RandomPosition): { seed: number; stream: string } {
  // The seed of a call may be any number, that of the state is an integer.
  return seed === undefined
    ? { seed: position.seed, stream: `draw/step/${position.step}/place/${place}` }
    : { seed: 0, stream: `draw/seed/${seed}/step/${position.step}` }
}

function createFiller({ draw, value }: DrawnGraphInput): { array: DrawnArray; fill: (position: RandomPosition) => void } {
  const count = sizeOf(value.shape)
  const drawFloats = floatSource(draw.distribution, count)
  const at = (position: RandomPosition) => drawFloats(streamOf(draw, position))
  if (value.dtype === 'float32') {
    const array = at({ seed: 0, step: 0 })
    return { array, fill: at }
  }
  const array = value.dtype === 'int32' ? new Int32Array(count) : new Uint8Array(count)
  // As in tfjs, which rounds normal numbers and only then stores them, towards zero.
  const isRounded = draw.distribution.kind !== 'uniform'
  return { array, fill: (position) => array.set(isRounded ? at(position).map(Math.round) : at(position)) }
}

type FloatSource = (stream: { readonly seed: number; readonly stream: string }) => Float32Array

function floatSource(distribution: DrawnDistribution, capacity: number): FloatSource {
  if (distribution.kind === 'truncatedNormal') return truncatedSource(distribution, capacity)
  const buffer = new RandomBuffer({ distribution, capacity })
  return ({ seed, stream }) => buffer.draw(createRandom(seed, stream), { count: capacity })
}

/** Standard normal numbers; those too far from 0 take the next numbers of further streams, in order, until none is left. */
function truncatedSource({ mean, standardDeviation }: { mean: number; standardDeviation: number }, capacity: number): FloatSource {
  const buffer = new RandomBuffer({ distribution: { kind: 'normal', mean: 0, standardDeviation: 1 }, capacity })
  const array = new Float32Array(capacity)
  return ({ seed, stream }) => {
    let missing = Array.from({ length: capacity }, (_, place) => place)
    for (let attempt = 0; missing.length > 0; attempt++) {
      const normals = buffer.draw(createRandom(seed, `${stream}/attempt/${attempt}`), { count: missing.length })
      missing = missing.filter((place, index) => {
        const normal = normals[index] ?? 0
        array[place] = mean + standardDeviation * normal
        return Math.abs(normal) > TRUNCATED_AT
      })
    }
    return array
  }
}
