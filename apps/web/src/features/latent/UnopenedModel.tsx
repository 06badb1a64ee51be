import { Button } from '@mantine/core'
import { UnreadModel } from '../../entities/model/UnreadModel'
import classes from './ExplorerPanel.module.css'

interface UnopenedModelProps {
  readonly error: Error
  readonly onEpoch: (epoch: number) => void
}

/** Says why the model of an epoch could not be opened, and leads to the nearest one that can. */
export function UnopenedModel({ error, onEpoch }: UnopenedModelProps) {
  const nearest = error instanceof UnreadModel ? error.nearestEpoch : null
  return (
    <div className={classes.problem} role="alert" data-testid="unopened-model">
      <p>The decoder could not be opened: {error.message}</p>
      {nearest !== null && (
        <Button size="compact-xs" variant="default" onClick={() => onEpoch(nearest)}>
          Show epoch {nearest}
        </Button>
      )}
    </div>
  )
}
