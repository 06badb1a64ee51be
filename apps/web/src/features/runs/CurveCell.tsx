import { Tooltip } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { RunRow } from '../../entities/run/useRunRow'
import classes from './RunsTable.module.css'
import { Sparkline } from './Sparkline'

interface CurveCellProps {
  readonly curve: RunRow['curve']
  readonly colour: string
}

/** Draws a run's losses, and marks where some of what it measured cannot be read. */
export function CurveCell({ curve, colour }: CurveCellProps) {
  const line = <Sparkline curve={curve} colour={colour} />
  if (curve.problem === null) return line
  const why = `Some of what the run measured is missing here. ${curve.problem}`
  return (
    <Tooltip label={why} multiline maw={360}>
      <span className={classes.lacking} role="img" aria-label={why}>
        {line}
        <IconAlertTriangle size={14} aria-hidden />
      </span>
    </Tooltip>
  )
}
