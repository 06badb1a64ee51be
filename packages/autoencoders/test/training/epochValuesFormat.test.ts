import { readStored, versionOf } from '@hourglass/protocol'
import { describe, expect, it } from 'vitest'
import { epochCatalog, epochValuesFormat } from '../../src/index.js'

const read = (value: unknown) => readStored(epochValuesFormat, { version: versionOf(epochValuesFormat), value })
const values = Object.fromEntries(epochCatalog.map(({ id }, index) => [id, index]))

describe('the stored values of an epoch', () => {
  it('are read as they were written', () => {
    expect(read(values)).toEqual({ value: values })
  })

  it('are null where a metric was not measured then', () => {
    const { bitsPerPixel: _, ...fewer } = values
    expect(read(fewer)).toEqual({ value: { ...values, bitsPerPixel: null } })
  })

  it('keep metrics that this version does not know, under their names', () => {
    expect(read({ ...values, futureMetric: 0.9 })).toEqual({ value: { ...values, futureMetric: 0.9 } })
  })

  it('that are no numbers say which', () => {
    expect(read({ ...values, bitsPerPixel: 'many' })).toEqual({ problem: expect.stringContaining('(bitsPerPixel)') })
  })
})
