import { describe, expect, it } from 'vitest'
import { encodeSafetensors, PrincipalComponents } from '../../src/index.js'
import { decodePrincipalComponents, encodePrincipalComponents } from '../../src/pca/principalComponentsFile.js'

const components = new PrincipalComponents({
  mean: Float64Array.of(0.5, -1),
  components: Float64Array.of(0.6, 0.8, -0.8, 0.6),
  variances: Float64Array.of(3, 0.25),
})

describe('encodePrincipalComponents', () => {
  it('keeps principal components in float32', () => {
    const decoded = decodePrincipalComponents(encodePrincipalComponents(components))
    expect([...decoded.mean]).toEqual([0.5, -1])
    expect([...decoded.components]).toEqual([0.6, 0.8, -0.8, 0.6].map(Math.fround))
    expect([...decoded.variances]).toEqual([3, 0.25])
    const examples = Float32Array.of(2, 3)
    expect(decoded.decode(decoded.encode(examples, 2), 2)[0]).toBeCloseTo(2, 6)
  })

  it('refuses another file', () => {
    const incomplete = encodeSafetensors({ mean: { shape: [2], values: new Float32Array(2) } })
    expect(() => decodePrincipalComponents(incomplete)).toThrow('tensor components: expected 4 values, got none')
  })
})
