import { type Bend, DenseChain } from './DenseChain.js'
import { type PackedNumbers, unpackNumbers } from './packedNumbers.js'

/** A fully connected layer as a file of models has it. */
export interface PackedLayer {
  readonly inputs: number
  readonly outputs: number
  readonly activation: Bend
  readonly kernel: PackedNumbers
  readonly bias: PackedNumbers
}

/** A model that the project trained, as it is shipped. */
export interface PackedModel {
  readonly label: string
  /** The configuration of the run that trained it. */
  readonly config: Readonly<Record<string, unknown>>
  readonly codeUnits: number
  /** Mean squared error of test examples, of the model as it was trained and as it is shipped; of what it learned to give back. */
  readonly error: { readonly trained: number; readonly shipped: number }
  /** Null where a figure has no use for it. */
  readonly encoder: readonly PackedLayer[] | null
  readonly decoder: readonly PackedLayer[]
}

/** Test examples that a figure shows. */
export interface PackedExamples {
  readonly labels: readonly number[]
  readonly values: PackedNumbers
  /** Their codes, model by model; none where the encoders are there. */
  readonly codes: readonly PackedNumbers[]
}

/** One file: what a figure of the chapter computes with. */
export interface ModelFile {
  readonly models: readonly PackedModel[]
  readonly examples: PackedExamples
}

/** A model in the hands of a figure. */
export interface ShippedModel {
  readonly label: string
  readonly codeUnits: number
  /** Mean squared error of test examples. */
  readonly error: number
  /** Makes codes of examples; null where the file has none. */
  readonly encoder: DenseChain | null
  readonly decoder: DenseChain
}

/** What a figure computes with. */
export interface ShippedModels {
  readonly models: readonly ShippedModel[]
  readonly labels: readonly number[]
  /** The examples, one after another. */
  readonly examples: Float32Array
  /** Codes of the examples, model by model, one after another. */
  readonly codes: readonly Float32Array[]
}

/** Unpacks what a file of models holds. Throws TypeError where its layers do not fit each other. */
export function openModels({ models, examples }: ModelFile): ShippedModels {
  return {
    models: models.map(({ label, codeUnits, error, encoder, decoder }) => ({
      label,
      codeUnits,
      error: error.shipped,
      encoder: encoder && openChain(encoder),
      decoder: openChain(decoder),
    })),
    labels: examples.labels,
    examples: unpackNumbers(examples.values),
    codes: examples.codes.map(unpackNumbers),
  }
}

/** Unpacks layers. Throws TypeError where they do not fit each other. */
export function openChain(layers: readonly PackedLayer[]): DenseChain {
  return new DenseChain(layers.map((layer) => ({ ...layer, kernel: unpackNumbers(layer.kernel), bias: unpackNumbers(layer.bias) })))
}
