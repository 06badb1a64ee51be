'use client'
import { type DimensionOrder, type DimensionSpread, orderDimensions } from '@hourglass/autoencoders/latent'
import { Group, Pagination, SegmentedControl } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { CodeStore } from './codeStore'
import { LatentSlider, type SliderKind } from './LatentSlider'
import classes from './LatentSliders.module.css'
import { pageOf } from './pageOf'

/** More than these are paged: a page of sliders fits a screen. */
const PAGE_SIZE = 48

interface LatentSlidersProps {
  readonly store: CodeStore
  readonly dimensions: readonly DimensionSpread[]
  /** What a slider moves. */
  readonly kind?: SliderKind
}

/** Lays out one slider for each dimension of the code; large codes come in pages, those that vary most first. */
export function LatentSliders({ store, dimensions, kind = 'dimension' }: LatentSlidersProps) {
  const paged = dimensions.length > PAGE_SIZE
  const [chosen, setChosen] = useState<DimensionOrder | null>(null)
  const [wanted, setWanted] = useState(1)
  const order = chosen ?? (paged ? 'variation' : 'index')
  const ordered = useMemo(() => orderDimensions(dimensions, order), [dimensions, order])
  const { items, page, pages } = pageOf(ordered, { page: wanted, size: PAGE_SIZE })

  return (
    <div>
      {kind === 'dimension' && dimensions.length > 4 && (
        <Group justify="space-between" mb={6} gap="xs">
          <SegmentedControl
            size="xs"
            aria-label="Order of the sliders"
            value={order}
            onChange={(value) => {
              setChosen(value)
              setWanted(1)
            }}
            data={[
              { value: 'index', label: 'By index' },
              { value: 'variation', label: 'Most varying first' },
            ]}
          />
          {paged && (
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
      <fieldset
        className={classes.grid}
        data-few={dimensions.length <= 2 || undefined}
        aria-label={kind === 'dimension' ? 'Latent dimensions' : 'Principal directions'}
      >
        {items.map((dimension) => (
          <LatentSlider key={dimension.index} store={store} dimension={dimension} kind={kind} />
        ))}
      </fieldset>
    </div>
  )
}
