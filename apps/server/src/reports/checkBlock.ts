import { errorCodes, HourglassError } from '../HourglassError.js'

export const MAXIMUM_TEXT = 20_000
export const MAXIMUM_TITLE = 300
export const MAXIMUM_CAPTION = 2_000
export const MAXIMUM_PATH = 8_000
const MAXIMUM_FIGURE = 200

/** Trims a text of several lines; throws BAD_USER_INPUT where it is too long, or holds characters that nobody can see. */
export function checkText(text: string, argument = 'text', maximum = MAXIMUM_TEXT): string {
  const trimmed = text.replace(/\r\n?/g, '\n').trim()
  if (/[^\P{Cc}\n\t]/u.test(trimmed)) throw refusal(`${argument}: expected visible characters, got a control character.`)
  if (trimmed.length <= maximum) return trimmed
  throw refusal(`${argument}: expected at most ${maximum} characters, got ${trimmed.length}.`)
}

/** Checks the name of a figure on its page. */
export function checkFigureName(name: string): string {
  if (name.length >= 1 && name.length <= MAXIMUM_FIGURE && !/\p{Cc}/u.test(name)) return name
  throw refusal(`figure: expected its name on its page, 1 to ${MAXIMUM_FIGURE} visible characters, got ${name.length}.`)
}

/** Checks that a path leads to a page of this lab, whatever browsers make of it: nobody is led elsewhere by a report. Throws BAD_USER_INPUT. */
export function checkPath(path: string): string {
  const isShort = path.length <= MAXIMUM_PATH
  // Browsers take a backslash for a slash, and leave out tabs and line ends.
  if (isShort && /^\/(?!\/)[^\s\\\p{Cc}]*$/u.test(path) && leadsHere(path)) return path
  const got = JSON.stringify(path.slice(0, 80))
  throw refusal(`path: expected the path of a page of this lab, at most ${MAXIMUM_PATH} characters that begin with one slash, got ${got}.`)
}

function leadsHere(path: string): boolean {
  const base = 'http://lab.invalid'
  if (!URL.canParse(path, base)) return false
  const { origin, pathname } = new URL(path, base)
  return origin === base && !pathname.startsWith('//')
}

const refusal = (message: string) => new HourglassError(errorCodes.badUserInput, message)
