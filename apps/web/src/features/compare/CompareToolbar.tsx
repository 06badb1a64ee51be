'use client'
import type { EpochMeasurement, EpochValueId } from '@hourglass/autoencoders'
import { MultiSelect, NativeSelect } from '@mantine/core'
import { curveAxisChoices } from '../../entities/metric/epochPlaces'
import { CurveControls } from '../../ui/CurveControls'
import classes from './CompareToolbar.module.css'
import { type CompareView, spreads } from './compareView'
import type { Grouping } from './runGroups'

interface CompareToolbarProps {
  readonly view: CompareView
  readonly onView: (changes: Partial<CompareView>) => void
  readonly offered: readonly (EpochMeasurement & { readonly label: string })[]
  readonly drawn: readonly EpochValueId[]
  readonly groupings: readonly Grouping[]
  readonly grouping: Grouping | null
}

const spreadTitles = { deviation: 'Mean ± s.d.', range: 'Lowest to highest' } as const

/** Chooses what is drawn of the runs, over what, and what runs stand together. */
export function CompareToolbar({ view, onView, offered, drawn, groupings, grouping }: CompareToolbarProps) {
  return (
    <div className={classes.root}>
      <MultiSelect
        size="xs"
        className={classes.curves ?? ''}
        aria-label="Curves"
        data={offered.map(({ id, label }) => ({ value: id, label }))}
        value={[...drawn]}
        onChange={(curves) => onView({ curves: curves.length > 0 ? (curves as EpochValueId[]) : null })}
        maxDropdownHeight={320}
        hidePickedOptions
      />
      <CurveControls axes={curveAxisChoices} x={view.x} scale={view.scale} smooth={view.smooth} onChange={onView} />
      {groupings.length > 0 ? (
        <div className={classes.labelled}>
          <span aria-hidden>Group by</span>
          <NativeSelect
            size="xs"
            aria-label="Group by"
            value={grouping?.id ?? ''}
            onChange={(event) => onView({ group: event.currentTarget.value || null, baseline: null })}
            data={[{ value: '', label: 'Nothing' }, ...groupings.map(({ id, title }) => ({ value: id, label: title }))]}
          />
        </div>
      ) : null}
      {grouping ? (
        <NativeSelect
          size="xs"
          aria-label="Band"
          value={view.spread}
          onChange={(event) => onView({ spread: spreads.find((spread) => spread === event.currentTarget.value) ?? 'deviation' })}
          data={spreads.map((value) => ({ value, label: spreadTitles[value] }))}
        />
      ) : null}
    </div>
  )
}
