const PAUSE_MILLISECONDS = 200

/** Tries again after a short pause when the first attempt fails, unless it was called off: a proxy may have lost one answer. */
export async function retryOnce<Result>(attempt: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
  try {
    return await attempt()
  } catch (error) {
    if (signal?.aborted) throw error
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS))
    return attempt()
  }
}
