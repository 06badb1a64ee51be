export interface StoredFile {
  readonly name: string
  readonly url: string
  readonly bytes: number
}

interface Stored {
  readonly checkpoints: readonly { readonly epoch: number; readonly url: string; readonly bytes: number }[]
  readonly files: readonly StoredFile[]
}

export interface FileGroup {
  readonly title: string
  readonly files: readonly StoredFile[]
}

/** What the folders of a run hold, one file an epoch. */
const folderTitles: Readonly<Record<string, string>> = {
  reconstructions: 'Reconstructions of the test examples',
  codes: 'Codes of the test data',
}

/**
 * Groups what a run left on disk: the files of the run itself, its checkpoints, then what each epoch left in a folder of its own.
 * Files of epochs come newest first. A file that is a checkpoint is listed once.
 */
export function groupFiles({ checkpoints, files }: Stored): readonly FileGroup[] {
  const addresses = new Set(checkpoints.map(({ url }) => url))
  const others = files.filter(({ url }) => !addresses.has(url))
  const folders = new Map<string, StoredFile[]>()
  for (const file of others) {
    const folder = file.name.includes('/') ? file.name.slice(0, file.name.indexOf('/')) : ''
    folders.set(folder, [...(folders.get(folder) ?? []), file])
  }
  const own = folders.get('') ?? []
  folders.delete('')
  return [
    { title: 'Files of the run', files: own },
    {
      title: 'Checkpoints: the parameters after each epoch',
      files: checkpoints.toReversed().map(({ epoch, url, bytes }) => ({ name: `Epoch ${epoch}`, url, bytes })),
    },
    ...Array.from(folders, ([folder, held]) => ({ title: folderTitles[folder] ?? folder, files: held.toReversed() })),
  ].filter((group) => group.files.length > 0)
}

/** Adds up what a run takes on disk, in bytes. */
export function sizeOnDisk(stored: Stored): number {
  return groupFiles(stored)
    .flatMap(({ files }) => files)
    .reduce((sum, { bytes }) => sum + bytes, 0)
}
