'use client'
import { type CodeRangeKind, codeRangeKinds } from '@hourglass/autoencoders/latent'
import { Group, NativeSelect, SegmentedControl, Skeleton } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { Unread } from '../../ui/Unread'
import { type ExplorerStore, type SlidersAlong, slidersAlong } from './explorerStore'
import { type CodeUnit, UnitSliders } from './UnitSliders'
import { useExplorer } from './useExplorer'
import type { EpochCloud } from './useMapFit'
import { usePrincipal } from './usePrincipal'

// Loaded once they are chosen.
const DirectionSliders = lazy(async () => ({ default: (await import('./DirectionSliders')).DirectionSliders }))
const NamedSliders = lazy(async () => ({ default: (await import('./NamedSliders')).NamedSliders }))

interface SliderPanelProps {
  readonly runId: string
  readonly store: ExplorerStore
  readonly units: readonly CodeUnit[]
  /** Null before the codes are there. */
  readonly cloud: EpochCloud | null
  readonly hasPrior: boolean
}

const ranges = {
  extremes: 'Least to greatest',
  quantiles: 'Middle 98 %',
  deviations: 'Mean ± 2 σ',
  prior: 'Middle 98 % of N(0, I)',
} as const satisfies Record<CodeRangeKind, string>

const labels = { units: 'Units', directions: 'Principal directions', named: 'Named directions' } as const satisfies Record<
  SlidersAlong,
  string
>

/** Chooses what the sliders move and what they reach over, and lays them out. */
export function SliderPanel({ runId, store, units, cloud, hasPrior }: SliderPanelProps) {
  const { along, range } = useExplorer(store)
  const size = units.length
  const shown = size === 1 ? 'units' : along
  const principal = usePrincipal(shown === 'directions' ? (cloud?.trainingCodes ?? null) : null, size)
  return (
    <>
      <Group gap={8} mb={8} align="center">
        {size > 1 && (
          <SegmentedControl
            size="xs"
            aria-label="What the sliders move"
            value={shown}
            onChange={(next) => store.set({ along: next })}
            data={slidersAlong.map((value) => ({ value, label: labels[value] }))}
          />
        )}
        <NativeSelect
          size="xs"
          aria-label="What the sliders reach over"
          value={range}
          onChange={({ currentTarget }) => {
            const chosen = codeRangeKinds.find((kind) => kind === currentTarget.value)
            if (chosen) store.set({ range: chosen })
          }}
          data={codeRangeKinds.map((value) => ({ value, label: ranges[value] }))}
        />
      </Group>
      {shown === 'units' ? (
        <UnitSliders store={store} units={units} codes={cloud?.codes ?? null} hasPrior={hasPrior} />
      ) : shown === 'named' ? (
        cloud ? (
          <Suspense fallback={<Skeleton height={220} />}>
            <NamedSliders runId={runId} store={store} cloud={cloud} size={size} />
          </Suspense>
        ) : (
          <Skeleton height={220} />
        )
      ) : principal.error ? (
        <Unread what="The directions" onRetry={principal.retry} />
      ) : cloud && principal.answer ? (
        <Suspense fallback={<Skeleton height={220} />}>
          <DirectionSliders store={store} codes={principal.answer.codes} principal={principal.answer.found} />
        </Suspense>
      ) : (
        <Skeleton height={220} />
      )}
    </>
  )
}
