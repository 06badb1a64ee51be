import { type CorruptionKind, corruptionKinds, corruptionRows, type NoiseLevelName } from '@hourglass/datasets'
import { z } from 'zod'
import { positive } from '../fields.js'
import { NONE } from './isNone.js'

type Variant<Kind extends CorruptionKind> = z.ZodObject<
  { kind: z.ZodLiteral<Kind> } & { [Name in NoiseLevelName<Kind>]: z.ZodDefault<z.ZodNumber> },
  z.core.$strict
>
/** Distributes over kinds: each has the setting of its own row. */
type VariantOf<Kind extends CorruptionKind> = Kind extends CorruptionKind ? Variant<Kind> : never

/** Describes the settings of a corruption, as its row has them. */
function variantOf(kind: CorruptionKind): VariantOf<CorruptionKind> {
  const { title, description, level } = corruptionRows[kind]
  const setting = positive(level.maximum)
    .default(level.default)
    .meta({ title: level.title, description: level.description, ...(level.scale === 'log' && { scale: level.scale }) })
  const variant = z.strictObject({ kind: z.literal(kind), [level.name]: setting }).meta({ title, description })
  // The row of a kind names its setting, which the type system cannot follow.
  return variant as unknown as VariantOf<CorruptionKind>
}

/** How the inputs of a denoising autoencoder are spoiled; the targets stay clean. */
export const corruption = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal(NONE) }).meta({ title: 'None', description: 'The autoencoder sees its inputs as they are.' }),
    ...corruptionKinds.map(variantOf),
  ])
  .default({ kind: NONE })
  .meta({ title: 'Corruption', description: 'Spoils the inputs with fresh noise at every step; the reconstruction must undo it.' })
