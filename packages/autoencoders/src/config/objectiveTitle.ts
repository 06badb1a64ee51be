import { toLabel, toWords } from './optionWords.js'
import type { RunConfig } from './RunConfig.js'

type Objective = Pick<RunConfig, 'loss' | 'regularizer' | 'architecture'>

const penalties = { l1: 'λ Σ |z|', klSparsity: 'λ Σ KL(ρ ‖ ρ̂)', contractive: 'λ ‖∂f/∂x‖²' } as const satisfies Record<
  Exclude<RunConfig['regularizer']['kind'], 'none'>,
  string
>

/** Names what a run minimizes: its reconstruction error, `Mean squared error`, or where more is added `Objective: binary cross-entropy + β KL`. */
export function objectiveTitle(config: Objective): string {
  const added = addedTerms(config)
  return added.length === 0 ? toLabel(config.loss) : `Objective: ${[toWords(config.loss), ...added].join(' + ')}`
}

/** Tells objectives apart whose values cannot be set side by side: other errors, penalties or weights. */
export function objectiveKey({ loss, regularizer, architecture }: Objective): string {
  return JSON.stringify([loss, regularizer, architecture.encoder])
}

function addedTerms({ regularizer, architecture }: Objective): readonly string[] {
  return [
    ...(regularizer.kind === 'none' ? [] : [penalties[regularizer.kind]]),
    ...(architecture.encoder.kind === 'variational' ? ['β KL'] : []),
  ]
}
