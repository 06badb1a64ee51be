import type { ReconstructionsFieldsFragment } from '../../data/generated/graphql'
import classes from './RunsTable.module.css'

const SHOWN = 4
const HEIGHT = 28

/** Shows what a run makes of the first test images. Points are too small for a row. */
export function ReconstructionsCell({ reconstructions }: { readonly reconstructions: ReconstructionsFieldsFragment | null }) {
  const [height, width] = reconstructions?.exampleShape ?? []
  if (!reconstructions || height === undefined || width === undefined) return '–'
  const shown = Math.min(SHOWN, reconstructions.count)
  return (
    <span
      className={classes.images}
      role="img"
      aria-label={`Reconstructions after epoch ${reconstructions.epoch}`}
      style={{
        width: (shown * HEIGHT * width) / height,
        height: HEIGHT,
        backgroundImage: `url("${reconstructions.reconstructionsUrl}")`,
      }}
    />
  )
}
