import * as tf from '@tensorflow/tfjs-core'

/**
 * Lists the variables in which a `tf.train` optimizer keeps its slots and counters, to be part of a state. tfjs makes slots
 * when gradients are first applied, so this applies zeros once, eagerly, and puts every value back.
 * Give the parameters in the order in which their gradients will be applied. Names are the optimizer's own:
 * `accumulatedFirstMoment/<parameter>`, `accBeta1`.
 */
export function optimizerVariables(
  optimizer: tf.Optimizer,
  parameters: Readonly<Record<string, tf.Variable>>,
): Record<string, tf.Variable> {
  const before = new Map<string, unknown>(Object.entries(optimizer))
  const touched = [...Object.values(parameters), ...Object.values(ownVariables(optimizer, Object.keys(parameters)))]
  tf.tidy(() => {
    const values = touched.map((variable) => variable.clone())
    optimizer.applyGradients(Object.values(parameters).map((variable) => ({ name: variable.name, tensor: tf.zerosLike(variable) })))
    touched.forEach((variable, index) => {
      const value = values[index]
      if (value) variable.assign(value)
    })
  })
  restoreCounters(optimizer, before)
  return ownVariables(optimizer, Object.keys(parameters))
}

/** Resets plain numbers, such as the count of iterations, which tfjs adds on first use. */
function restoreCounters(optimizer: tf.Optimizer, before: ReadonlyMap<string, unknown>): void {
  for (const [name, value] of Object.entries(optimizer) as [string, unknown][]) {
    if (typeof value !== 'number' || value === before.get(name)) continue
    if (before.has(name)) Reflect.set(optimizer, name, before.get(name))
    else Reflect.deleteProperty(optimizer, name)
  }
}

/** Finds variables among an optimizer's properties: single ones, and lists with one for each parameter. */
function ownVariables(optimizer: tf.Optimizer, parameterNames: readonly string[]): Record<string, tf.Variable> {
  const found: Record<string, tf.Variable> = {}
  for (const [property, value] of Object.entries(optimizer) as [string, unknown][]) {
    if (value instanceof tf.Variable) found[property] = value
    if (!Array.isArray(value)) continue
    value.forEach((slot: unknown, index) => {
      const variable = typeof slot === 'object' && slot !== null && 'variable' in slot ? slot.variable : undefined
      if (variable instanceof tf.Variable) found[`${property}/${parameterNames[index] ?? index}`] = variable
    })
  }
  return found
}
