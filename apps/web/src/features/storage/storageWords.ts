import type { StoragePart } from '../../data/generated/graphql'

/** What lies in the data folder, as the page says it, and what becomes of it. */
export const partWords: Readonly<Record<StoragePart, { readonly label: string; readonly note: string }>> = {
  RUNS: { label: 'Files of runs', note: 'without what their workers printed' },
  DATABASE: { label: 'Database', note: 'metrics, histories and settings of all runs, and reports' },
  ONNX: { label: 'Exported models', note: 'made again when they are asked for; at most 1 GiB' },
  CODES: { label: 'Codes of all examples', note: 'computed again when somebody maps them; at most HOURGLASS_CODES_MEGABYTES' },
  COMPONENTS: { label: 'Principal components', note: 'shared by runs of the same data' },
  TRASH: { label: 'Trash', note: 'deleted runs that can be restored, and what is on its way out' },
  BEFORE_UPGRADE: { label: 'Copies before upgrades', note: 'the last three of the database' },
  REPLACED: { label: 'Replaced by a restore', note: 'kept until somebody removes it' },
  LOGS: { label: 'Log of the server', note: 'the oldest go by themselves' },
}

const kindWords: Readonly<Record<string, string>> = {
  checkpoint: 'Checkpoints',
  codes: 'Codes',
  reconstructions: 'Reconstructions',
  resume: 'Training states',
  start: 'Models that runs started from',
  figure: 'Figures of analyses',
  originals: 'Test examples',
  corrupted: 'Corrupted test examples',
}

/** Words a kind of file; one that this version does not know is named as it is stored. */
export function kindLabel(type: string): string {
  return kindWords[type] ?? type
}
