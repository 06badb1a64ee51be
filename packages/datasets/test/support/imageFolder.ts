import { open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ImageFile, imageFileNames } from '../../src/node/imageFiles.js'
import { encodeIdx } from './encodeIdx.js'
import { makeTemporaryFolder } from './makeTemporaryFolder.js'

/** Makes a folder of four well-formed files of blank images and zero labels; the image files take no room on disk. */
export async function makeImageFolder(counts = { train: 60_000, test: 10_000 }): Promise<string> {
  const folder = await makeTemporaryFolder()
  await writeBlankImages(imagePath(folder, 'trainImages'), counts.train)
  await writeBlankImages(imagePath(folder, 'testImages'), counts.test)
  await writeLabels(imagePath(folder, 'trainLabels'), new Uint8Array(counts.train))
  await writeLabels(imagePath(folder, 'testLabels'), new Uint8Array(counts.test))
  return folder
}

export function imagePath(folder: string, file: ImageFile): string {
  return join(folder, imageFileNames[file])
}

export async function writeBlankImages(path: string, count: number): Promise<void> {
  const header = encodeIdx({ elementType: 'uint8', shape: [count, 28, 28], values: [] })
  const handle = await open(path, 'w')
  await handle.write(header)
  await handle.truncate(header.length + count * 28 * 28)
  await handle.close()
}

export async function writeLabels(path: string, labels: Uint8Array): Promise<void> {
  await writeFile(path, encodeIdx({ elementType: 'uint8', shape: [labels.length], values: labels }))
}
