/** How a line of a log is to be seen. */
export type LogLevel = 'said' | 'warning' | 'error'

export interface LogLine {
  /** Counts the lines of the log. */
  readonly index: number
  /** When it was said, as ISO 8601; null of lines that continue the one above. */
  readonly at: string | null
  readonly level: LogLevel
  readonly text: string
}

const levels: Readonly<Record<string, LogLevel>> = { WARNING: 'warning', ERROR: 'error' }

/** Reads the lines of a worker's log: each has its moment and, where it is more than news, its level. Lines without a moment belong to the one above. */
export function parseLog(text: string): readonly LogLine[] {
  const lines: LogLine[] = []
  for (const line of text.split('\n')) {
    const [, at = null, level = '', said = line] = /^(\d{4}-\d\d-\d\dT[\d:.]+Z) (?:(WARNING|ERROR) )?(.*)$/.exec(line) ?? []
    if (at === null && line === '') continue
    lines.push({ index: lines.length, at, level: at === null ? (lines.at(-1)?.level ?? 'said') : (levels[level] ?? 'said'), text: said })
  }
  return lines
}

/** What was read of a log so far. */
export interface ReadLog {
  /** Bytes from its beginning. */
  readonly bytes: number
  readonly text: string
}

export const nothingRead: ReadLog = { bytes: 0, text: '' }

/**
 * Reads on in a log from where it was read to; from the beginning where it is another one by then, as its middle was left out. Null where there is none. Rejects where the
 * server does not answer.
 */
export async function readLogOn(
  url: string,
  { known, signal }: { readonly known: ReadLog; readonly signal: AbortSignal },
): Promise<ReadLog | null> {
  // The line that was read last is read again: where it stands there no more, the log was cut, however long it has become since.
  const last = lastLine(known.text)
  const response = await fetch(url, { headers: { Range: `bytes=${known.bytes - last.length}-` }, cache: 'no-store', signal })
  if (response.status === 404) return null
  // Of an empty file there is no range.
  if (response.status === 416) return known.bytes === 0 ? nothingRead : readLogOn(url, { known: nothingRead, signal })
  if (!response.ok) throw new Error(`log ${url}: expected its text, got HTTP ${response.status}`)
  const content = new Uint8Array(await response.arrayBuffer())
  const isPart = response.status === 206 && known.bytes > 0
  if (isPart && !last.every((byte, place) => content[place] === byte)) return readLogOn(url, { known: nothingRead, signal })
  const fresh = isPart ? content.subarray(last.length) : content
  // A line is shown once it is whole: what is read ends with one, so that no character is cut.
  const whole = fresh.subarray(0, fresh.lastIndexOf(NEWLINE) + 1)
  if (isPart && whole.length === 0) return known
  const text = new TextDecoder().decode(whole)
  return isPart ? { bytes: known.bytes + whole.length, text: known.text + text } : { bytes: whole.length, text }
}

/** The bytes of the last line of a text, with its end. */
function lastLine(text: string): Uint8Array {
  return new TextEncoder().encode(text.slice(text.slice(0, -1).lastIndexOf('\n') + 1))
}

const NEWLINE = 10
