import type { Readable } from 'node:stream'

/** Characters of a line that has no end yet; of more, what is there is handed over as a line. */
const LONGEST = 16_000
/** An end of a line; a return at the end of a part may be the first half of one. */
const LINE_END = /\r?\n|\r(?!$)/

/** Hands over what a stream brings line by line, and never holds more than some thousand characters of a line that does not end. */
export function onLines(stream: Readable, take: (line: string) => void): void {
  let rest = ''
  stream.setEncoding('utf8')
  stream.on('error', () => undefined)
  stream.on('data', (part: string) => {
    const lines = (rest + part).split(LINE_END)
    rest = lines.pop() ?? ''
    for (const line of lines) take(line)
    if (rest.length <= LONGEST) return
    take(rest)
    rest = ''
  })
  stream.once('end', () => {
    const last = rest.replace(/\r$/, '')
    if (last !== '') take(last)
  })
}
