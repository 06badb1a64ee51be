/** What came out of an experiment, as it is taken away. */
export interface TakenTask {
  readonly experiment: string
  /** PNG as base64. */
  readonly image: string | null
  /** CSV. */
  readonly table: string | null
  /** A sentence each: what was expected of the runs, and what they did. */
  readonly findings: readonly string[]
  readonly configs: readonly { readonly name: string; readonly config: unknown }[]
}

const takes = new Map<string, () => Promise<TakenTask>>()

/** Says how an experiment of the page is taken away, until what is returned is called. */
export function offerTask(preset: string, take: () => Promise<TakenTask>): () => void {
  takes.set(preset, take)
  return () => {
    if (takes.get(preset) === take) takes.delete(preset)
  }
}

/** Takes what the page shows of an experiment; null where it shows none. Rejects where its figure cannot be drawn. */
export async function takeTask(preset: string): Promise<TakenTask | null> {
  return (await takes.get(preset)?.()) ?? null
}
