'use client'
import { type ChosenNoise, noiseLevels } from '@hourglass/autoencoders/latent'
import { Button, Group, NativeSelect } from '@mantine/core'
import { formatCode } from '../../ui/formatQuantity'
import classes from './NoiseControl.module.css'

const STEPS = 200

const kinds = {
  gaussian: { title: 'Gaussian', level: 'standard deviation' },
  uniform: { title: 'Uniform', level: 'amplitude' },
  masking: { title: 'Zeroing', level: 'share of the values' },
  saltAndPepper: { title: 'Salt and pepper', level: 'share of the values' },
} as const satisfies Record<ChosenNoise['kind'], { title: string; level: string }>

const isKind = (kind: string): kind is ChosenNoise['kind'] => Object.hasOwn(kinds, kind)

interface NoiseControlProps {
  readonly noise: ChosenNoise
  /** What the run was trained with; null for none. */
  readonly own: Omit<ChosenNoise, 'seed'> | null
  readonly onNoise: (noise: ChosenNoise) => void
}

/** Chooses what noise is put on an example, and how much. */
export function NoiseControl({ noise, own, onNoise }: NoiseControlProps) {
  const { title, level } = kinds[noise.kind]
  const most = noiseLevels[noise.kind]
  return (
    <div className={classes.root}>
      <Group gap={6}>
        <NativeSelect
          size="xs"
          aria-label="Kind of noise"
          value={noise.kind}
          onChange={({ currentTarget: { value } }) => {
            if (isKind(value)) onNoise({ ...noise, kind: value, level: Math.min(noise.level, noiseLevels[value]) })
          }}
          data={Object.entries(kinds).map(([value, kind]) => ({
            value,
            label: value === own?.kind ? `${kind.title} (this run’s own)` : kind.title,
          }))}
        />
        {own && (
          <Button
            variant="default"
            size="compact-xs"
            onClick={() => onNoise({ ...noise, ...own, level: Math.min(own.level, noiseLevels[own.kind]) })}
          >
            As in training
          </Button>
        )}
        <Button
          variant="default"
          size="compact-xs"
          disabled={noise.level === 0}
          onClick={() => onNoise({ ...noise, seed: noise.seed + 1 })}
        >
          Draw it anew
        </Button>
      </Group>
      <label className={classes.level}>
        <span className={classes.text}>
          {title}, {level} <output className={classes.value}>{formatCode(noise.level)}</output>
        </span>
        <input
          type="range"
          className={classes.range}
          aria-label="Noise"
          aria-valuetext={`${level} ${formatCode(noise.level)}`}
          min={0}
          max={most}
          step={most / STEPS}
          value={noise.level}
          onChange={({ currentTarget }) => onNoise({ ...noise, level: currentTarget.valueAsNumber })}
        />
      </label>
    </div>
  )
}
