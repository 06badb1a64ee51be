/** Loads a picture until it is ready to be drawn without a pause. Rejects with an Error that names the address. */
export async function decodeImage(url: string): Promise<HTMLImageElement> {
  const image = new Image()
  image.src = url
  try {
    await image.decode()
  } catch (cause) {
    throw new Error(`image ${url}: expected a picture, got an answer that does not decode`, { cause })
  }
  return image
}
