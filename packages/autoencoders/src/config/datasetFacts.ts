import { findDataset, type Placement } from '@hourglass/datasets'

/** Tells how images of a data set lie in their field; those of one that is not known are taken as they are. */
export function placementOf(dataset: string): Placement {
  return findDataset(dataset)?.placement ?? 'whole'
}

/** Tells whether examples of a data set are noise, of which there is nothing to learn. */
export function isNoise(dataset: string): boolean {
  return findDataset(dataset)?.isNoise ?? false
}
