import { toLabel, toWords } from '@hourglass/autoencoders'
import { type RunStatus, runStatuses } from '../../entities/run/runStatus'
import { formatBytes } from '../../ui/formatQuantity'

export interface StoredFile {
  /** Relative to the folder of the run. */
  readonly name: string
  readonly url: string
  readonly bytes: number
}

interface Stored {
  readonly checkpoints: readonly { readonly epoch: number; readonly url: string; readonly bytes: number }[]
  readonly files: readonly StoredFile[]
}

/** A file with what it is, and the epoch that left it; 0 where none did. */
export interface DescribedFile extends StoredFile {
  readonly what: string
  readonly epoch: number
}

export interface FileGroup {
  readonly title: string
  readonly files: readonly DescribedFile[]
}

interface FileKind {
  readonly group: string
  readonly pattern: RegExp
  /** Says what a file is by the parts of its name that the pattern caught. Without it, what was caught is the epoch. */
  readonly describe?: (...caught: readonly string[]) => string
}

const OF_THE_RUN = 'Files of the run'
const CHECKPOINTS = 'Checkpoints: the parameters after each epoch'
const TRAINING_STATE = 'Training state: what the next epoch goes on from'
const OTHERS = 'Other files'

const ofFigure = (part = '', figure = '') => `${toLabel(part)}: ${toWords(figure).replace(/^pca\b/, 'PCA')}`

/** Everything that a run leaves on disk, group by group as the page lists it. */
const fileKinds: readonly FileKind[] = [
  { group: OF_THE_RUN, pattern: /^worker\.log$/, describe: () => 'What the worker printed' },
  { group: OF_THE_RUN, pattern: /^start\.\w+$/, describe: () => 'The model that the run started from' },
  { group: OF_THE_RUN, pattern: /^originals\.\w+$/, describe: () => 'Test examples that every epoch reconstructs' },
  { group: OF_THE_RUN, pattern: /^corrupted\.\w+$/, describe: () => 'The same examples, corrupted' },
  { group: CHECKPOINTS, pattern: /^checkpoints\/(\d+)\.\w+$/ },
  { group: TRAINING_STATE, pattern: /^resume\/(\d+)\.\w+$/ },
  // Earlier versions kept one under the same name after every epoch.
  { group: TRAINING_STATE, pattern: /^resume\.\w+$/, describe: () => 'Last epoch' },
  { group: 'Reconstructions of the test examples', pattern: /^reconstructions\/(\d+)\.\w+$/ },
  { group: 'Codes of test and training examples', pattern: /^codes\/(\d+)\.\w+$/ },
  // The number is that of the attempt that measured; earlier versions wrote none.
  { group: 'Figures of the analysis', pattern: /^analysis\/(?:\d+\/)?([^/]+)\/([^/.]+)\.\w+$/, describe: ofFigure },
]

/** Groups what a run left on disk and says of each file what it is, newest epochs first. A file that is a checkpoint is listed once. */
export function groupFiles({ checkpoints, files }: Stored): readonly FileGroup[] {
  const addresses = new Set(checkpoints.map(({ url }) => url))
  const described = [
    // The list of files may be older than these, which come with every epoch.
    ...checkpoints.map((file) => ({ ...file, name: `checkpoint of epoch ${file.epoch}`, group: CHECKPOINTS, what: `Epoch ${file.epoch}` })),
    ...files.filter(({ url }) => !addresses.has(url)).map(describeFile),
  ]
  const titles = new Set([...fileKinds.map(({ group }) => group), OTHERS])
  return Array.from(titles, (title) => ({
    title,
    files: described.filter(({ group }) => group === title).sort((a, b) => b.epoch - a.epoch),
  })).filter((group) => group.files.length > 0)
}

function describeFile(file: StoredFile): DescribedFile & { readonly group: string } {
  for (const { group, pattern, describe } of fileKinds) {
    const match = pattern.exec(file.name)
    if (!match) continue
    const epoch = describe ? 0 : Number(match[1])
    return { ...file, group, epoch, what: describe?.(...match.slice(1)) ?? `Epoch ${epoch}` }
  }
  return { ...file, group: OTHERS, epoch: 0, what: file.name }
}

/** Adds up what a run takes on disk, in bytes. */
export function sizeOnDisk(stored: Stored): number {
  return groupFiles(stored)
    .flatMap(({ files }) => files)
    .reduce((sum, { bytes }) => sum + bytes, 0)
}

/**
 * Says what deleting a run takes away. Checkpoints come with every epoch, the list of the other files does not: together they are a size once no
 * epoch can come any more.
 */
export function describeContents({ status, ...stored }: Stored & { readonly status: RunStatus }): string {
  const { length } = stored.checkpoints
  const checkpoints = `${length} ${length === 1 ? 'checkpoint' : 'checkpoints'}`
  return runStatuses[status].active ? checkpoints : `${checkpoints} (${formatBytes(sizeOnDisk(stored))} in all)`
}
