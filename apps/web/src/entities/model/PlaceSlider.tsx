import { formatCode } from '../../ui/formatQuantity'
import type { Extent } from '../../ui/plotExtent'
import slider from '../../ui/slider.module.css'
import classes from './PlaceSlider.module.css'

const STEPS = 500

interface PlaceSliderProps {
  readonly extent: Extent
  readonly place: number
  readonly onPlace: (place: number) => void
}

/** Moves a place along a line that is as long as it. */
export function PlaceSlider({ extent: { minimum, maximum }, place, onPlace }: PlaceSliderProps) {
  return (
    <div className={classes.root} data-not-in-figure>
      <input
        type="range"
        className={slider.range}
        aria-label="Place on the line"
        aria-valuetext={formatCode(place)}
        min={minimum}
        max={maximum}
        step={(maximum - minimum) / STEPS}
        value={place}
        onChange={(event) => onPlace(Number(event.currentTarget.value))}
      />
    </div>
  )
}
