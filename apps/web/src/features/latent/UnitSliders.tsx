'use client'
import {
  codeRange,
  type DimensionOrder,
  type DimensionSpread,
  orderDimensions,
  type UnitState,
  unitStates,
} from '@hourglass/autoencoders/latent'
import { Group, NativeSelect, Pagination } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { ExplorerStore } from './explorerStore'
import { pageOf } from './pageOf'
import { SliderList, type SliderRow } from './SliderList'
import classes from './UnitSliders.module.css'
import { useExplorer } from './useExplorer'

/** More than these are paged: a page of sliders fits a screen. */
const PAGE_SIZE = 48

export type CodeUnit = DimensionSpread & { readonly divergence: number | null }

interface UnitSlidersProps {
  readonly store: ExplorerStore
  readonly units: readonly CodeUnit[]
  /** Codes of test examples, `[n, units]`; null while nobody needs them, or before they are there. */
  readonly codes: Float32Array | null
  /** Whether codes have a prior, which gives them their scale. */
  readonly hasPrior: boolean
}

const orders = {
  index: 'By index',
  variation: 'Most varying first',
  divergence: 'Most divergence first',
} as const satisfies Record<DimensionOrder, string>

/** Lays out one slider for each unit of the code; large codes come in pages, those that vary most first. Units that tell no examples apart are folded away. */
export function UnitSliders({ store, units, codes, hasPrior }: UnitSlidersProps) {
  const state = useExplorer(store)
  const [wanted, setWanted] = useState(1)
  const [isUnfolded, setUnfolded] = useState(false)
  const isPaged = units.length > PAGE_SIZE
  const order = state.order ?? (isPaged ? 'variation' : 'index')
  const { used, unused } = useMemo(() => {
    const states = unitStates(units, hasPrior)
    const stated = orderDimensions(units, order).map((unit) => ({ unit, state: states[unit.index] ?? 'active' }))
    const active = stated.filter((each) => each.state === 'active')
    // Where no unit is in use, there is nothing to hide the others behind.
    return active.length === 0 ? { used: stated, unused: [] } : { used: active, unused: stated.filter((each) => each.state !== 'active') }
  }, [units, hasPrior, order])
  const { items, page, pages } = pageOf(used, { page: wanted, size: PAGE_SIZE })

  const toRow = ({ unit, state: unitState }: { unit: CodeUnit; state: UnitState }): SliderRow => ({
    spread: unit,
    range: codeRange(unit, state.range, { along: codes && state.range === 'quantiles' ? columnOf(codes, units.length, unit.index) : null }),
    ...(unitState === 'active' ? {} : { note: unitState }),
  })
  const orderable = units[0]?.divergence === null ? (['index', 'variation'] as const) : (['index', 'variation', 'divergence'] as const)
  return (
    <div>
      {(units.length > 4 || isPaged) && (
        <Group justify="space-between" mb={6} gap="xs">
          <NativeSelect
            size="xs"
            aria-label="Order of the sliders"
            value={order}
            onChange={({ currentTarget }) => {
              const chosen = orderable.find((one) => one === currentTarget.value)
              if (chosen) store.set({ order: chosen })
              setWanted(1)
            }}
            data={orderable.map((value) => ({ value, label: orders[value] }))}
          />
          {pages > 1 && (
            <Pagination
              size="xs"
              total={pages}
              value={page}
              onChange={setWanted}
              getItemProps={(number) => ({ 'aria-label': `Sliders, page ${number}` })}
            />
          )}
        </Group>
      )}
      <SliderList store={store.code} rows={items.map(toRow)} kind="unit" label="Latent dimensions" />
      {unused.length > 0 && (
        <details className={classes.unused} open={isUnfolded} onToggle={(event) => setUnfolded(event.currentTarget.open)}>
          <summary>{describeUnused(unused.map((each) => each.state))}</summary>
          {isUnfolded && (
            <SliderList
              store={store.code}
              rows={unused.slice(0, PAGE_SIZE).map(toRow)}
              kind="unit"
              label="Latent dimensions that tell no examples apart"
            />
          )}
        </details>
      )}
    </div>
  )
}

/** Counts the units that tell no examples apart: `3 collapsed units, 1 dead unit`. */
function describeUnused(states: readonly UnitState[]): string {
  return (['collapsed', 'dead'] as const)
    .map((state) => ({ state, count: states.filter((each) => each === state).length }))
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => `${count} ${state} ${count === 1 ? 'unit' : 'units'}`)
    .join(', ')
}

function columnOf(values: Float32Array, width: number, column: number): Float32Array {
  return Float32Array.from({ length: Math.floor(values.length / width) }, (_, row) => values[row * width + column] as number)
}
