import { type ExampleRuleId, exampleRules } from './measurementRules.js'

export interface ExampleBatch {
  /** Gathers the examples, [batch, size]; asked only where a rule looks at them. */
  readonly originals: () => Float32Array
  /** [batch, size] */
  readonly reconstructions: Float32Array
  /** [batch] */
  readonly clippedSquaredErrors: Float32Array
}

export interface ExampleMeasures {
  /** Measures the next examples. */
  readonly add: (batch: ExampleBatch) => void
  /** A value of each example, [count]. */
  readonly measured: Readonly<Record<ExampleRuleId, Float32Array>>
}

/** Measures each of `count` examples by itself, as their batches come. */
export function measureExamples(count: number): ExampleMeasures {
  const rules = Object.entries(exampleRules).map(([id, rule]) => ({ id, rule, values: new Float32Array(count) }))
  let place = 0
  return {
    measured: Object.fromEntries(rules.map(({ id, values }) => [id, values])) as Record<ExampleRuleId, Float32Array>,
    add: ({ originals, reconstructions, clippedSquaredErrors }) => {
      let gathered: Float32Array | undefined
      const size = reconstructions.length / clippedSquaredErrors.length
      clippedSquaredErrors.forEach((clippedSquaredError, index) => {
        const [begin, end] = [index * size, (index + 1) * size]
        const example = {
          get original() {
            gathered ??= originals()
            return gathered.subarray(begin, end)
          },
          get reconstruction() {
            return reconstructions.subarray(begin, end)
          },
          clippedSquaredError,
        }
        for (const { rule, values } of rules) values[place + index] = rule(example)
      })
      place += clippedSquaredErrors.length
    },
  }
}
