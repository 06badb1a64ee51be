import type { Page, Response } from 'playwright-core'

/** Of what a page said and was refused, the last lines are kept. */
const MOST_LINES = 30
const MOST_CHARACTERS = 4_000

/** Writes down what a page says and what it is refused, so that a test that fails can tell what its page showed. */
export class PageRecord {
  readonly #page: Page
  readonly #lines: string[] = []

  constructor(page: Page) {
    this.#page = page
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.#write(`${message.type()}: ${message.text()}`)
    })
    page.on('response', (response) => void this.#read(response))
    page.on('websocket', (socket) => socket.on('close', () => this.#write('the WebSocket closed')))
  }

  /** Tells what the page shows now, and what it said and was refused until now. */
  async tell(): Promise<string> {
    if (this.#page.isClosed()) return 'The page is closed.'
    const text = await this.#page.locator('body').innerText({ timeout: 5_000 }).catch(String)
    return [
      `The page of the test that failed: ${this.#page.url()}`,
      text.replaceAll(/\n{2,}/g, '\n').slice(0, MOST_CHARACTERS),
      `What it said and was refused, the last ${MOST_LINES} lines:`,
      ...this.#lines,
    ].join('\n')
  }

  async #read(response: Response): Promise<void> {
    const isQuestion = response.url().endsWith('/graphql')
    if (response.ok() && !isQuestion) return
    const body = await response.text().catch(() => '')
    if (!response.ok() || body.includes('"errors"')) this.#write(`${response.status()} ${response.url()}: ${body.slice(0, 500)}`)
  }

  #write(line: string): void {
    this.#lines.push(`${new Date().toISOString()} ${line}`)
    if (this.#lines.length > MOST_LINES) this.#lines.shift()
  }
}
