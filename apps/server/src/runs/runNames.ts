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

/** Control characters, halves of characters, and what turns the direction of all that is shown behind it. */
const HIDDEN = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u
/** Spaces, marks and joiners alone show nothing. */
const VISIBLE = /[^\p{Cf}\p{Z}\p{M}]/u

/** Whether a text holds characters that nobody can see. */
export const hidesCharacters = (text: string) => HIDDEN.test(text)

/**
 * Trims a name that a client chose for `subject`; throws BAD_USER_INPUT where nothing that can be seen is left, it is too long, or it holds characters
 * that nobody can see.
 */
export function checkName(name: string, subject = 'name', maximum = MAXIMUM_NAME_LENGTH): string {
  const trimmed = name.trim()
  const [hidden] = HIDDEN.exec(trimmed) ?? (VISIBLE.test(trimmed) ? [] : [trimmed.slice(0, 1)])
  if (hidden) {
    const code = hidden.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
    throw new HourglassError(errorCodes.badUserInput, `${subject}: expected visible characters, got U+${code}.`)
  }
  if (trimmed.length >= 1 && trimmed.length <= maximum) return trimmed
  throw new HourglassError(errorCodes.badUserInput, `${subject}: expected 1 to ${maximum} characters, got ${trimmed.length}.`)
}
