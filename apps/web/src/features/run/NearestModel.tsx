import { Button } from '@mantine/core'
import { besideEpoch, nearestEpoch } from '../../entities/run/epochCursor'
import classes from './NearestModel.module.css'

interface NearestModelProps {
  /** Epoch that the page shows, and that has no model. */
  readonly epoch: number
  /** Epochs that have one, ascending. */
  readonly models: readonly number[]
  readonly onPick: (epoch: number) => void
}

/** Says which model stands in for that of an epoch whose own was not kept, and leads to those beside it. */
export function NearestModel({ epoch, models, onPick }: NearestModelProps) {
  const nearest = nearestEpoch(epoch, models)
  const beside = besideEpoch(epoch, models)
  return (
    <p className={classes.root} data-testid="nearest-model">
      {nearest === null
        ? `The model of epoch ${epoch} was not kept, nor that of any other: there is no latent space to show.`
        : `The model of epoch ${epoch} was not kept. The latent space below is that of epoch ${nearest}, the nearest one with a model.`}
      {[beside.earlier, beside.later].map(
        (other) =>
          other !== null && (
            <Button key={other} variant="default" size="compact-xs" onClick={() => onPick(other)}>
              Show epoch {other}
            </Button>
          ),
      )}
    </p>
  )
}
