import { describeSchema, runConfigSchema, toWirePath, validateRunConfig } from '@hourglass/autoencoders'
import { datasetCatalog } from '@hourglass/datasets'
import { errorCodes, HourglassError } from './HourglassError.js'
import type { Lab } from './Lab.js'
import { checkRunName, defaultRunName } from './runNames.js'
import type { Run } from './store/RunStore.js'

export interface LaunchInput {
  readonly name?: string | null | undefined
  /** Checked here, whatever it is. */
  readonly config: unknown
}

const schema = describeSchema(runConfigSchema)

/**
 * Queues a run. Throws INVALID_CONFIG with every issue, its field named in the schema's terms (`path`) and in those of GraphQL's
 * RunConfigInput (`inputPath`), DATASET_UNAVAILABLE, ENGINE_UNAVAILABLE, or BAD_USER_INPUT for its name.
 */
export async function launchRun(lab: Lab, { name, config: input }: LaunchInput): Promise<Run> {
  const checkedName = name === null || name === undefined ? undefined : checkRunName(name)
  const result = validateRunConfig(input)
  if ('issues' in result) {
    const issues = result.issues.map((issue) => ({ ...issue, inputPath: toWirePath(schema, input, issue.path) }))
    throw new HourglassError(errorCodes.invalidConfig, issues.map(({ message }) => `${message}.`).join(' '), { issues })
  }
  const { config } = result
  const { dataset } = config.data
  await lab.datasets.require(dataset)
  await lab.engines.require(config.training.engine)
  const { trainCount, testCount } = datasetCatalog[dataset]
  const run = await lab.store.create({
    name: checkedName ?? defaultRunName(config),
    config,
    trainCount: config.data.trainCount ?? trainCount,
    testCount: config.data.testCount ?? testCount,
  })
  lab.log.info({ runId: run.id, number: run.number, name: run.name }, 'run launched')
  lab.queue.wake()
  lab.baselines.wake()
  return run
}
