import type { z } from 'zod'
import type { Layout } from '../Layer.js'

/** What the memory of a model depends on besides the architecture's own settings. */
export interface HeldModel {
  /** Numbers that the layers give for one example, and those of images that are enlarged on the way. */
  readonly values: number
  /** Values of one example. */
  readonly size: number
}

/** Numbers that are held for each example at once. */
export interface HeldValues {
  readonly training: number
  /** In evaluating and measuring. */
  readonly evaluation: number
}

/** All that is known of an architecture without tensors: its settings, and every fact that other files ask for. */
export interface ArchitectureRow<Schema extends z.ZodType = z.ZodType> {
  /** Its settings, `kind` among them, with the title and the description that forms show. */
  readonly schema: Schema
  /** What an autoencoder is called that has it, within a title. */
  readonly adjective: string
  /** Lays out its layers, for examples of one shape. */
  layOut(config: z.output<Schema>, exampleShape: readonly number[]): Layout
  /** Whether its examples must be images. */
  readonly needsImages: boolean
  /** Whether the encoder's layers are all dense, so that its Jacobian is computed exactly. */
  readonly hasExactJacobian: boolean
  /** Tells whether all that its decoder reaches is known to lie on an affine space, as principal components do. */
  isAffineDecoder(config: z.output<Schema>): boolean
  /** Its own settings as an autoencoder has them whose optimum is principal components, in the order of the form; null where none has it. */
  readonly linearSettings: Readonly<Record<string, string | readonly number[]>> | null
  /** The setting to make smaller where a model is too large. */
  readonly sizeSetting: string
  /** Says what is peculiar to the decoder of a configuration, for the graph. */
  decoderDetails(config: z.output<Schema>): readonly string[]
  /** What a value that a layer gives takes in a step, forward and backward half each, in seconds of the machine that `countWork` counts by. */
  readonly activationSeconds: number
  /** Counts the numbers that are held for an example, fitted as `memoryOf` says. */
  heldValues(config: z.output<Schema>, model: HeldModel): HeldValues
}

/** Holds a row to its own settings. */
export function architectureRow<Schema extends z.ZodType>(row: ArchitectureRow<Schema>): ArchitectureRow<Schema> {
  return row
}
