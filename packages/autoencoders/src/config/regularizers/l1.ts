import { z } from 'zod'
import { regularizerRow } from './RegularizerRow.js'
import { weight } from './weight.js'

export const l1 = regularizerRow({
  schema: z
    .strictObject({ kind: z.literal('l1'), weight: weight(0.1) })
    .meta({ title: 'Sparse (L1)', description: 'Penalizes the sum of the code’s absolute values, so that most units stay near 0.' }),
  adjective: 'sparse',
  term: 'λ Σ |z|',
  drawn: { symbol: 'Σ|z|', of: 'code' },
  details: () => [],
  usesJacobian: false,
  needsCodesFrom0To1: false,
})
