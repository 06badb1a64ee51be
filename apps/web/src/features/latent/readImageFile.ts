import type { GreyImage } from '@hourglass/autoencoders/latent'
import { imageDimensionsFromData } from 'image-dimensions'
import { formatBytes } from '../../ui/formatQuantity'

/** Files that are larger are not opened, and images of more pixels not decoded: a browser’s memory has an end. */
const MOST_BYTES = 30_000_000
const MOST_PIXELS = 40_000_000
/** The sides of an image stand within so many bytes of its beginning. */
const HEADER_BYTES = 1_000_000
/** Larger images are made so large while they are decoded. */
const LONGEST_SIDE = 512

/** Light of red, green and blue (ITU-R BT.601). */
const LIGHT = [0.299, 0.587, 0.114] as const

/** Reads an image file as light, 0…1. Rejects with an Error that says what is wrong with one that is none, too large or damaged; what is too large is not decoded. */
export async function readImageFile(file: Blob, name: string): Promise<GreyImage> {
  if (file.size === 0) throw new Error(`“${name}” is empty.`)
  if (file.size > MOST_BYTES) {
    throw new Error(`“${name}” has ${formatBytes(file.size)}; files of up to ${formatBytes(MOST_BYTES)} are opened. Make it smaller first.`)
  }
  const sides = imageDimensionsFromData(new Uint8Array(await file.slice(0, HEADER_BYTES).arrayBuffer()))
  if (!sides) throw new Error(`“${name}” is no image that can be read here, whatever its name says. Choose a PNG, JPEG, GIF, WebP or AVIF.`)
  const { width, height } = sides
  if (width * height > MOST_PIXELS) {
    const pixels = `${Math.round((width * height) / 1e6)} megapixels (${width} × ${height})`
    throw new Error(`“${name}” has ${pixels}; images of up to ${MOST_PIXELS / 1e6} are decoded. Make it smaller first.`)
  }
  const isLarge = Math.max(width, height) > LONGEST_SIDE
  const size = width >= height ? { resizeWidth: LONGEST_SIDE } : { resizeHeight: LONGEST_SIDE }
  const bitmap = await createImageBitmap(file, isLarge ? { ...size, resizeQuality: 'high' } : {}).catch((cause: unknown) => {
    throw new Error(`“${name}” begins as an image and cannot be decoded: it is damaged or cut off.`, { cause })
  })
  try {
    return lightOf(bitmap)
  } finally {
    bitmap.close()
  }
}

function lightOf(bitmap: ImageBitmap): GreyImage {
  const { width, height } = bitmap
  const context = new OffscreenCanvas(width, height).getContext('2d')
  if (context === null) throw new Error('This browser has no canvas to read images with.')
  context.drawImage(bitmap, 0, 0)
  const { data } = context.getImageData(0, 0, width, height)
  const light = new Float32Array(width * height)
  let [opaque, sum] = [0, 0]
  for (let at = 0; at < light.length; at++) {
    const value = LIGHT.reduce((total, share, channel) => total + (share * (data[4 * at + channel] as number)) / 255, 0)
    const alpha = (data[4 * at + 3] as number) / 255
    light[at] = value
    opaque += alpha
    sum += alpha * value
  }
  // What lies behind what is transparent is the opposite of what is drawn on it.
  const behind = sum > 0.5 * opaque ? 0 : 1
  for (let at = 0; at < light.length; at++) {
    const alpha = (data[4 * at + 3] as number) / 255
    light[at] = alpha * (light[at] as number) + (1 - alpha) * behind
  }
  return { values: light, width, height }
}
