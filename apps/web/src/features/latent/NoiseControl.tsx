'use client'
import { type ChosenNoise, offeredNoise, offerOf } from '@hourglass/autoencoders/latent'
import { Button, Group, NativeSelect } from '@mantine/core'
import { formatCode } from '../../ui/formatQuantity'
import classes from './NoiseControl.module.css'

const STEPS = 200

interface NoiseControlProps {
  readonly noise: ChosenNoise
  /** What the run was trained with; null for none. */
  readonly own: Omit<ChosenNoise, 'seed'> | null
  readonly onNoise: (noise: ChosenNoise) => void
}

/** Chooses what noise is put on an example, and how much. */
export function NoiseControl({ noise, own, onNoise }: NoiseControlProps) {
  const { title, level, most } = offerOf(noise.kind)
  return (
    <div className={classes.root}>
      <Group gap={6}>
        <NativeSelect
          size="xs"
          aria-label="Kind of noise"
          value={noise.kind}
          onChange={({ currentTarget: { value } }) => {
            const chosen = offeredNoise.find(({ kind }) => kind === value)
            if (chosen) onNoise({ ...noise, kind: chosen.kind, level: Math.min(noise.level, chosen.most) })
          }}
          data={offeredNoise.map((offered) => ({
            value: offered.kind,
            label: offered.kind === own?.kind ? `${offered.title} (this run’s own)` : offered.title,
          }))}
        />
        {own && (
          <Button
            variant="default"
            size="compact-xs"
            onClick={() => onNoise({ ...noise, ...own, level: Math.min(own.level, offerOf(own.kind).most) })}
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
