import { describe, expect, it } from 'vitest'
import { tangentImages, tangentLines } from '../../src/latent.js'

it('draws tangent directions of one example as strong as their singular values', () => {
  const { images, largest } = tangentImages(Float32Array.of(0.6, -0.8, 0.8, 0.6), [2, 0.5], 2)
  expect(images.map((image) => [...image].map((value) => Number(value.toFixed(3))))).toEqual([
    [1.2, -1.6],
    [0.4, 0.3],
  ])
  expect(largest).toBeCloseTo(1.6)
})

describe('tangent lines', () => {
  it('go through their points, the leading ones alike and the others shorter by their singular values', () => {
    const lines = tangentLines(Float32Array.of(1, 1), Float32Array.of(1, 0, 0, 1), { singularValues: [[4, 1]], longest: 2 })
    expect([...lines]).toEqual([-1, 1, 3, 1, 1, 0.5, 1, 1.5])
  })

  it('are none where the decoder does not move', () => {
    expect(tangentLines(Float32Array.of(1, 1), Float32Array.of(1, 0), { singularValues: [[0]], longest: 2 })).toHaveLength(0)
  })
})
