'use client'

import { Button } from '@mantine/core'
import { Age } from '../../entities/Age'
import type { MachineSpeed } from '../../entities/usePresetEstimates'
import classes from './SpeedNote.module.css'

export interface SpeedNoteProps {
  /** Undefined while it is being found out. */
  readonly speed: MachineSpeed | undefined
  readonly onMeasure: () => void
}

const states: Readonly<Record<MachineSpeed['state'], string>> = {
  UNMEASURED: 'how long each takes is estimated once no run trains',
  MEASURING: 'the speed of this machine is being measured',
  DISTURBED: 'times are rough estimates: other programs were busy when this machine was measured',
  MEASURED: 'times are estimates for this machine, measured',
}

/** Says what the times that are shown go by, and offers to have the machine measured anew. */
export function SpeedNote({ speed, onMeasure }: SpeedNoteProps) {
  if (!speed) return <p className={classes.root}>how long each takes on this machine is being found out</p>
  const { state, measuredAt } = speed
  return (
    <p className={classes.root} data-testid="speed-note" data-state={state}>
      <span>
        {states[state]} {state === 'MEASURED' && measuredAt ? <Age at={measuredAt} /> : null}
      </span>
      {state === 'MEASURED' || state === 'DISTURBED' ? (
        <Button size="compact-xs" variant="subtle" px={0} aria-label="Measure this machine again" onClick={onMeasure}>
          Measure again
        </Button>
      ) : null}
    </p>
  )
}
