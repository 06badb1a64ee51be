import { Matrix } from 'ml-matrix'
import { describe, expect, it } from 'vitest'
import { activeUnits } from '../../src/metrics/activeUnits.js'
import { adjustedRandIndex } from '../../src/metrics/adjustedRandIndex.js'
import { bernoulliBitsPerPixel, bitsPerPixel } from '../../src/metrics/bitsPerPixel.js'
import { ContingencyTable } from '../../src/metrics/ContingencyTable.js'
import { clusterCodes } from '../../src/metrics/clusterCodes.js'
import { codeActivity } from '../../src/metrics/codeActivity.js'
import { gaussianDivergence } from '../../src/metrics/gaussianDivergence.js'
import { normalizedMutualInformation } from '../../src/metrics/normalizedMutualInformation.js'
import { principalAngles } from '../../src/metrics/principalAngles.js'

const groups = [0, 0, 0, 1, 1, 1, 2, 2, 2, 2]
const single = groups.map(() => 0)
const own = groups.map((_, index) => index)

describe('normalizedMutualInformation and adjustedRandIndex', () => {
  it.each([
    ['another grouping', groups, [1, 1, 0, 0, 0, 2, 2, 2, 2, 1], 0.44270128334605, 0.20454545454545456],
    ['itself', groups, groups, 1, 1],
    ['itself with other names', groups, groups.map((group) => 7 - group), 1, 1],
    ['one group', groups, single, 0, 0],
    ['one group twice', single, single, 1, 1],
    ['each its own', groups, own, 0.642137561217943, 0],
    ['each its own twice', own, own, 1, 1],
  ])('agree with scikit-learn 1.9.1 against %s', (_name, first, second, information, rand) => {
    const table = new ContingencyTable(first, second)
    expect(normalizedMutualInformation(table)).toBeCloseTo(information, 12)
    expect(adjustedRandIndex(table)).toBeCloseTo(rand, 12)
  })
})

describe('clusterCodes', () => {
  const centres = [
    [0, 0],
    [8, 0],
    [0, 8],
  ]
  const codes = Float32Array.from({ length: 60 }, (_, index) => {
    const [row, axis] = [Math.floor(index / 2), index % 2]
    return (centres[row % 3]?.[axis] ?? 0) + Math.sin(17 * index)
  })

  it('finds groups that lie apart, whatever the seed, and the inertia is the sum of squares within them', () => {
    for (const seed of [1, 2, 3]) {
      const { clusters, inertia } = clusterCodes(codes, { latentDimension: 2, clusters: 3, seed })
      const labels = clusters.map((_, index) => index % 3)
      expect(adjustedRandIndex(new ContingencyTable(clusters, labels))).toBe(1)
      const members = [0, 1, 2].map((label) =>
        labels.flatMap((own, row) => (own === label ? [[codes[2 * row] ?? 0, codes[2 * row + 1] ?? 0]] : [])),
      )
      const within = members.reduce((sum, rows) => {
        const mean = new Matrix(rows).mean('column')
        return sum + new Matrix(rows).subRowVector(mean).pow(2).sum()
      }, 0)
      expect(inertia).toBeCloseTo(within, 8)
    }
  })

  it('gives the same for the same seed', () => {
    const options = { latentDimension: 2, clusters: 7, seed: 5 }
    expect(clusterCodes(codes, options)).toEqual(clusterCodes(codes, options))
  })

  it('copes with codes that are all the same', () => {
    const { clusters, inertia } = clusterCodes(new Float32Array(20).fill(0.25), { latentDimension: 2, clusters: 3, seed: 1 })
    expect(clusters).toEqual(new Array(10).fill(0))
    expect(inertia).toBe(0)
  })
})

describe('codeActivity', () => {
  it('describes units by mean, variance and how often they are on', () => {
    // Unit 0 is on once in four, unit 1 is constant, unit 2 always on.
    const codes = Float32Array.of(4, 0.5, -1, 0, 0.5, 1, 0, 0.5, -1, 0, 0.5, 3)
    expect(codeActivity(codes, { latentDimension: 3, hasPrior: true })).toEqual({
      unitMeans: [1, 0.5, 0.5],
      meanActivation: 2 / 3,
      activeUnitShare: 2 / 3,
      onShare: (1 / 4 + 1 + 1) / 3,
    })
  })

  it('counts units that are always zero as neither active nor on', () => {
    for (const hasPrior of [true, false]) {
      const activity = codeActivity(new Float32Array(6), { latentDimension: 2, hasPrior })
      expect(activity).toEqual({ unitMeans: [0, 0], meanActivation: 0, activeUnitShare: 0, onShare: 0 })
    }
  })
})

describe('activeUnits', () => {
  it('measures codes with a prior by its variance', () => {
    expect(activeUnits([1, 0.011, 0.01, 0.002], true)).toEqual([true, true, false, false])
  })

  it('measures codes of an arbitrary scale by their largest variance, so that scaling them changes nothing', () => {
    const variances = [4, 0.5, 0.03, 0]
    for (const scale of [1, 1e-6, 1e6]) {
      const scaled = variances.map((variance) => variance * scale)
      expect(activeUnits(scaled, false)).toEqual([true, true, false, false])
    }
  })
})

describe('gaussianDivergence', () => {
  it('agrees with the integral of q ln(q / p), summed numerically', () => {
    const [mean, deviation] = [0.7, 0.4]
    const log = (x: number, m: number, s: number) => -0.5 * ((x - m) / s) ** 2 - Math.log(s * Math.sqrt(2 * Math.PI))
    let integral = 0
    for (let x = -6; x < 6; x += 1e-3) integral += 1e-3 * Math.exp(log(x, mean, deviation)) * (log(x, mean, deviation) - log(x, 0, 1))
    const [divergence] = gaussianDivergence({ means: Float32Array.of(mean), logVariances: Float32Array.of(2 * Math.log(deviation)) }, 1)
    expect(divergence).toBeCloseTo(integral, 6)
  })

  it('averages each dimension over examples; a dimension like the prior carries nothing', () => {
    const means = Float32Array.of(0, 1, 0, 3)
    const logVariances = new Float32Array(4)
    expect([...gaussianDivergence({ means, logVariances }, 2)]).toEqual([0, (0.5 * 1 + 0.5 * 9) / 2])
  })
})

describe('bernoulliBitsPerPixel', () => {
  it('is the cross-entropy in bits, by hand', () => {
    // A coin costs a bit, a certain pixel nothing; ¼ said of a white one costs two.
    const means = Float32Array.of(0.5, 1, 0, 0.25)
    expect(bernoulliBitsPerPixel(Float32Array.of(1, 1, 0, 1), means)).toBeCloseTo((1 + 0 + 0 + 2) / 4, 5)
    expect(bernoulliBitsPerPixel(Float32Array.of(0.25), Float32Array.of(0.25))).toBeCloseTo(0.8112781245, 6)
  })

  it('stays finite of a pixel that is certain and wrong', () => {
    expect(bernoulliBitsPerPixel(Float32Array.of(1), Float32Array.of(0))).toBeCloseTo(-Math.log2(1e-7), 2)
  })
})

describe('bitsPerPixel', () => {
  it('is one bit for a fair coin a pixel', () => {
    expect(bitsPerPixel(784 * Math.LN2, 784)).toBeCloseTo(1, 12)
  })
})

describe('principalAngles', () => {
  // scipy 1.17.1, scipy.linalg.subspace_angles on the same matrices, ascending.
  const a = Matrix.zeros(7, 3)
  const b = Matrix.zeros(7, 3)
  for (let i = 0; i < 7; i++) {
    for (let j = 0; j < 3; j++) {
      a.set(i, j, Math.sin(i * 1.3 + j * 2.1 + i * j))
      b.set(i, j, Math.cos(i * 0.7 - j + i * j * 0.4))
    }
  }
  const closeTo = (angles: readonly number[], expected: readonly number[], digits: number) => {
    expect(angles).toHaveLength(expected.length)
    angles.forEach((angle, index) => {
      expect(angle).toBeCloseTo(expected[index] ?? Number.NaN, digits)
    })
  }

  it('agree with SciPy between spaces of equal and of different dimension', () => {
    closeTo(principalAngles(a, b), [0.07224108825440759, 1.1354741101613166, 1.5120953910254342], 10)
    const plane = a.subMatrix(0, 6, 0, 1)
    closeTo(principalAngles(plane, b), [0.07254055810103575, 1.4938788879965987], 10)
    closeTo(principalAngles(b, plane), [0.07254055810103575, 1.4938788879965987], 10)
  })

  it('keep the digits of tiny angles between almost equal spaces', () => {
    const almost = a.mmul(
      new Matrix([
        [1, 2, 0],
        [0, 1, 1],
        [1, 0, 3],
      ]),
    )
    almost.set(0, 0, almost.get(0, 0) + 1e-6)
    closeTo(principalAngles(a, almost), [0, 0, 5.845241732692647e-7], 12)
  })

  it('are right angles between orthogonal spaces', () => {
    closeTo(principalAngles(Matrix.columnVector([1, 0]), Matrix.columnVector([0, 2])), [Math.PI / 2], 12)
  })
})
