'use client'
import { Group, NativeSelect } from '@mantine/core'
import type { Projection } from './mapOptions'

interface ProjectionChoiceProps {
  readonly projection: Projection
  /** Units of one code. */
  readonly size: number
  readonly onChange: (next: Projection) => void
}

/** Chooses what the map lays codes out by. */
export function ProjectionChoice({ projection, size, onChange }: ProjectionChoiceProps) {
  const units = Array.from({ length: size }, (_, index) => ({ value: String(index), label: `z${index + 1}` }))
  return (
    <Group gap={6}>
      <NativeSelect
        size="xs"
        aria-label="What the map lays codes out by"
        value={projection.kind}
        onChange={({ currentTarget }) =>
          onChange(
            currentTarget.value === 'units'
              ? { kind: 'units', across: 0, up: 1 }
              : { kind: currentTarget.value === 'umap' ? 'umap' : 'principal' },
          )
        }
        data={[
          { value: 'principal', label: 'Principal directions' },
          { value: 'units', label: 'Two units' },
          { value: 'umap', label: 'UMAP' },
        ]}
      />
      {projection.kind === 'units' && (
        <>
          <NativeSelect
            size="xs"
            aria-label="Dimension across"
            data={units.filter(({ value }) => value !== String(projection.up))}
            value={projection.across}
            onChange={({ currentTarget }) => onChange({ ...projection, across: Number(currentTarget.value) })}
          />
          <NativeSelect
            size="xs"
            aria-label="Dimension up"
            data={units.filter(({ value }) => value !== String(projection.across))}
            value={projection.up ?? 0}
            onChange={({ currentTarget }) => onChange({ ...projection, up: Number(currentTarget.value) })}
          />
        </>
      )}
    </Group>
  )
}
