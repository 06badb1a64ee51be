import type { z } from 'zod'

/** A penalty as it is drawn in the graph of what is computed. */
export interface DrawnPenalty {
  /** What stands in its circle. */
  readonly symbol: string
  /** What it is a function of: the code, or the encoder itself. */
  readonly of: 'code' | 'encoder'
}

/** All that is known of a penalty without tensors: its settings, and every fact that other files ask for. */
export interface RegularizerRow<Schema extends z.ZodType<{ readonly weight: number }> = z.ZodType<{ readonly weight: number }>> {
  /** Its settings, `kind` and `weight` among them, with the title and the description that forms show. */
  readonly schema: Schema
  /** What an autoencoder is called that it is added to, within a title. */
  readonly adjective: string
  /** What it adds to the objective, as a formula. */
  readonly term: string
  readonly drawn: DrawnPenalty
  /** Says what its settings are besides the weight, for the graph. */
  details(config: z.output<Schema>): readonly string[]
  /** Whether it is a function of the encoder's Jacobian, which dense layers alone have exactly, and which takes time and memory. */
  readonly usesJacobian: boolean
  /** Whether it makes sense only of codes from 0 to 1. */
  readonly needsCodesFrom0To1: boolean
}

/** Holds a row to its own settings. */
export function regularizerRow<Schema extends z.ZodType<{ readonly weight: number }>>(row: RegularizerRow<Schema>): RegularizerRow<Schema> {
  return row
}
