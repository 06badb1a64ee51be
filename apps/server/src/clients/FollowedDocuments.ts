import type { Client } from './Client.js'
import type { ClientGate } from './ClientGate.js'

interface Followed {
  count: number
  readonly release: () => void
}

/** Counts the different documents that each client follows: parsed, each is many times as large as its text, and kept until nobody follows it. */
export class FollowedDocuments {
  readonly #gate: ClientGate
  readonly #ofClients = new Map<string, Map<string, Followed>>()

  constructor(gate: ClientGate) {
    this.#gate = gate
  }

  /** Counts a document as long as it is followed; returns how to give it back. Throws TOO_MANY_REQUESTS as {@link ClientGate.hold}. */
  hold(client: Client, text: string): () => void {
    const documents = this.#ofClients.get(client.key) ?? new Map<string, Followed>()
    const followed = documents.get(text) ?? { count: 0, release: this.#gate.hold(client, 'documents') }
    followed.count++
    documents.set(text, followed)
    this.#ofClients.set(client.key, documents)
    let isHeld = true
    return () => {
      if (!isHeld) return
      isHeld = false
      followed.count--
      if (followed.count > 0) return
      followed.release()
      documents.delete(text)
      if (documents.size === 0) this.#ofClients.delete(client.key)
    }
  }
}
