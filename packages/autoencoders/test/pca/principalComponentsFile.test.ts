import { describe, expect, it } from 'vitest'
import { encodeSafetensors, PrincipalComponents } from '../../src/index.js'
import { decodePrincipalComponents, encodePrincipalComponents } from '../../src/pca/principalComponentsFile.js'

const components = new PrincipalComponents({
  mean: Float64Array.of(0.5, -1),
  components: Float64Array.of(0.6, 0.8, -0.8, 0.6),
  variances: Float64Array.of(3, 0.25),
  examples: 10,
})

describe('encodePrincipalComponents', () => {
  it('keeps principal components in float32', () => {
    const decoded = decodePrincipalComponents(encodePrincipalComponents(components), 10)
    expect([...decoded.mean]).toEqual([0.5, -1])
    expect([...decoded.components]).toEqual([0.6, 0.8, -0.8, 0.6].map(Math.fround))
    expect([...decoded.variances]).toEqual([3, 0.25])
    const examples = Float32Array.of(2, 3)
    expect(decoded.decode(decoded.encode(examples, 2), 2)[0]).toBeCloseTo(2, 6)
  })

  it('reads what an earlier version wrote, with directions along which nothing varies', () => {
    const values = (...numbers: number[]) => Float32Array.from(numbers)
    const earlier = encodeSafetensors({
      mean: { shape: [3], values: values(0, 0, 0) },
      components: { shape: [3, 3], values: values(1, 0, 0, 0, 1, 0, 0, 0, 1) },
      variances: { shape: [3], values: values(2, 1, 1e-9) },
    })
    expect([...decodePrincipalComponents(earlier, 10).components]).toEqual([1, 0, 0, 0, 1, 0])
    expect(decodePrincipalComponents(earlier, 2).rank).toBe(1)
  })

  it('refuses another file', () => {
    const incomplete = encodeSafetensors({ mean: { shape: [2], values: new Float32Array(2) } })
    expect(() => decodePrincipalComponents(incomplete, 10)).toThrow('tensor components: expected some values, got none')
  })
})
