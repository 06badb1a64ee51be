import { layerWidths, type RunConfig } from '@hourglass/autoencoders'
import { type DatasetId, datasetCatalog } from '@hourglass/datasets'
import { errorCodes, HourglassError } from './HourglassError.js'

export const MAXIMUM_NAME_LENGTH = 200

/** Names a run after what it trains on what, for example `Dense 784-128-32-128-784 · MNIST`. */
export function defaultRunName({ architecture, data }: RunConfig): string {
  const { title, exampleShape } = datasetCatalog[data.dataset as DatasetId]
  return `Dense ${layerWidths(architecture, exampleShape).join('-')} · ${title}`
}

/** Trims a name that a client chose; throws BAD_USER_INPUT where nothing is left, it is too long, or it holds characters that nobody can see. */
export function checkRunName(name: string): string {
  const trimmed = name.trim()
  if (/\p{Cc}/u.test(trimmed))
    throw new HourglassError(errorCodes.badUserInput, 'name: expected visible characters, got a control character.')
  if (trimmed.length >= 1 && trimmed.length <= MAXIMUM_NAME_LENGTH) return trimmed
  throw new HourglassError(errorCodes.badUserInput, `name: expected 1 to ${MAXIMUM_NAME_LENGTH} characters, got ${trimmed.length}.`)
}
