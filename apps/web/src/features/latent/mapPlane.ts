import type { MapPlaces } from '@hourglass/autoencoders/latent'
import { type Extent, extentOf } from '../../ui/plotExtent'

export { codeAt, type MapPlaces, type MapPlane, placeOf, placesOf, planeOf } from '@hourglass/autoencoders/latent'

export interface MapFrame {
  readonly x: Extent
  readonly y: Extent
}

/** Frames places with a margin, one unit across as long as one up; on a line, where heights tell classes apart, they fill the frame. */
export function frameOf({ x, y }: MapPlaces, isLine: boolean): MapFrame {
  const [across, up] = [x, y].map((values) => extentOf(values, { axis: 0, stride: 1 })) as [Extent, Extent]
  if (isLine) return { x: across, y: { minimum: 0, maximum: Math.max(1, Math.ceil(up.maximum)) } }
  const reach = Math.max(across.maximum - across.minimum, up.maximum - up.minimum) / 2
  const around = ({ minimum, maximum }: Extent): Extent => {
    const middle = (minimum + maximum) / 2
    return { minimum: middle - reach, maximum: middle + reach }
  }
  return { x: around(across), y: around(up) }
}
