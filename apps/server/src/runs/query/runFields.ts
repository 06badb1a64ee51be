import { runStatuses } from '@hourglass/protocol'
import type { KeyType } from '@hourglass/query'
import { Prisma } from '../../generated/prisma/client.js'

/** What of a run has texts that are compared in any case and script. */
export const textKinds = ['NAME', 'LABEL', 'NOTES', 'TAG'] as const
export type TextKind = (typeof textKinds)[number]

/** Where the values of a key are; columns are those of a row `run`. */
export type KeySource =
  | { readonly kind: 'number'; readonly column: Prisma.Sql; readonly isAlways?: boolean }
  | { readonly kind: 'date'; readonly column: Prisma.Sql; readonly isAlways?: boolean }
  /** Words of the lab itself, in ASCII. */
  | { readonly kind: 'word'; readonly column: Prisma.Sql }
  /** Texts of people: a run may have several. */
  | { readonly kind: 'text'; readonly textKind: TextKind }
  | { readonly kind: 'dataset' }
  | { readonly kind: 'experiment' }
  /** Null where no run has ever had a value of the name. */
  | { readonly kind: 'value'; readonly keyId: number | null }

export interface RunField {
  readonly title: string
  readonly description: string
  readonly type: KeyType
  readonly aliases?: readonly string[]
  /** All that it can be. */
  readonly words?: readonly string[]
  readonly unit?: string
  readonly source: KeySource
}

/**
 * What every run has beside its configuration and metrics, by the names that queries have for it. Whatever changes one appends an event to the run's history
 * (`RunFacts`), by which lists are told; the name of an experiment is its own, and `readRenamed` tells of its runs.
 */
export const runFields = {
  number: {
    title: 'Number',
    description: 'Counts runs in order of launch.',
    type: 'NUMBER',
    source: { kind: 'number', column: Prisma.sql`run.number`, isAlways: true },
  },
  name: { title: 'Name', description: 'The name of the run.', type: 'TEXT', source: { kind: 'text', textKind: 'NAME' } },
  status: {
    title: 'Status',
    description: 'Whether it waits, trains or has ended, and how.',
    type: 'TEXT',
    words: runStatuses,
    source: { kind: 'word', column: Prisma.sql`run.status` },
  },
  experiment: {
    title: 'Experiment',
    description: 'The experiment that it belongs to, by its name or id.',
    type: 'TEXT',
    source: { kind: 'experiment' },
  },
  label: {
    title: 'Label',
    description: 'What tells it from the other runs of its experiment.',
    type: 'TEXT',
    source: { kind: 'text', textKind: 'LABEL' },
  },
  tag: { title: 'Tags', description: 'Any of its tags.', type: 'TEXT', aliases: ['tags'], source: { kind: 'text', textKind: 'TAG' } },
  notes: { title: 'Notes', description: 'What somebody wrote about it.', type: 'TEXT', source: { kind: 'text', textKind: 'NOTES' } },
  dataset: {
    title: 'Data set',
    description: 'The data set, by its title or id.',
    type: 'TEXT',
    aliases: ['data'],
    source: { kind: 'dataset' },
  },
  created: {
    title: 'Launched',
    description: 'When it was launched.',
    type: 'DATE',
    aliases: ['launched'],
    source: { kind: 'date', column: Prisma.sql`run.createdAt`, isAlways: true },
  },
  started: {
    title: 'Started',
    description: 'When it first began to train.',
    type: 'DATE',
    source: { kind: 'date', column: Prisma.sql`run.startedAt` },
  },
  finished: {
    title: 'Finished',
    description: 'When it ended.',
    type: 'DATE',
    source: { kind: 'date', column: Prisma.sql`run.finishedAt` },
  },
  archived: {
    title: 'Archived',
    description: 'When it was archived, where it is.',
    type: 'DATE',
    source: { kind: 'date', column: Prisma.sql`run.archivedAt` },
  },
  deleted: {
    title: 'Deleted',
    description: 'When it was moved to the trash, where it is.',
    type: 'DATE',
    source: { kind: 'date', column: Prisma.sql`run.deletedAt` },
  },
  epochsCompleted: {
    title: 'Epochs completed',
    description: 'Epochs that it has trained.',
    type: 'NUMBER',
    unit: 'epochs',
    source: { kind: 'number', column: Prisma.sql`run.epochsCompleted`, isAlways: true },
  },
  parameters: {
    title: 'Parameters',
    description: 'Trainable numbers of its model.',
    type: 'NUMBER',
    source: { kind: 'number', column: Prisma.sql`run.parameterCount` },
  },
  parent: {
    title: 'Started from',
    description: 'Number of the run from whose model it started.',
    type: 'NUMBER',
    source: { kind: 'number', column: Prisma.sql`run.parentNumber` },
  },
  error: {
    title: 'Error',
    description: 'Code of the error that it failed with.',
    type: 'TEXT',
    source: { kind: 'word', column: Prisma.sql`run.errorCode` },
  },
  engine: {
    title: 'Engine',
    description: 'The engine that trained it.',
    type: 'TEXT',
    source: { kind: 'word', column: Prisma.sql`run.engine` },
  },
  runtime: {
    title: 'Runtime',
    description: 'How the engine ran ONNX Runtime: native, node or wasm.',
    type: 'TEXT',
    source: { kind: 'word', column: Prisma.sql`run.runtime` },
  },
  host: {
    title: 'Machine',
    description: 'The machine that trained it last.',
    type: 'TEXT',
    aliases: ['machine'],
    source: { kind: 'word', column: Prisma.sql`run.host` },
  },
  version: {
    title: 'Version',
    description: 'Version of the lab that trained it last.',
    type: 'TEXT',
    source: { kind: 'word', column: Prisma.sql`run.labVersion` },
  },
  commit: {
    title: 'Commit',
    description: 'Commit of the lab that trained it last.',
    type: 'TEXT',
    source: { kind: 'word', column: Prisma.sql`run.labCommit` },
  },
  kind: {
    title: 'Kind',
    description: 'autoencoder for runs that are trained here, elsewhere for those of other programs.',
    type: 'TEXT',
    source: { kind: 'word', column: Prisma.sql`run.kind` },
  },
} as const satisfies Readonly<Record<string, RunField>>
