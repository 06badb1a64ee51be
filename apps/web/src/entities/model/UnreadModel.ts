/** Says why the model of an epoch could not be read. */
export class UnreadModel extends Error {
  override readonly name = 'UnreadModel'

  /** @param nearestEpoch The nearest epoch whose model is whole; null where nothing says so. */
  constructor(
    message: string,
    readonly nearestEpoch: number | null,
  ) {
    super(message)
  }
}

/** Reads from the answer of the API why a checkpoint is not to be had. */
export async function readRefusal(url: string, response: Response): Promise<UnreadModel> {
  const body: unknown = await response.json().catch(() => null)
  const { errors } = (body ?? {}) as { errors?: readonly { message?: unknown; extensions?: { nearestEpoch?: unknown } }[] }
  const [first] = Array.isArray(errors) ? errors : []
  if (typeof first?.message !== 'string') return new UnreadModel(`checkpoint ${url}: expected a file, got HTTP ${response.status}`, null)
  const nearestEpoch = first.extensions?.nearestEpoch
  return new UnreadModel(first.message, typeof nearestEpoch === 'number' ? nearestEpoch : null)
}
