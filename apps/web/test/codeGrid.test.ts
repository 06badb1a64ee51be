import { directionSpreads } from '@hourglass/autoencoders/latent'
import { describe, expect, it } from 'vitest'
import { axisOf, codeInGrid, coordinateOf, gridCodes, placeInGrid } from '../src/features/latent/gridAxes'
import { isSameWindow, placeOfDrawn, viewOf, WHOLE, windowOf, windowSeen } from '../src/features/latent/gridWindow'
import { scaleDirections } from '../src/features/latent/scaledDirections'

const codes = Float32Array.of(0, 0, 1, 2, 4, 1, 4, 0, 1)
const units = directionSpreads(codes, { mean: new Float32Array(3), directions: Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1), count: 3 })
const principal = scaleDirections(codes, { mean: Float32Array.of(2, 4 / 3, 1), directions: Float32Array.of(0.6, 0.8, 0), count: 1 })
const options = { units, principal, range: 'extremes', codes } as const

describe('an axis of the grid', () => {
  it('is a unit over its range, or a principal direction in standard deviations', () => {
    expect(axisOf('z2', options)).toMatchObject({ unit: 1, range: { minimum: 0, maximum: 4 } })
    const direction = axisOf('p1', options)
    expect(direction?.unit).toBeCloseTo(principal.units[0] ?? 0, 6)
    expect(direction && coordinateOf([2, 4 / 3, 7], direction)).toBeCloseTo(0, 6)
    for (const name of ['z4', 'z0', 'p2', 'x1', '']) expect(axisOf(name, options)).toBeNull()
    expect(axisOf('p1', { ...options, principal: null })).toBeNull()
  })
})

describe('the grid', () => {
  const [across, up] = [axisOf('z1', options), axisOf('z2', options)]
  if (!across || !up) throw new Error('expected axes')
  const code = Float32Array.of(9, 9, 9)

  it('goes through the code, from the lower left to the upper right, and leaves what is not along it', () => {
    const plane = { across, up }
    const cells = gridCodes(code, plane, 2)
    expect(Array.from(cells)).toEqual([1, 3, 9, 3, 3, 9, 1, 1, 9, 3, 1, 9])
    expect(codeInGrid(code, plane, [0.25, 1])).toEqual(Float32Array.of(1, 4, 9))
    expect(placeInGrid(Float32Array.of(1, 4, 0), plane)).toEqual([0.25, 1])
  })

  it('is a row where codes have one unit', () => {
    const cells = gridCodes(Float32Array.of(9, 9, 9), { across, up: null }, 4)
    expect(Array.from(cells).filter((_, at) => at % 3 === 0)).toEqual([0.5, 1.5, 2.5, 3.5])
    expect(placeInGrid(code, { across, up: null })[1]).toBe(0.5)
  })
})

describe('the window of a grid', () => {
  const [across, up] = [axisOf('z1', options), axisOf('z2', options)]
  if (!across || !up) throw new Error('expected axes')
  const box = [200, 100] as const

  it('is what a view of the whole shows, and the other way round', () => {
    expect(windowSeen({ k: 1, x: 0, y: 0 }, box)).toEqual({ ...WHOLE, left: -0 })
    // Twice as large from the upper left corner on, and at the lower right one.
    expect(windowSeen({ k: 2, x: -0, y: 0 }, box)).toEqual({ left: 0, bottom: 0.5, scale: 2 })
    expect(windowSeen({ k: 2, x: -200, y: -100 }, box)).toEqual({ left: 0.5, bottom: 0, scale: 2 })
    for (const view of [
      { k: 3, x: -17, y: 40 },
      { k: 0.25, x: 70, y: -3 },
    ]) {
      const there = viewOf(windowSeen(view, box), box)
      expect(there.k).toBe(view.k)
      expect(there.x).toBeCloseTo(view.x, 9)
      expect(there.y).toBeCloseTo(view.y, 9)
    }
  })

  it('cuts the ranges of the axes, of which codes in it are', () => {
    const shown = windowOf({ across, up }, { left: 0.5, bottom: 0.25, scale: 4 })
    // z1 goes from 0 to 4, and so does z2.
    expect(shown.across.range).toEqual({ minimum: 2, maximum: 3 })
    expect(shown.up?.range).toEqual({ minimum: 1, maximum: 2 })
    expect(placeInGrid(Float32Array.of(2.5, 1.25, 0), shown)).toEqual([0.5, 0.25])
    expect(windowOf({ across, up: null }, { left: 0, bottom: 0.25, scale: 4 }).up).toBeNull()
  })

  it('tells where lies in it what was drawn for another', () => {
    expect(placeOfDrawn(WHOLE, WHOLE)).toEqual({ left: 0, top: 0, scale: 1 })
    const quarter = { left: 0.5, bottom: 0, scale: 2 }
    expect(placeOfDrawn(WHOLE, quarter)).toEqual({ left: -1, top: -1, scale: 2 })
    expect(placeOfDrawn(quarter, WHOLE)).toEqual({ left: 0.5, top: 0.5, scale: 0.5 })
    expect(isSameWindow(quarter, { ...quarter, left: 0.5 + 1e-9 })).toBe(true)
    expect(isSameWindow(quarter, { ...quarter, left: 0.51 })).toBe(false)
  })
})
