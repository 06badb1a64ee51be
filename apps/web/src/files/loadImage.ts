import { retryOnce } from './retryOnce'

const RECENT_IMAGES = 48
const recent = new Map<string, Promise<HTMLImageElement>>()

/** Loads an image until it is ready to be drawn without a pause; the latest few are kept. Rejects with an Error that names the address. */
export function loadImage(url: string): Promise<HTMLImageElement> {
  const known = recent.get(url)
  recent.delete(url)
  const loading = known ?? decodeImage(url)
  recent.set(url, loading)
  for (const oldest of recent.keys()) {
    if (recent.size <= RECENT_IMAGES) break
    recent.delete(oldest)
  }
  return loading
}

async function decodeImage(url: string): Promise<HTMLImageElement> {
  try {
    return await retryOnce(async () => {
      const image = new Image()
      image.src = url
      await image.decode()
      return image
    })
  } catch (cause) {
    recent.delete(url)
    throw new Error(`image ${url}: expected a picture, got an answer that does not decode`, { cause })
  }
}
