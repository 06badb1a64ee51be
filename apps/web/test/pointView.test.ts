import { describe, expect, it } from 'vitest'
import { pointsTable } from '../src/entities/run/runFigures'
import { arePlanePoints, coordinateNames, pointView } from '../src/files/pointView'

describe('points', () => {
  it('of the plane are drawn where they are', () => {
    const view = pointView(2)
    expect(view).toMatchObject({ isPlane: true, xLabel: 'x', yLabel: 'y' })
    expect([...view.flatten([1, 2, 3, 4])]).toEqual([1, 2, 3, 4])
  })

  it('in space are all seen: each axis points another way, height upwards, and no axis is labelled as if it were one of theirs', () => {
    const view = pointView(3)
    expect(view).toMatchObject({ isPlane: false, xLabel: '', yLabel: '' })
    const [x1 = 0, x2 = 0, y1 = 0, y2 = 0, z1 = 0, z2 = 0] = view.flatten([1, 0, 0, 0, 1, 0, 0, 0, 1])
    expect([z1, z2 > 0.5]).toEqual([0, true])
    for (const cross of [x1 * y2 - x2 * y1, x1 * z2 - x2 * z1, y1 * z2 - y2 * z1]) expect(Math.abs(cross)).toBeGreaterThan(0.3)
    // An orthographic view: what it looks along is the only direction that vanishes, and nothing is longer than it is.
    const [across, up] = [Math.hypot(x1, y1, z1), Math.hypot(x2, y2, z2)]
    expect([across, up, x1 * x2 + y1 * y2 + z1 * z2].map((value) => Number(value.toFixed(6)))).toEqual([1, 1, 0])
  })

  it('on a line lie along it, and of more than three coordinates the first three are seen', () => {
    expect([...pointView(1).flatten([3, 4])]).toEqual([3, 0, 4, 0])
    expect(pointView(5).flatten([1, 2, 3, 9, 9, 4, 5, 6, 9, 9])).toEqual(pointView(3).flatten([1, 2, 3, 4, 5, 6]))
  })

  it('are listed with all their coordinates', () => {
    const points = {
      epoch: 2,
      size: 3,
      originals: Float32Array.of(1, 2, 3, 4, 5, 6),
      reconstructions: Float32Array.of(7, 8, 9, 10, 11, 12),
    }
    expect(pointsTable(points)).toEqual({
      columns: ['example', 'epoch', 'x', 'y', 'z', 'reconstructed x', 'reconstructed y', 'reconstructed z'],
      rows: [
        [0, 2, 1, 2, 3, 7, 8, 9],
        [1, 2, 4, 5, 6, 10, 11, 12],
      ],
    })
    expect(coordinateNames(4)).toEqual(['x1', 'x2', 'x3', 'x4'])
  })

  it('fill the plane only where they have two coordinates', () => {
    expect([[2], [3], [1], [28, 28]].map(arePlanePoints)).toEqual([true, false, false, false])
  })
})
