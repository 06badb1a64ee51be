'use client'
import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import {
  IconChevronLeft,
  IconChevronRight,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerTrackNextFilled,
} from '@tabler/icons-react'
import { type ReactNode, useMemo } from 'react'
import { epochTicks } from '../../files/epochTicks'
import classes from './EpochScrubber.module.css'
import { besideEpoch } from './epochCursor'

interface EpochScrubberProps {
  /** Epochs that can be shown, ascending. */
  readonly epochs: readonly number[]
  /** Those of which a model is kept, ascending. */
  readonly models: readonly number[]
  readonly shown: number | null
  /** Last epoch the track reaches: what is planned while it trains, what was done afterwards. */
  readonly last: number
  readonly following: boolean
  /** Whether newer epochs may still come, so that following means something. */
  readonly live: boolean
  readonly playing: boolean
  /** Says what an epoch brought, for example `validation loss 0.0123`. */
  readonly describe: (epoch: number) => string
  readonly onPick: (epoch: number) => void
  readonly onFollow: () => void
  readonly onTogglePlay: () => void
}

/** Chooses the epoch that everything on the page shows. */
export function EpochScrubber(props: EpochScrubberProps) {
  const { epochs, models, shown, last, following, live, playing, describe, onPick, onFollow, onTogglePlay } = props
  const first = epochs[0] ?? 1
  const newest = epochs.at(-1) ?? first
  const end = Math.max(last, newest)
  const share = (epoch: number) => (end === first ? 0 : (epoch - first) / (end - first))
  const narrow = useMediaQuery('(max-width: 48em)') ?? false
  const ticks = useMemo(() => epochTicks({ first, last: end, most: narrow ? 9 : 24 }), [first, end, narrow])
  const empty = shown === null
  const isThinned = models.length > 0 && models.length < epochs.length
  const beside = besideEpoch(shown ?? first, models)

  return (
    <section className={classes.root} aria-label="Epoch" data-testid="epoch-scrubber" data-epoch={shown ?? undefined}>
      <Tooltip label={playing ? 'Pause' : 'Play the epochs'}>
        <ActionIcon
          variant="default"
          size={30}
          radius="100%"
          disabled={epochs.length < 2}
          aria-label={playing ? 'Pause' : 'Play the epochs'}
          onClick={onTogglePlay}
        >
          {playing ? <IconPlayerPauseFilled size={14} /> : <IconPlayerPlayFilled size={14} />}
        </ActionIcon>
      </Tooltip>
      <div className={classes.track} style={{ '--done': share(newest), '--at': share(shown ?? first) } as React.CSSProperties}>
        <input
          type="range"
          className={classes.range}
          min={first}
          max={end}
          step={1}
          value={shown ?? first}
          disabled={empty || end === first}
          aria-label="Epoch"
          aria-valuetext={empty ? 'No epoch yet' : `Epoch ${shown} of ${last}, ${describe(shown)}`}
          onChange={(event) => onPick(Math.min(newest, Number(event.currentTarget.value)))}
        />
        <div className={classes.ticks} aria-hidden>
          {isThinned &&
            models.map((epoch) => (
              <span key={`model ${epoch}`} className={classes.model} style={{ '--tick': share(epoch) } as React.CSSProperties} />
            ))}
          {ticks.map((epoch) => (
            <span
              key={epoch}
              className={classes.tick}
              data-future={epoch > newest || undefined}
              style={{ '--tick': share(epoch) } as React.CSSProperties}
            >
              {epoch}
            </span>
          ))}
        </div>
      </div>
      <output className={classes.readout}>
        <span className={classes.epoch}>
          Epoch <b>{shown ?? '–'}</b>
          <span className={classes.of}> / {last}</span>
        </span>
        <span className={classes.detail}>{empty ? 'none finished yet' : describe(shown)}</span>
      </output>
      {isThinned && (
        <div className={classes.models} data-testid="epochs-with-model">
          <Step label="Previous epoch with a model" to={beside.earlier} onPick={onPick}>
            <IconChevronLeft size={14} />
          </Step>
          <span className={classes.said}>{shown !== null && models.includes(shown) ? 'Model kept' : 'No model'}</span>
          <Step label="Next epoch with a model" to={beside.later} onPick={onPick}>
            <IconChevronRight size={14} />
          </Step>
        </div>
      )}
      {live && (
        <Button
          className={classes.follow ?? ''}
          size="xs"
          variant={following ? 'light' : 'default'}
          leftSection={<IconPlayerTrackNextFilled size={12} />}
          aria-pressed={following}
          onClick={onFollow}
        >
          {following ? 'Following' : 'Follow'}
          <span className={classes.wide}>&nbsp;latest</span>
        </Button>
      )}
    </section>
  )
}

interface StepProps {
  readonly label: string
  /** Epoch that it leads to; null where there is none. */
  readonly to: number | null
  readonly onPick: (epoch: number) => void
  readonly children: ReactNode
}

function Step({ label, to, onPick, children }: StepProps) {
  return (
    <Tooltip label={to === null ? label : `${label}: ${to}`}>
      <ActionIcon variant="subtle" size={24} disabled={to === null} aria-label={label} onClick={() => to !== null && onPick(to)}>
        {children}
      </ActionIcon>
    </Tooltip>
  )
}
