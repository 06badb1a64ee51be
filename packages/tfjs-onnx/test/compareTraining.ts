import { type CompileOptions, compile, type State } from '../src/index.js'
import { tf } from './eager.js'
import { expectClose } from './numbers.js'

/** A training step, and the state that it changes. */
export interface Training<Name extends string = 'x'> {
  readonly state: State
  readonly step: (inputs: Readonly<Record<Name, tf.Tensor>>) => { loss: tf.Tensor }
}

/** What a step is given, one record of arrays for each step. */
export interface Batches<Name extends string = 'x'> {
  readonly shapes: Readonly<Record<Name, readonly number[]>>
  readonly steps: readonly Readonly<Record<Name, Float32Array>>[]
}

function mapRecord<Name extends string, From, To>(
  record: Readonly<Record<Name, From>>,
  make: (value: From, name: Name) => To,
): Record<Name, To> {
  return Object.fromEntries(Object.entries<From>(record).map(([name, value]) => [name, make(value, name as Name)])) as Record<Name, To>
}

export async function trainTraced<Name extends string>(
  { state, step }: Training<Name>,
  { shapes, steps }: Batches<Name>,
  options: Pick<CompileOptions<never>, 'threads'> = { threads: 1 },
): Promise<number[]> {
  const inputs = mapRecord(shapes, (shape) => ({ shape, dtype: 'float32' as const }))
  const compiled = await compile(step, { state, inputs, ...options })
  const history: number[] = []
  for (const values of steps) history.push((await compiled.run(values)).loss[0] ?? Number.NaN)
  await compiled.dispose()
  return history
}

export function trainEagerly<Name extends string>({ step }: Training<Name>, { shapes, steps }: Batches<Name>): number[] {
  return steps.map((values) =>
    tf.tidy(() => step(mapRecord(values, (array, name) => tf.tensor(array, [...shapes[name]]))).loss.dataSync()[0] ?? Number.NaN),
  )
}

/** Trains traced, then eagerly from the same values, and compares every loss and, at the end, every variable. */
export async function compareTraining<Name extends string>(
  training: Training<Name>,
  batches: Batches<Name>,
  tolerance: number,
): Promise<readonly number[]> {
  const traced = await trainTraced(training, batches)
  const eager = trainEagerly(training, batches)
  expectClose(traced, eager, tolerance)
  for (const [name, { values }] of Object.entries(training.state.snapshot())) {
    expectClose(values, training.state.variables.get(name)?.dataSync() ?? [], tolerance * 10)
  }
  return traced
}
