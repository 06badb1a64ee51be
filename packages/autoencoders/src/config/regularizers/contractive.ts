import { z } from 'zod'
import { regularizerRow } from './RegularizerRow.js'
import { weight } from './weight.js'

export const contractive = regularizerRow({
  schema: z.strictObject({ kind: z.literal('contractive'), weight: weight(0.1) }).meta({
    title: 'Contractive',
    description: 'Penalizes the squared Frobenius norm of the encoder’s Jacobian, computed exactly (Rifai et al. 2011).',
  }),
  adjective: 'contractive',
  term: 'λ ‖∂f/∂x‖²',
  drawn: { symbol: '‖∂f/∂x‖²', of: 'encoder' },
  details: () => [],
  usesJacobian: true,
  needsCodesFrom0To1: false,
})
