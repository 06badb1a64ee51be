import { rowErrors } from '@hourglass/autoencoders'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { colourByLabel, colourByValue } from '../src/features/latent/mapColouring'
import { exampleName, mapExamples, placedExamples } from '../src/features/latent/mapExamples'
import { indexPlaces } from '../src/features/latent/mapIndex'
import { codeAt, frameOf, placeOf, placesOf, planeOf } from '../src/features/latent/mapPlane'
import { orderExamples } from '../src/features/latent/orderExamples'
import { rasterPoints, toPixel } from '../src/features/latent/rasterPoints'
import { countClasses, describeImages, worstOf } from '../src/features/latent/selectionFacts'

const [cos, sin] = [Math.cos(0.3), Math.sin(0.3)]
const principal = { mean: Float32Array.of(1, 2, 3), directions: Float32Array.of(cos, sin, 0, -sin, cos, 0), count: 2 }

describe('the plane of the map', () => {
  it('is of two units, or of the first two principal directions, which a place moves a code within', () => {
    for (const projection of [{ kind: 'principal' } as const, { kind: 'units', across: 2, up: 0 } as const]) {
      const plane = planeOf(projection, { size: 3, principal })
      if (!plane) throw new Error('expected a plane')
      const code = Float32Array.of(4, -1, 7)
      const moved = codeAt(code, plane, [0.5, -2])
      const [x, y] = placeOf(moved, plane)
      expect(x).toBeCloseTo(0.5, 5)
      expect(y).toBeCloseTo(-2, 5)
      // What is at right angles to the plane stays.
      expect(moved[projection.kind === 'principal' ? 2 : 1]).toBe(code[projection.kind === 'principal' ? 2 : 1])
      const places = placesOf(moved, [0], plane)
      expect([places.x[0], places.y[0]]).toEqual([Math.fround(x), Math.fround(y ?? 0)])
    }
  })

  it('waits for its directions, and is none for codes that vary along one', () => {
    expect(planeOf({ kind: 'principal' }, { size: 3, principal: null })).toBeNull()
    expect(planeOf({ kind: 'principal' }, { size: 3, principal: { ...principal, count: 1 } })).toBeNull()
  })

  it('gives classes heights where codes have one unit', () => {
    const plane = planeOf({ kind: 'units', across: 0, up: null }, { size: 1, principal: null })
    if (!plane) throw new Error('expected a plane')
    const places = placesOf(Float32Array.of(1, 2, 3, 4), [7, 3, 7, 3], plane)
    expect(Array.from(places.y, Math.floor)).toEqual([1, 0, 1, 0])
    expect(placeOf([5], plane)).toEqual([5, null])
    expect(codeAt(Float32Array.of(5), plane, [2, 0.5])).toEqual(Float32Array.of(2))
    expect(frameOf(places, true).y).toEqual({ minimum: 0, maximum: 2 })
  })

  it('is framed so that one unit across is as long as one up', () => {
    const plane = planeOf({ kind: 'units', across: 0, up: 1 }, { size: 2, principal: null })
    if (!plane) throw new Error('expected a plane')
    const { x, y } = frameOf(placesOf(Float32Array.of(0, 0, 10, 2), [0, 1], plane), false)
    expect(x.maximum - x.minimum).toBeCloseTo(y.maximum - y.minimum, 6)
    expect([x.minimum < 0, x.maximum > 10, (y.minimum + y.maximum) / 2]).toEqual([true, true, 1])
  })
})

describe('the points of the map', () => {
  const white = 0xffffffff
  const drawing = {
    x: Float32Array.of(0.5, 0.5, 0.25),
    y: Float32Array.of(0.5, 0.5, 0.25),
    colours: Uint8Array.of(1, 2, 0),
    palette: Uint32Array.of(0, toPixel('#ff0000'), toPixel('#0000ff')),
    background: white,
    width: 20,
    height: 20,
    view: { scale: 1, shiftX: 0, shiftY: 0 },
    size: 3,
    chosen: null,
  }
  const draw = (options: object = {}) => {
    const pixels = new Uint32Array(400)
    rasterPoints(pixels, { ...drawing, ...options })
    return pixels
  }

  it('are mixed with what is under them, and those of no colour are not drawn', () => {
    const pixels = draw()
    const at = (x: number, y: number) => [...new Uint8Array(pixels.slice(y * 20 + x, y * 20 + x + 1).buffer)]
    // White, half of it red, half of that blue.
    expect(at(10, 10)).toEqual([127, 63, 190, 255])
    expect(at(5, 5)).toEqual([255, 255, 255, 255])
    expect(pixels.filter((pixel) => pixel !== white)).toHaveLength(9)
  })

  it('have colours as styles write them, short or long', () => {
    expect([toPixel('#fff'), toPixel(' #102030'), toPixel('#a1c')]).toEqual([0xffffffff, 0xff302010, 0xffcc11aa])
  })

  it('move with the view, and are left out where they are not whole', () => {
    expect(draw({ view: { scale: 2, shiftX: -20, shiftY: -20 } }).findIndex((pixel) => pixel !== white)).toBe(-1)
    expect(draw({ view: { scale: 1, shiftX: 5, shiftY: -5 } })[5 * 20 + 15]).not.toBe(white)
  })

  it('that are chosen are drawn as they are, before others that fade', () => {
    const pixels = draw({ x: Float32Array.of(0.5, 0.2, 0.1), y: Float32Array.of(0.5, 0.2, 0.1), chosen: Uint8Array.of(1, 0, 0) })
    expect(pixels[10 * 20 + 10]).toBe(toPixel('#ff0000'))
    expect([white, toPixel('#0000ff')]).not.toContain(pixels[4 * 20 + 4])
  })

  it('are coloured by label, without those of some, or by a number of each', () => {
    const byLabel = colourByLabel([7, 3, 7, 5], [3])
    expect(Array.from(byLabel.colours)).toEqual([3, 0, 3, 2])
    const byValue = colourByValue({ values: [0, 1, 2, Number.NaN, 9], isHidden: (row) => row === 1, least: 0, greatest: 2 })
    expect(Array.from(byValue.colours)).toEqual([1, 0, 32, 0, 32])
    const palette = byValue.palette((name) => (name === '--hg-scale-low' ? '#000000' : '#ffffff'))
    expect([palette[1], palette[32]]).toEqual([toPixel('#000000'), toPixel('#ffffff')])
  })

  it('are found by where they are as by looking at all of them', () => {
    const unit = fc.float({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(fc.array(fc.tuple(unit, unit), { minLength: 1, maxLength: 200 }), fc.tuple(unit, unit), (points, [x, y]) => {
        const places = { x: Float32Array.from(points, ([at]) => at), y: Float32Array.from(points, ([, at]) => at) }
        const isSeen = (row: number) => row % 3 !== 0
        const index = indexPlaces(places, isSeen)
        const near = points
          .map((_, row) => ({ row, distance: Math.hypot((places.x[row] ?? 0) - x, (places.y[row] ?? 0) - y) }))
          .filter(({ row, distance }) => isSeen(row) && distance <= 0.2)
          .toSorted((a, b) => a.distance - b.distance || a.row - b.row)
        expect(index.nearest(x, y, 0.2)).toBe(near[0]?.row ?? null)
        const box = [
          [-0.1, -0.1],
          [0.6, -0.1],
          [0.6, 0.6],
          [-0.1, 0.6],
        ] as const
        const within = points.flatMap((_, row) => (isSeen(row) && (places.x[row] ?? 1) < 0.6 && (places.y[row] ?? 1) < 0.6 ? [row] : []))
        expect(index.inside(box)).toEqual(within)
      }),
    )
  })

  it('that are no numbers are found nowhere', () => {
    const index = indexPlaces({ x: Float32Array.of(0.5, Number.NaN), y: Float32Array.of(0.5, 0.5) }, () => true)
    expect([index.nearest(0.4, 0.4, 1e12), index.nearest(0.9, 0.9, 0.1)]).toEqual([0, null])
  })

  it('are of test examples, and of training examples behind them', () => {
    const stored = { codes: Float32Array.of(1, 2, 3, 4), labels: [5, 6], trainingCodes: Float32Array.of(7, 8) }
    const shown = mapExamples(stored, { training: { codes: Float32Array.of(7, 8), labels: [9] }, size: 2, testCount: 50 })
    expect([shown.keptCount, Array.from(shown.labels), shown.codeOf(2)]).toEqual([2, [5, 6, 9], Float32Array.of(7, 8)])
    expect([0, 1, 2].map(shown.rowOf)).toEqual([0, 1, 50])
    expect([0, 1, 2, 49, 50, 51].map(shown.indexOf)).toEqual([0, 1, -1, -1, 2, -1])
    const counts = [50, 30, 20] as const
    expect([1, 50, 80].map((row) => exampleName(row, counts))).toEqual(['test example 1', 'training example 0', 'validation example 0'])
  })

  it('are known by their rows where the lab has placed a choice of them', () => {
    const of = (...values: number[]) => ({ shape: [values.length], values: Float32Array.from(values) })
    const shown = placedExamples({ x: of(1, 2), y: of(3, 4), rows: of(7, 2), labels: of(5, 6), errors: of(0.1, 0.2) })
    expect([shown.indexOf(2), shown.indexOf(7), shown.indexOf(0), shown.rowOf(0), shown.codeOf(0)]).toEqual([1, 0, -1, 7, null])
  })
})

describe('the examples of a run', () => {
  it('are in their order, of one class, and by their errors', () => {
    const options = { split: 'training', counts: [2, 3, 1], labels: [0, 1, 0, 1, 0, 1], errors: [0.5, 0.4, 0.1, 0.3, 0.2, 0.6] } as const
    expect(orderExamples({ ...options, order: 'index', label: null })).toEqual([2, 3, 4])
    expect(orderExamples({ ...options, order: 'index', label: 0 })).toEqual([2, 4])
    expect(orderExamples({ ...options, order: 'worst', label: null })).toEqual([3, 4, 2])
    expect(orderExamples({ ...options, order: 'best', label: null })).toEqual([2, 4, 3])
    expect(orderExamples({ ...options, split: 'validation', order: 'worst', label: 1, errors: null })).toEqual([5])
  })
})

describe('a selection', () => {
  it('has a mean, a spread, classes and worst reconstructions', () => {
    const values = Float32Array.of(0, 1, 4, 1, 2, 1)
    const { mean, spread, largest } = describeImages(values, { size: 2, rows: [0, 1] })
    expect([[...mean], [...spread], largest]).toEqual([[2, 1], [1, 0], 2])
    expect(countClasses([3, 1, 1, 3, 3], [0, 1, 3])).toEqual([
      { label: 3, count: 2 },
      { label: 1, count: 1 },
    ])
    expect(worstOf([0.1, 0.4, 0.4, 0.2], [0, 1, 2, 3], 3)).toEqual([1, 2, 3])
    expect([...rowErrors(Float32Array.of(0, 0, 1, 1), Float32Array.of(2, 0, 1, 1), 2)]).toEqual([2, 0])
  })
})
