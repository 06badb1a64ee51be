import type { Format } from '@hourglass/protocol'
import { z } from 'zod'

/** A code at an epoch; some examples; a direction between two means. */
export const landmarkKinds = ['POINT', 'SELECTION', 'DIRECTION'] as const
export type LandmarkKind = (typeof landmarkKinds)[number]

const rows = z.array(z.int().min(0))

const landmarkContent = z.discriminatedUnion('kind', [
  /** `[latent dimension]`, in the code space of that epoch. */
  z.object({ kind: z.literal('POINT'), epoch: z.int().min(1), code: z.array(z.number()) }),
  /** Rows of the run's examples: those of its test examples come first. */
  z.object({ kind: z.literal('SELECTION'), rows }),
  /** From the mean code of one class to that of another, or from that of all test examples to that of some. */
  z.object({
    kind: z.literal('DIRECTION'),
    towards: z.union([z.object({ to: z.int().min(0), from: z.int().min(0) }), z.object({ rows })]),
  }),
])

/**
 * What somebody gave a name in the latent space of a run. Selections and directions are kept as the examples or classes that they lie between, and so mean
 * something in the codes of every epoch; a point is of one epoch.
 */
export type LandmarkContent = z.output<typeof landmarkContent>

/** How a landmark is stored. */
export const landmarkFormat: Format<LandmarkContent> = { subject: 'landmark', schema: landmarkContent, upgrades: [] }
