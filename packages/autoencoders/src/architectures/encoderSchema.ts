import { z } from 'zod'
import '../fields.js'
import type { EncoderKind } from './encoderRows.js'

/** The settings of every kind of encoder, in the order of forms. */
const encoderSchemas = {
  deterministic: z
    .strictObject({ kind: z.literal('deterministic') })
    .meta({ title: 'Deterministic', description: 'Each input has one code, z = f(x).' }),
  variational: z
    .strictObject({
      kind: z.literal('variational'),
      beta: z.number().min(0).max(1000).default(1).meta({
        title: 'Beta',
        description: 'Weight of the divergence from the prior; 1 maximizes the evidence lower bound, more leaves fewer units in use.',
        scale: 'log',
      }),
    })
    .meta({
      title: 'Variational',
      description: 'Each input has a Gaussian over codes, kept near a standard normal prior (Kingma & Welling 2014).',
    }),
} as const satisfies { readonly [Kind in EncoderKind]: z.ZodObject<{ kind: z.ZodLiteral<Kind> }> }

type Schema = (typeof encoderSchemas)[EncoderKind]

export const encoder = z
  .discriminatedUnion('kind', Object.values(encoderSchemas) as [Schema, ...Schema[]])
  .default({ kind: 'deterministic' })
  .meta({ title: 'Encoder', description: 'Whether the code of an input is a point or a distribution.' })
