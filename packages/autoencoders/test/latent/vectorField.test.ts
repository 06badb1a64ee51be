import { describe, expect, it } from 'vitest'
import { arrowsBetween, gridPoints, wholeArrows } from '../../src/latent.js'

describe('a vector field', () => {
  it('covers the plane evenly', () => {
    const extent = { minimum: 0, maximum: 2 }
    expect([...gridPoints({ x: extent, y: extent, side: 2 })]).toEqual([0.5, 0.5, 1.5, 0.5, 0.5, 1.5, 1.5, 1.5])
  })

  const lengthsOf = (links: Float32Array) =>
    Array.from({ length: links.length / 12 }, (_, arrow) => {
      const [x = 0, y = 0, toX = 0, toY = 0] = links.subarray(12 * arrow)
      return Math.hypot(toX - x, toY - y)
    })

  it('points from each place to where it is moved, as long as the square root of the step, the longest arrow as long as asked for', () => {
    const { links, ...steps } = arrowsBetween(Float32Array.of(0, 0, 1, 1, 2, 2, 5, 5), Float32Array.of(4, 0, 1, 2, Number.NaN, 0, 5, 5), 1)
    expect([...links.subarray(0, 4)]).toEqual([0, 0, 1, 0])
    expect([...links.subarray(12, 16)]).toEqual([1, 1, 1, 1.5])
    expect(lengthsOf(links)).toEqual([1, 0.5, 0])
    expect(steps).toEqual({ longestStep: 4, drawnAs: 4 })
  })

  it('keeps its arrows in sight where a few places are moved far away, and says so', () => {
    const from = new Float32Array(200)
    const to = Float32Array.from({ length: 200 }, (_, index) => (index % 2 ? 0 : index === 0 ? 1000 : 0.25))
    const { links, ...steps } = arrowsBetween(from, to, 1)
    const [far, ...near] = lengthsOf(links)
    expect(far).toBeCloseTo(1)
    expect(Math.min(...near)).toBeCloseTo(0.5)
    expect(steps).toEqual({ longestStep: 1000, drawnAs: 1 })
    expect(lengthsOf(arrowsBetween(from, from, 1).links)).toEqual(Array(100).fill(0))
  })
})

describe('wholeArrows', () => {
  it('go all the way, with barbs no longer than the shaft, and none to where nothing is finite', () => {
    const links = wholeArrows(Float32Array.of(0, 0, 1, 1, 2, 2), Float32Array.of(4, 0, 1, 1.5, Number.NaN, 0), 1)
    expect([...links.slice(0, 4)]).toEqual([0, 0, 4, 0])
    expect([...links.slice(12, 16)]).toEqual([1, 1, 1, 1.5])
    expect(links).toHaveLength(2 * 12)
    const lengths = Array.from({ length: 6 }, (_, index) => {
      const [x = 0, y = 0, toX = 0, toY = 0] = links.subarray(4 * index)
      return Math.hypot(toX - x, toY - y)
    })
    for (const [index, expected] of [4, 1, 1, 0.5, 0.5, 0.5].entries()) expect(lengths[index]).toBeCloseTo(expected, 5)
  })
})
