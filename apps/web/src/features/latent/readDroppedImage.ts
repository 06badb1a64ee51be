import { type InkImage, readInk } from '@hourglass/autoencoders/latent'
import { readImageFile } from './readImageFile'

/** Reads an image file as it is, or as ink on paper. Rejects as {@link readImageFile} does. */
export async function readDroppedImage(file: File, isInk: boolean): Promise<InkImage> {
  const light = await readImageFile(file, file.name || 'the image')
  return isInk ? readInk(light) : { ...light, isInverted: false, isCleaned: false }
}
