import { z } from 'zod'
import { regularizerRow } from './RegularizerRow.js'
import { weight } from './weight.js'

export const klSparsity = regularizerRow({
  schema: z
    .strictObject({
      kind: z.literal('klSparsity'),
      weight: weight(1),
      target: z
        .number()
        .gt(0)
        .lt(1)
        .default(0.05)
        .meta({ title: 'Target activation', description: 'Mean activation that every code unit is drawn to.', scale: 'log' }),
    })
    .meta({
      title: 'Sparse (KL)',
      description: 'Penalizes the divergence of each code unit’s mean activation over a batch from a target; wants sigmoid codes.',
    }),
  adjective: 'sparse',
  term: 'λ Σ KL(ρ ‖ ρ̂)',
  drawn: { symbol: 'KL(ρ‖z̄)', of: 'code' },
  details: ({ target }) => [`ρ = ${target}`],
  usesJacobian: false,
  needsCodesFrom0To1: true,
})
