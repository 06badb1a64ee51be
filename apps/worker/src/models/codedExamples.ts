import { encodeSafetensors } from '@hourglass/autoencoders'
import type { ModelCallOf, ModelReply } from '@hourglass/autoencoders/calls'
import {
  clusterRows,
  MAP_DIRECTIONS,
  type MapPlaces,
  type MapPlane,
  placesOf,
  planeOf,
  principalDirections,
  projectInto,
} from '@hourglass/autoencoders/latent'
import type { Dataset } from '@hourglass/datasets'
import { CodedFile } from './CodedFile.js'
import { gatherRows } from './chooseExamples.js'
import { readFileOfCodes } from './codes.js'

/** Examples whose pixels are in memory at a time. */
const PORTION = 1_000

/**
 * Lays codes out on a plane, as a safetensors file: `x` and `y` [n], `labels`, `errors` and `rows` [n] as the file of codes has them, and `counts` [3]. A map
 * needs no more of them.
 */
export async function placeCodes({ id, path, projection }: ModelCallOf<'places'>): Promise<ModelReply> {
  return CodedFile.use(path, async (file) => {
    const { count, size } = file
    const plane = await findPlane(projection, size)
    const [labels, errors, rows] = await Promise.all([file.column('labels'), file.column('errors'), file.column('rows')])
    const { x, y } = await placeAll(file, plane, labels)
    const of = (values: Float32Array) => ({ shape: [count], values })
    const content = encodeSafetensors({
      x: of(x),
      y: of(y),
      labels: of(labels),
      errors: of(errors),
      rows: of(rows),
      counts: { shape: [3], values: await file.counts() },
    })
    return { type: 'places', id, content: new Uint8Array(content) }
  })
}

async function placeAll(file: CodedFile, plane: MapPlane, labels: Float32Array): Promise<MapPlaces> {
  // Where codes have one unit, heights tell classes apart, of all examples together.
  if (plane.up === null) return placesOf(await file.codes(0, file.count), labels, plane)
  const places = { x: new Float32Array(file.count), y: new Float32Array(file.count) }
  for await (const { from, codes } of file.portions()) projectInto(places, codes, { plane, from })
  return places
}

async function findPlane(projection: ModelCallOf<'places'>['projection'], size: number): Promise<MapPlane> {
  const principal =
    projection.kind === 'principal'
      ? principalDirections((await readFileOfCodes(projection.codes)).trainingCodes, { size, wanted: MAP_DIRECTIONS })
      : null
  const plane = planeOf(projection, { size, principal })
  if (plane) return plane
  throw new RangeError(`projection: expected two principal directions, got ${principal?.count ?? 0}`)
}

/** Describes some of the examples of a file of all. */
export async function describeSelection(call: ModelCallOf<'selection'>, dataset: Dataset): Promise<ModelReply> {
  const { id, path, rows, worst: wanted } = call
  return CodedFile.use(path, async (file) => {
    const [labels, errors] = await Promise.all([file.column('labels'), file.column('errors')])
    const codes = await file.pick(rows)
    const counted = new Map<number, number>()
    for (const row of rows) counted.set(labels[row] ?? 0, (counted.get(labels[row] ?? 0) ?? 0) + 1)
    const classes = [...counted].toSorted(([one], [other]) => one - other)
    const errorOf = (row: number) => errors[row] ?? 0
    const worst = rows.toSorted((a, b) => errorOf(b) - errorOf(a) || a - b).subarray(0, wanted)
    return {
      type: 'selection',
      id,
      code: meanOf(codes, file.size),
      ...describeImages(dataset, rows),
      labels: Uint32Array.from(classes, ([label]) => label),
      counts: Uint32Array.from(classes, ([, count]) => count),
      worst: Uint32Array.from(worst),
      worstErrors: Float32Array.from(worst, errorOf),
    }
  })
}

function meanOf(rows: Float32Array, size: number) {
  const sum = new Float64Array(size)
  for (const [at, value] of rows.entries()) sum[at % size] = (sum[at % size] as number) + value
  return Float32Array.from(sum, (value) => (value * size) / rows.length)
}

/** Averages examples, and computes how far each value of them lies from that, as a standard deviation. */
function describeImages(dataset: Dataset, rows: Uint32Array) {
  const size = dataset.exampleShape.reduce((product, length) => product * length, 1)
  const [sum, squares] = [new Float64Array(size), new Float64Array(size)]
  for (let from = 0; from < rows.length; from += PORTION) {
    for (const [at, value] of gatherRows(dataset, rows.subarray(from, from + PORTION)).entries()) {
      sum[at % size] = (sum[at % size] as number) + value
      squares[at % size] = (squares[at % size] as number) + value * value
    }
  }
  const mean = Float32Array.from(sum, (value) => value / rows.length)
  return {
    mean,
    deviations: Float32Array.from(squares, (square, at) =>
      Math.sqrt(Math.max(0, square / rows.length - (sum[at] as number) ** 2 / rows.length ** 2)),
    ),
  }
}

/** Finds clusters of the codes of some examples. */
export async function clusterSelection({ id, path, rows, wanted, seed }: ModelCallOf<'clusters'>): Promise<ModelReply> {
  const { codes, size } = await CodedFile.use(path, async (file) => ({ codes: await file.pick(rows), size: file.size }))
  const { members, centres, distortion } = clusterRows(codes, { size, wanted, seed })
  return { type: 'clusters', id, members: Uint8Array.from(members), centres: Float32Array.from(centres), distortion }
}
