import { describe, expect, it } from 'vitest'
import { type ArchitectureConfig, architecture, architectureRows } from '../../src/architectures/architectureSchema.js'
import { encoderRows } from '../../src/architectures/encoderRows.js'
import { areDense } from '../../src/architectures/Layer.js'
import type { ArchitectureRow } from '../../src/architectures/rows/ArchitectureRow.js'

const EXAMPLE = [6, 5]
const rows: readonly (readonly [string, ArchitectureRow])[] = Object.entries(architectureRows)

const configOf = (kind: string, settings: object = {}): ArchitectureConfig => architecture.parse({ kind, ...settings })

describe.each(rows)('what the row of %s says', (kind, row) => {
  it('of the encoder’s Jacobian is true of its layers', () => {
    expect(areDense(row.layOut(configOf(kind), EXAMPLE).encoder)).toBe(row.hasExactJacobian)
  })

  it('of linear autoencoders and of large models are settings that it has', () => {
    expect(configOf(kind)).toHaveProperty(row.sizeSetting)
    if (row.linearSettings) expect(configOf(kind, row.linearSettings)).toMatchObject(row.linearSettings)
  })

  it.each(Object.entries(encoderRows))('of layers fits an encoder that is %s', (encoder, { givesDistribution }) => {
    const { logVariance } = row.layOut(configOf(kind, { encoder: { kind: encoder } }), EXAMPLE)
    expect(logVariance !== null).toBe(givesDistribution)
  })

  it('of memory grows with the values that its layers give', () => {
    const [few, many] = [30, 300].map((values) => row.heldValues(configOf(kind), { values, size: 30 }))
    expect(many?.training).toBeGreaterThan(few?.training ?? Infinity)
    expect(many?.evaluation).toBeGreaterThan(few?.evaluation ?? Infinity)
  })
})
