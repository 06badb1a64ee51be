import { describe, expect, it } from 'vitest'
import { presets, validateRunConfig } from '../../src/index.js'

describe('presets', () => {
  it('begin with the demo and have an id each', () => {
    expect(presets[0]?.id).toBe('demo')
    expect(new Set(presets.map(({ id }) => id)).size).toBe(presets.length)
  })

  it.each(presets.map((preset) => [preset.id, preset] as const))('%s is a valid configuration, told in one sentence', (_id, preset) => {
    expect(validateRunConfig(preset.config)).toHaveProperty('config')
    expect(preset.description).toMatch(/^[A-Z][^.]*(\(0\.01\)|0\.01)?[^.]*\.$/)
  })
})
