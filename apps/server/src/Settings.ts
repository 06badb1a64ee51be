import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { isLoopback, refusalToListen } from '@hourglass/connections'
import { z } from 'zod'
import { StartupError } from './StartupError.js'

export interface Settings {
  readonly port: number
  readonly host: string
  /** Whether other machines may reach the lab, and with it everybody on them. */
  readonly isOpen: boolean
  /** Further names that requests may ask for, in lower case; `*` stands for any. */
  readonly allowedHosts: readonly string[]
  /** Addresses of proxies, beside this machine's own, whose word on who asks is taken. */
  readonly trustedProxies: readonly string[]
  /** Addresses, beside this machine's own and those of proxies, that may read the metrics. */
  readonly metricsReaders: readonly string[]
  /** Multiplies what one client may have. */
  readonly clientLimitFactor: number
  /** Over how long what one client asks for and gets is counted, in seconds. */
  readonly clientPeriod: number
  /** Absolute path of the folder that holds the database and the artifacts. */
  readonly dataFolder: string
  /** Whether questions for the schema are answered. */
  readonly introspection: boolean
  /** How long an operation over GraphQL may wait and work, subscriptions apart, in seconds. */
  readonly operationSeconds: number
  /** How long a request may take to arrive, archives apart, in seconds. */
  readonly requestSeconds: number
  /** How long an archive that is sent or received may hardly move before it is ended, in seconds. */
  readonly transferSilence: number
  /** What may be held in memory for readers who have not read it yet, of all together. */
  readonly outputMegabytes: number
  /** Whether an empty database gets a demonstration run. */
  readonly demo: boolean
  /** Whether runs are measured on test data after their last epoch. */
  readonly analysis: boolean
  /** Runs that train at the same time. */
  readonly maxRuns: number
  /** Megabytes of memory that one run may take; undefined for a share of the machine's. */
  readonly workerMegabytes: number | undefined
  /** Whether a queued run that needs more memory than is free waits for it. */
  readonly waitForMemory: boolean
  /** How long a run's process may be silent and idle before it is ended and the run goes on, in seconds. */
  readonly workerSilence: number
  /** Bytes of a run's files up to which every epoch keeps its checkpoint and codes. */
  readonly retentionBytes: number
  /** About so many epochs keep theirs above that. */
  readonly retentionEpochs: number
  /** Days that deleted runs lie in the trash before they are gone. */
  readonly trashDays: number
  /** Bytes that the codes of all examples may take, of epochs that were looked at last. */
  readonly codesBytes: number
  /** Threads of each training run. */
  readonly threads: number
  /** How long a run waits for a store or a disk that takes nothing, in seconds, before it fails. */
  readonly storePatience: number
}

export type Environment = Readonly<Record<string, string | undefined>>

const hostName = z
  .string()
  .refine((name) => name === '*' || (URL.canParse(`http://${name}`) && new URL(`http://${name}`).hostname === name))

const wholeNumber = (minimum: number, maximum: number) =>
  z
    .string()
    .regex(/^\d+$/)
    .transform(Number)
    .refine((value) => value >= minimum && value <= maximum)

const addresses = z
  .string()
  .transform((texts) => texts.split(/[\s,]+/).filter(Boolean))
  .pipe(z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])))

/** One row a variable: how it is read, what stands in for it, and what an error says was expected. */
const variables = {
  HOURGLASS_API_PORT: { schema: wholeNumber(0, 65_535), fallback: '4000', expected: 'a port from 0 to 65535' },
  HOURGLASS_HOST: { schema: z.string().min(1), fallback: '127.0.0.1', expected: 'an address to listen on' },
  HOURGLASS_OPEN: { schema: z.enum(['0', '1']).transform((value) => value === '1'), fallback: '0', expected: '0 or 1' },
  HOURGLASS_ALLOWED_HOSTS: {
    schema: z
      .string()
      .transform((names) =>
        names
          .toLowerCase()
          .split(/[\s,]+/)
          .filter(Boolean),
      )
      .pipe(z.array(hostName)),
    fallback: '',
    expected: 'host names without ports, separated by commas, or *',
  },
  HOURGLASS_TRUSTED_PROXIES: {
    schema: addresses,
    fallback: '',
    expected: 'addresses or networks such as 10.0.0.0/8, separated by commas',
  },
  HOURGLASS_METRICS_READERS: {
    schema: addresses,
    fallback: '',
    expected: 'addresses or networks such as 10.0.0.0/8, separated by commas',
  },
  HOURGLASS_CLIENT_LIMITS: {
    schema: z
      .string()
      .regex(/^\d+(\.\d+)?$/)
      .transform(Number)
      .refine((factor) => factor > 0 && factor <= 1_000_000),
    fallback: '1',
    expected: 'a number above 0 that multiplies what one client may have, such as 2',
  },
  HOURGLASS_CLIENT_PERIOD: { schema: wholeNumber(1, 3600), fallback: '60', expected: 'a whole number of seconds from 1 to 3600' },
  HOURGLASS_DATA: {
    schema: z
      .string()
      .min(1)
      .transform((path) => resolve(path)),
    fallback: 'data',
    expected: 'a folder',
  },
  HOURGLASS_INTROSPECTION: { schema: z.enum(['0', '1']).transform((value) => value === '1'), fallback: '1', expected: '0 or 1' },
  HOURGLASS_OPERATION_SECONDS: { schema: wholeNumber(1, 3600), fallback: '60', expected: 'a whole number of seconds from 1 to 3600' },
  HOURGLASS_REQUEST_SECONDS: { schema: wholeNumber(1, 86_400), fallback: '300', expected: 'a whole number of seconds from 1 to 86400' },
  HOURGLASS_TRANSFER_SILENCE: { schema: wholeNumber(1, 3600), fallback: '30', expected: 'a whole number of seconds from 1 to 3600' },
  HOURGLASS_OUTPUT_MEGABYTES: { schema: wholeNumber(16, 65_536), fallback: '256', expected: 'a whole number from 16 to 65536' },
  HOURGLASS_DEMO: { schema: z.enum(['0', '1']).transform((value) => value === '1'), fallback: '1', expected: '0 or 1' },
  HOURGLASS_ANALYSIS: { schema: z.enum(['0', '1']).transform((value) => value === '1'), fallback: '1', expected: '0 or 1' },
  HOURGLASS_MAX_RUNS: { schema: wholeNumber(1, 64), fallback: '1', expected: 'a whole number from 1 to 64' },
  HOURGLASS_STORE_PATIENCE: { schema: wholeNumber(1, 86_400), fallback: '1800', expected: 'a whole number of seconds from 1 to 86400' },
  HOURGLASS_WORKER_MEGABYTES: {
    schema: wholeNumber(100, 16_777_216).optional(),
    fallback: undefined,
    expected: 'a whole number from 100 to 16777216',
  },
  HOURGLASS_WAIT_FOR_MEMORY: { schema: z.enum(['0', '1']).transform((value) => value === '1'), fallback: '1', expected: '0 or 1' },
  HOURGLASS_WORKER_SILENCE: { schema: wholeNumber(5, 3600), fallback: '60', expected: 'a whole number of seconds from 5 to 3600' },
  HOURGLASS_RETENTION_MEGABYTES: {
    schema: z.union([z.literal('all').transform(() => Number.MAX_SAFE_INTEGER), wholeNumber(0, 1_000_000).transform((size) => size * 1e6)]),
    fallback: '20',
    expected: 'a whole number of megabytes from 0 to 1000000, or all',
  },
  HOURGLASS_RETENTION_EPOCHS: { schema: wholeNumber(2, 1000), fallback: '20', expected: 'a whole number from 2 to 1000' },
  HOURGLASS_TRASH_DAYS: { schema: wholeNumber(0, 3650), fallback: '7', expected: 'a whole number of days from 0 to 3650' },
  HOURGLASS_CODES_MEGABYTES: {
    schema: wholeNumber(0, 1_000_000).transform((size) => size * 1e6),
    fallback: '1000',
    expected: 'a whole number of megabytes from 0 to 1000000',
  },
  HOURGLASS_THREADS: { schema: wholeNumber(1, 256).optional(), fallback: undefined, expected: 'a whole number from 1 to 256' },
} as const

type VariableName = keyof typeof variables
type VariableValue<Name extends VariableName> = z.output<(typeof variables)[Name]['schema']>

/** Reads the settings from environment variables; an empty variable counts as unset. Throws a StartupError that names the wrong variable. */
export function readSettings(environment: Environment): Settings {
  const maxRuns = readVariable('HOURGLASS_MAX_RUNS', environment)
  const host = readVariable('HOURGLASS_HOST', environment)
  const isOpen = !isLoopback(host)
  const refusal = refusalToListen(host, readVariable('HOURGLASS_OPEN', environment))
  if (refusal) throw new StartupError(refusal)
  return {
    port: readVariable('HOURGLASS_API_PORT', environment),
    host,
    isOpen,
    allowedHosts: readVariable('HOURGLASS_ALLOWED_HOSTS', environment),
    trustedProxies: readVariable('HOURGLASS_TRUSTED_PROXIES', environment),
    metricsReaders: readVariable('HOURGLASS_METRICS_READERS', environment),
    clientLimitFactor: readVariable('HOURGLASS_CLIENT_LIMITS', environment),
    clientPeriod: readVariable('HOURGLASS_CLIENT_PERIOD', environment),
    dataFolder: readVariable('HOURGLASS_DATA', environment),
    introspection: readVariable('HOURGLASS_INTROSPECTION', environment),
    operationSeconds: readVariable('HOURGLASS_OPERATION_SECONDS', environment),
    requestSeconds: readVariable('HOURGLASS_REQUEST_SECONDS', environment),
    transferSilence: readVariable('HOURGLASS_TRANSFER_SILENCE', environment),
    outputMegabytes: readVariable('HOURGLASS_OUTPUT_MEGABYTES', environment),
    demo: readVariable('HOURGLASS_DEMO', environment),
    analysis: readVariable('HOURGLASS_ANALYSIS', environment),
    maxRuns,
    storePatience: readVariable('HOURGLASS_STORE_PATIENCE', environment),
    workerMegabytes: readVariable('HOURGLASS_WORKER_MEGABYTES', environment),
    waitForMemory: readVariable('HOURGLASS_WAIT_FOR_MEMORY', environment),
    workerSilence: readVariable('HOURGLASS_WORKER_SILENCE', environment),
    trashDays: readVariable('HOURGLASS_TRASH_DAYS', environment),
    retentionBytes: readVariable('HOURGLASS_RETENTION_MEGABYTES', environment),
    retentionEpochs: readVariable('HOURGLASS_RETENTION_EPOCHS', environment),
    codesBytes: readVariable('HOURGLASS_CODES_MEGABYTES', environment),
    threads: readVariable('HOURGLASS_THREADS', environment) ?? Math.max(1, Math.floor(availableParallelism() / maxRuns)),
  }
}

function readVariable<Name extends VariableName>(name: Name, environment: Environment): VariableValue<Name> {
  const { schema, fallback, expected } = variables[name]
  const given = environment[name]?.trim() || fallback
  const result = schema.safeParse(given)
  if (!result.success) throw new StartupError(`${name}: expected ${expected}, got ${JSON.stringify(given)}.`)
  return result.data as VariableValue<Name>
}
