import {
  add,
  dispose,
  logSoftmax,
  matMul,
  mean,
  mul,
  neg,
  square,
  sum,
  type Tensor1D,
  type Tensor2D,
  tidy,
  variable,
  variableGrads,
  zeros,
} from '@tensorflow/tfjs-core'
import type { Engine } from '../engines/Engine.js'
import '../engines/registerGradients.js'
import { Lbfgs } from '../optimizers/lbfgs/Lbfgs.js'
import { activateCpuBackend } from '../tensors/cpuBackend.js'
import { FlatLayout } from '../tensors/FlatLayout.js'
import { CommonScale } from './CommonScale.js'
import { requireSameLength } from './requireSameLength.js'

export interface LabelledFeatures {
  /** [n, width] */
  readonly features: Float32Array
  /** Class of each example, from 0. */
  readonly labels: Uint8Array
}

export interface LinearProbeOptions {
  readonly engine: Engine
  readonly train: LabelledFeatures
  readonly test: LabelledFeatures
  /** Values of one example. */
  readonly width: number
  readonly classCount: number
  /** λ of the penalty. @default 1e-3 */
  readonly regularization?: number
  /** Iterations of L-BFGS; 784 pixels need 120. @default 200 */
  readonly maximumIterations?: number
  /** Largest component of the gradient where it stops before. @default 1e-4 */
  readonly gradientTolerance?: number
  /** Kernel and bias in one, of features on a like scale, where it starts. @default zeros */
  readonly start?: Float32Array
}

export interface LinearProbe {
  /** Share of test examples whose class the classifier tells. */
  readonly testAccuracy: number
  readonly iterations: number
  /** Of the scaled features, [width, classes]. */
  readonly kernel: Float32Array
  readonly bias: Float32Array
  /** The minimised function at the end. */
  readonly loss: number
}

/**
 * Measures how well a linear classifier tells classes from features: multinomial logistic regression on features x centred and divided by
 * one common spread, both of the training examples, minimising by L-BFGS
 *
 *     mean cross-entropy of softmax(W (x − μ) / s + b) + λ/2 ‖W‖²,     s² = mean over features of Var(xⱼ)
 *
 * The bias b is free. As no feature has a spread of its own, λ means the same for any rotation of the features: all principal components
 * tell as much as the values they are made of. Features that carry the classes linearly have an accuracy near 1. Source: Alain & Bengio
 * 2017.
 */
export async function linearProbe(options: LinearProbeOptions): Promise<LinearProbe> {
  const { width, regularization = 1e-3, maximumIterations = 200, gradientTolerance = 1e-4, start } = options
  requireSameLength('features', options.train.features, { other: options.train.features, width })
  requireSameLength('features', options.test.features, { other: options.test.features, width })
  const scale = new CommonScale(options.train.features, width)
  const train = { ...options.train, features: scale.apply(options.train.features) }
  const test = { ...options.test, features: scale.apply(options.test.features) }
  const objective = await createProbeObjective({ ...options, train })
  try {
    const fit = await fitProbe(objective, { regularization, maximumIterations, gradientTolerance, start })
    return { testAccuracy: accuracy(fit, test), ...fit }
  } finally {
    await objective.dispose()
  }
}

export interface ProbeFitOptions {
  readonly regularization: number
  readonly maximumIterations: number
  readonly gradientTolerance: number
  /** Where it starts. @default zeros */
  readonly start?: Float32Array | undefined
}

/** A classifier that minimises the penalised cross-entropy of some examples. */
export interface ProbeFit extends Omit<LinearProbe, 'testAccuracy'> {
  /** Kernel and bias in one. */
  readonly parameters: Float32Array
}

/** Minimises an objective of scaled features by L-BFGS. */
export async function fitProbe(objective: ProbeObjective, options: ProbeFitOptions): Promise<ProbeFit> {
  const { regularization, maximumIterations, gradientTolerance, start } = options
  const { layout } = objective
  const evaluate = (parameters: Float32Array) => objective.evaluate(parameters, regularization)
  const optimizer = new Lbfgs(start?.slice() ?? new Float32Array(layout.size), { gradientTolerance })
  let last = await optimizer.iterate(evaluate)
  while (last.outcome === 'progressed' && optimizer.iterations < maximumIterations) last = await optimizer.iterate(evaluate)
  const { kernel, bias } = layout.unflatten(optimizer.parameters)
  return {
    kernel: kernel?.values ?? new Float32Array(),
    bias: bias?.values ?? new Float32Array(),
    iterations: optimizer.iterations,
    loss: last.loss,
    parameters: optimizer.parameters.slice(),
  }
}

/** The penalised cross-entropy of some examples as a function of the classifier's parameters and of λ. */
export type ProbeObjective = Awaited<ReturnType<typeof createProbeObjective>>

/** Compiles the objective of examples whose features are scaled already; its owner disposes of it. */
export async function createProbeObjective({
  engine,
  width,
  classCount,
  train,
}: Pick<LinearProbeOptions, 'engine' | 'width' | 'classCount' | 'train'>) {
  const layout = new FlatLayout({ kernel: { shape: [width, classCount] }, bias: { shape: [classCount] } })
  const count = train.labels.length
  const inputs = { features: train.features, oneHot: oneHot(train.labels, classCount) }
  activateCpuBackend()
  const kernel = tidy(() => variable(zeros([width, classCount])))
  const bias = tidy(() => variable(zeros([classCount])))
  const state = engine.createState({ kernel, bias })
  const compiled = await state.compile(
    ({ features, oneHot, regularization }) => {
      const { value, grads } = variableGrads(() => {
        const logits = add(matMul(features as Tensor2D, kernel as unknown as Tensor2D), bias) // [batch, classes]
        const crossEntropy = neg(mean(sum(mul(logSoftmax(logits), oneHot as Tensor2D), 1)))
        return add(crossEntropy, sum(mul(mul(sum(square(kernel)), regularization as Tensor1D), 0.5)))
      }, [kernel, bias])
      const gradientOf = (name: string) => grads[name] ?? zeros([1])
      return { loss: value, kernel: gradientOf(kernel.name), bias: gradientOf(bias.name) }
    },
    {
      features: { shape: [count, width], dtype: 'float32' },
      oneHot: { shape: [count, classCount], dtype: 'float32' },
      regularization: { shape: [1], dtype: 'float32' },
    },
  )
  return {
    layout,
    async evaluate(parameters: Float32Array, regularization: number) {
      state.restore(layout.unflatten(parameters))
      const { loss, ...gradients } = await compiled.run({ ...inputs, regularization: Float32Array.of(regularization) })
      const named = Object.fromEntries(Object.entries(gradients).map(([name, values]) => [name, { values }]))
      return { loss: loss?.[0] ?? Number.NaN, gradient: layout.flatten(named) }
    },
    async dispose() {
      await compiled.dispose()
      activateCpuBackend()
      dispose([kernel, bias])
    },
  }
}

function oneHot(labels: Uint8Array, classCount: number): Float32Array {
  const values = new Float32Array(labels.length * classCount)
  for (const [row, label] of labels.entries()) values[row * classCount + label] = 1
  return values
}

/** Computes the share of examples, with scaled features, whose class a classifier tells. */
export function accuracy({ kernel, bias }: Pick<LinearProbe, 'kernel' | 'bias'>, { features, labels }: LabelledFeatures): number {
  const classCount = bias.length
  const width = kernel.length / classCount
  const logits = new Float64Array(classCount)
  let correct = 0
  for (const [row, label] of labels.entries()) {
    logits.set(bias)
    for (let index = 0; index < width; index++) {
      const feature = features[row * width + index] as number
      if (feature === 0) continue
      const from = index * classCount
      for (let unit = 0; unit < classCount; unit++) logits[unit] = (logits[unit] as number) + feature * (kernel[from + unit] as number)
    }
    let told = 0
    for (let unit = 1; unit < classCount; unit++) if ((logits[unit] as number) > (logits[told] as number)) told = unit
    // What is no number tells nothing.
    if (told === label && !Number.isNaN(logits[told])) correct += 1
  }
  return correct / labels.length
}
