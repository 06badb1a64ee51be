'use client'

import { Button } from '@mantine/core'
import Link from 'next/link'
import { readRunConfig } from '../../graphql/readRunConfig'
import type { Preset } from '../../hooks/usePresets'
import classes from './EmptyRuns.module.css'

export interface PresetListProps {
  /** Names a dataset by its id. */
  readonly datasetTitle: (id: string) => string
  readonly presets: readonly Preset[]
  readonly launching: string | null
  readonly onLaunch: (presetId: string) => void
}

/** Lists ready-made configurations, each one click away from a run. */
export function PresetList({ datasetTitle, presets, launching, onLaunch }: PresetListProps) {
  return (
    <ul className={classes.presets}>
      {presets.map(({ id, title, description, config }) => {
        const { data, training } = readRunConfig(config)
        return (
          <li key={id} className={classes.preset}>
            <div>
              <b className={classes.presetTitle}>{title}</b>
              <p className={classes.presetText}>{description}</p>
              <p className={classes.presetFacts}>
                {datasetTitle(data.dataset)}, {training.epochs} epochs
              </p>
            </div>
            <div className={classes.presetActions}>
              <Button
                variant="default"
                aria-label={`Launch ${title}`}
                loading={launching === id}
                disabled={launching !== null}
                onClick={() => onLaunch(id)}
              >
                Launch
              </Button>
              <Button
                component={Link}
                href={`/new?preset=${encodeURIComponent(id)}`}
                variant="subtle"
                color="gray"
                aria-label={`Change ${title} first`}
              >
                Change first
              </Button>
            </div>
          </li>
        )
      })}
    </ul>
  )
}
