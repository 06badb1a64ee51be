import { type CompiledFunction, type CompileOptions, compile, createState, optimizerVariables, type State } from '../../src/index.js'
import { tf } from '../eager.js'
import { uniformArray } from '../numbers.js'

export const [size, code] = [20, 5]

export interface Parameters {
  readonly [name: string]: tf.Variable
  readonly encoder: tf.Variable<tf.Rank.R2>
  readonly encoderBias: tf.Variable<tf.Rank.R1>
  readonly decoder: tf.Variable<tf.Rank.R2>
  readonly decoderBias: tf.Variable<tf.Rank.R1>
}

function makeParameters(): Parameters {
  const kernel = (seed: number, rows: number, columns: number) =>
    tf.tidy(() => tf.variable(tf.tensor2d(uniformArray(seed, rows * columns, -0.5, 0.5), [rows, columns])))
  return {
    encoder: kernel(1, size, code),
    encoderBias: tf.tidy(() => tf.variable(tf.zeros([code]))),
    decoder: kernel(2, code, size),
    decoderBias: tf.tidy(() => tf.variable(tf.zeros([size]))),
  }
}

export type Loss = (x: tf.Tensor2D, parameters: Parameters) => tf.Scalar

export const encode = (x: tf.Tensor2D, { encoder, encoderBias }: Parameters) =>
  tf.tanh(tf.add(tf.matMul(x, encoder), encoderBias)) as tf.Tensor2D
export const decode = (codes: tf.Tensor2D, { decoder, decoderBias }: Parameters) =>
  tf.sigmoid(tf.add(tf.matMul(codes, decoder), decoderBias)) as tf.Tensor2D
export const squaredError: Loss = (x, parameters) => tf.losses.meanSquaredError(x, decode(encode(x, parameters), parameters)) as tf.Scalar

export interface TrainingOptions {
  readonly loss?: Loss
  readonly makeOptimizer?: () => tf.Optimizer
  readonly seed?: number
}

export function makeTraining({ loss = squaredError, makeOptimizer = () => tf.train.adam(0.01), seed }: TrainingOptions = {}) {
  const parameters = makeParameters()
  const optimizer = makeOptimizer()
  const state = createState({ ...parameters, ...optimizerVariables(optimizer, parameters) }, seed === undefined ? {} : { seed })
  const step = ({ x }: { readonly x: tf.Tensor }) => ({
    loss: optimizer.minimize(() => loss(x as tf.Tensor2D, parameters), true, Object.values(parameters)) as tf.Scalar,
  })
  return { parameters, state, step }
}

export type Options = Pick<CompileOptions<never>, 'step' | 'threads'>
export type Compiled = CompiledFunction<
  { readonly x: { readonly shape: readonly number[]; readonly dtype: 'float32' } },
  { loss: tf.Scalar }
>

export function compileTraining({ step, state }: ReturnType<typeof makeTraining>, batch: number, options: Options): Promise<Compiled> {
  return compile(step, { state, inputs: { x: { shape: [batch, size], dtype: 'float32' as const } }, threads: 1, ...options })
}

export async function train(compiled: Compiled, batch: number, steps: readonly [number, number]): Promise<number[]> {
  const losses: number[] = []
  for (let step = steps[0]; step < steps[1]; step++) {
    losses.push((await compiled.run({ x: uniformArray(100 + (step % 25), batch * size, 0, 1) })).loss[0] ?? Number.NaN)
  }
  return losses
}

export interface Trained {
  readonly losses: readonly number[]
  readonly snapshot: ReturnType<State['snapshot']>
  readonly compiled: Compiled
}

export async function trained(training: TrainingOptions, batch: number, options: Options & { steps?: number }): Promise<Trained> {
  const { steps = 100, ...rest } = options
  const made = makeTraining(training)
  const compiled = await compileTraining(made, batch, rest)
  const losses = await train(compiled, batch, [0, steps])
  await compiled.dispose()
  return { losses, snapshot: made.state.snapshot(), compiled }
}
