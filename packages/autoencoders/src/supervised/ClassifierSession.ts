import { createRandom, type Dataset } from '@hourglass/datasets'
import {
  add,
  logSoftmax,
  matMul,
  mean,
  mul,
  neg,
  type Rank,
  type Scalar,
  sum,
  type Tensor2D,
  tidy,
  type Variable,
  variableGrads,
  zeros,
} from '@tensorflow/tfjs-core'
import { createNetwork } from '../architectures/createNetwork.js'
import type { Network } from '../architectures/Network.js'
import type { ArchitectureConfig } from '../config/RunConfig.js'
import type { CompiledFunction, Engine, EngineState } from '../engines/Engine.js'
import '../engines/registerGradients.js'
import { pickParameters } from '../inference/ModelDescription.js'
import { createOptimizer } from '../optimizers/createOptimizer.js'
import { type NamedTensors, type PlainTensor, sizeOfShape } from '../tensors/NamedTensors.js'
import { disposeVariables, toVariables } from '../tensors/variables.js'

export interface ClassifierOptions {
  readonly architecture: ArchitectureConfig
  readonly exampleShape: Dataset['exampleShape']
  /** Where the encoder starts from. */
  readonly parameters: NamedTensors
  readonly classCount: number
  readonly learningRate: number
  /** Draws the weights of the softmax layer. */
  readonly seed: number
}

type Variables = Readonly<Record<string, Variable>>

const adamDefaults = {
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-7,
  schedule: { kind: 'constant' },
  warmupEpochs: 0,
  clipNorm: null,
} as const

/** An encoder with a softmax layer on its code, in training on one engine. */
export class ClassifierSession {
  readonly #variables: Variables
  readonly #state: EngineState
  readonly #network: Network
  readonly #optimizer: ReturnType<typeof createOptimizer>
  readonly #trained: Variables
  readonly #compiled = new Map<string, CompiledFunction>()
  readonly #sizes: { readonly example: number; readonly classes: number }

  constructor(engine: Engine, options: ClassifierOptions) {
    const { architecture, exampleShape, parameters, classCount, learningRate, seed } = options
    this.#network = createNetwork(architecture, exampleShape)
    const model = toVariables(pickParameters({ config: architecture, exampleShape, parameters }))
    this.#sizes = { example: sizeOfShape(exampleShape), classes: classCount }
    const width = tidy(() => this.#network.encode(model, zeros([1, this.#sizes.example])).size)
    const head = toVariables(initializeHead([width, classCount], seed))
    this.#variables = { ...model, ...head }
    this.#trained = this.#reachedVariables()
    this.#optimizer = createOptimizer({ kind: 'adam', learningRate, ...adamDefaults }, this.#trained)
    this.#state = engine.createState({ ...this.#variables, ...this.#optimizer.variables })
  }

  /** Makes one step of Adam on the mean cross-entropy of examples [n, size]; returns it as it was before. */
  async train(examples: Float32Array, labels: Uint8Array): Promise<number> {
    const { example, classes } = this.#sizes
    const shape = { examples: { shape: [labels.length, example] }, oneHot: { shape: [labels.length, classes] } }
    const step = await this.#compileOnce(`train/${labels.length}`, shape, (inputs) => {
      const { value, grads } = variableGrads(() => this.#crossEntropy(inputs), Object.values(this.#trained))
      const named = Object.entries(this.#trained).flatMap(([name, { name: key }]) => (grads[key] ? [[name, grads[key]] as const] : []))
      this.#optimizer.applyGradients(Object.fromEntries(named))
      return { loss: value }
    })
    const oneHot = new Float32Array(labels.length * classes)
    for (const [row, label] of labels.entries()) oneHot[row * classes + label] = 1
    const { loss } = await step.run({ examples, oneHot })
    return loss?.[0] ?? Number.NaN
  }

  /** Computes logits of examples [n, size], [n, classes]. */
  async classify(examples: Float32Array): Promise<Float32Array> {
    const count = examples.length / this.#sizes.example
    const compiled = await this.#compileOnce(`classify/${count}`, { examples: { shape: [count, this.#sizes.example] } }, (inputs) => ({
      logits: this.#logits(inputs.examples as Tensor2D),
    }))
    const { logits } = await compiled.run({ examples })
    return logits ?? new Float32Array()
  }

  async dispose(): Promise<void> {
    for (const compiled of this.#compiled.values()) await compiled.dispose()
    disposeVariables({ ...this.#variables, ...this.#optimizer.variables })
  }

  #logits(examples: Tensor2D): Tensor2D {
    const codes = this.#network.encode(this.#variables, examples)
    return add(matMul(codes, this.#variables[HEAD.kernel] as unknown as Tensor2D), this.#variables[HEAD.bias] as Variable)
  }

  #crossEntropy({ examples, oneHot }: Readonly<Record<string, Tensor2D>>) {
    return neg(mean<Scalar>(sum(mul(logSoftmax(this.#logits(examples as Tensor2D)), oneHot as Tensor2D), 1)))
  }

  /** The variables that logits depend on: a decoder, or the spread of a variational encoder, are not among them. */
  #reachedVariables(): Variables {
    return tidy(() => {
      const inputs = { examples: zeros<Rank.R2>([1, this.#sizes.example]), oneHot: zeros<Rank.R2>([1, this.#sizes.classes]) }
      const { grads } = variableGrads(() => this.#crossEntropy(inputs), Object.values(this.#variables))
      return Object.fromEntries(Object.entries(this.#variables).filter(([, { name }]) => grads[name]))
    })
  }

  async #compileOnce(key: string, shapes: Readonly<Record<string, { readonly shape: readonly number[] }>>, fn: ClassifierFunction) {
    const known = this.#compiled.get(key)
    if (known) return known
    const specs = Object.fromEntries(Object.entries(shapes).map(([name, { shape }]) => [name, { shape, dtype: 'float32' } as const]))
    const compiled = await this.#state.compile((inputs) => fn(inputs as Readonly<Record<string, Tensor2D>>), specs)
    this.#compiled.set(key, compiled)
    return compiled
  }
}

type ClassifierFunction = (inputs: Readonly<Record<string, Tensor2D>>) => ReturnType<Parameters<EngineState['compile']>[0]>

const HEAD = { kernel: 'classifier/kernel', bias: 'classifier/bias' } as const

/** Glorot and Bengio's uniform weights, zero biases. */
function initializeHead([width, classCount]: readonly [width: number, classCount: number], seed: number): NamedTensors {
  const kernel: PlainTensor = { shape: [width, classCount], values: new Float32Array(width * classCount) }
  const limit = Math.sqrt(6 / (width + classCount))
  createRandom(seed, `parameter/${HEAD.kernel}`).fillUniform(kernel.values, { low: -limit, high: limit })
  return { [HEAD.kernel]: kernel, [HEAD.bias]: { shape: [classCount], values: new Float32Array(classCount) } }
}
