import { layerWidths, modelTitle, type RunConfig } from '@hourglass/autoencoders'
import { datasetCatalog } from '@hourglass/datasets'
import { errorCodes, HourglassError } from '../HourglassError.js'

export const MAXIMUM_NAME_LENGTH = 200

/** Names a run after what it trains on what, for example `Dense 784-128-32-128-784 · MNIST`. */
export function defaultRunName(config: RunConfig): string {
  const { title, exampleShape } = datasetCatalog[config.data.dataset]
  return `${modelTitle(config)} ${layerWidths(config.architecture, exampleShape).join('-')} · ${title}`
}

/** Names a run of an experiment: what tells it from the others first, so that it shows where space is short. */
export function memberRunName(label: string, experimentName: string): string {
  return cutText(`${label} · ${experimentName}`, MAXIMUM_NAME_LENGTH)
}

/** Cuts a text that is longer than it may be, and no character in half. */
export function cutText(text: string, most: number): string {
  return text
    .slice(0, most)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd()
}

/**
 * Trims a name that a client chose for `subject`; throws BAD_USER_INPUT where nothing is left, it is too long, or it holds characters that
 * nobody can see.
 */
export function checkName(name: string, subject = 'name', maximum = MAXIMUM_NAME_LENGTH): string {
  const trimmed = name.trim()
  if (/\p{Cc}/u.test(trimmed))
    throw new HourglassError(errorCodes.badUserInput, `${subject}: expected visible characters, got a control character.`)
  if (trimmed.length >= 1 && trimmed.length <= maximum) return trimmed
  throw new HourglassError(errorCodes.badUserInput, `${subject}: expected 1 to ${maximum} characters, got ${trimmed.length}.`)
}
