'use client'

import { NumberInput } from '@mantine/core'

/** An experiment has 200 runs at most; more seeds than these of one setting tell little more. */
const MOST_SEEDS = 50

export interface SeedsFieldProps {
  /** How many; null leaves each run the seed of its configuration. */
  readonly seeds: number | null
  readonly onChange: (seeds: number | null) => void
  /** What stands in its place while it is empty. */
  readonly placeholder: string
  readonly description?: string
}

/** Asks with how many seeds each run is trained. */
export function SeedsField({ seeds, onChange, placeholder, description }: SeedsFieldProps) {
  return (
    <NumberInput
      size="xs"
      label="Seeds"
      description={description}
      inputWrapperOrder={['label', 'input', 'description']}
      placeholder={placeholder}
      value={seeds ?? ''}
      onChange={(value) => onChange(typeof value === 'number' && value >= 1 ? Math.min(MOST_SEEDS, Math.round(value)) : null)}
      min={1}
      max={MOST_SEEDS}
      allowDecimal={false}
      allowNegative={false}
      clampBehavior="strict"
    />
  )
}
