import { describeNewRun } from '../../../apps/server/dist/runs/launchRun.js'
import { recordReport } from '../../../apps/server/dist/runs/recordReport.js'
import { memberRunName } from '../../../apps/server/dist/runs/runNames.js'
import { planReports, seededId } from './planRun.mjs'

/**
 * @typedef {import('../../../apps/server/dist/runs/RunRecorder.js').RunRecorder} RunRecorder
 * @typedef {import('../../../apps/server/dist/experiments/ExperimentRecorder.js').ExperimentRecorder} ExperimentRecorder
 * @typedef {import('../../../apps/server/dist/runs/RunFacts.js').RunFacts} RunFacts
 * @typedef {ReturnType<import('./planRuns.mjs').planRuns>[number]} Unit
 */

/**
 * Records a planned experiment, or a single run, by the server's own recorder, report after report, as while it trained.
 * @param {{ recorder: RunRecorder, experimentRecorder: ExperimentRecorder, seed: number }} by
 * @param {Unit} unit
 */
export async function recordUnit({ recorder, experimentRecorder, seed }, { name, presetId, quick, members }) {
  const experiment = name === null ? null : await createExperiment(experimentRecorder, { name, presetId, quick, members })
  await recorder.record(async (facts) => {
    for (const plan of members) {
      if (!experiment) await facts.launch(describeNewRun(plan.config, { client: '' }))
      await recordRun(facts, plan, seed)
    }
    if (!experiment) return
    const { number } = experiment
    const createdAt = new Date(members[0].launchedAt)
    await facts.transaction.experiment.update({ where: { number }, data: { id: seededId(seed, `experiment ${number}`), createdAt } })
    await facts.transaction.labEvent.updateMany({ where: { experimentNumber: number }, data: { at: createdAt } })
  })
}

/** @param {ExperimentRecorder} experimentRecorder @param {Unit} unit */
async function createExperiment(experimentRecorder, { members, ...rest }) {
  const runs = members.map(({ label, config }) => ({
    ...describeNewRun(config, { name: memberRunName(label, rest.name), client: '' }),
    label,
  }))
  return (await experimentRecorder.create({ ...rest, runs })).experiment
}

/** @param {RunFacts} facts @param {Unit['members'][number]} plan @param {number} seed */
async function recordRun(facts, plan, seed) {
  const { id, createdAt, startedAt, finishedAt, timed, started, epochs } = planReports(plan, seed)
  let run = await facts.claimNext()
  if (!run) throw new Error(`run ${plan.index}: expected it to wait in the queue, got none that waits`)
  for (const report of [timed, started, ...epochs]) run = await recordReport(facts, run, report)
  const ended = await facts.changeStatus(run.id, { from: ['RUNNING'], to: plan.status, failure: plan.failure, data: { finishedAt } })
  const { number, lastSeq } = ended ?? run
  // Back to its place in time, under the id that its seed says.
  await facts.transaction.run.update({ where: { number }, data: { id, createdAt, startedAt } })
  const where = { runNumber: number, kind: { not: 'EPOCH_COMPLETED' } }
  await facts.transaction.labEvent.updateMany({ where, data: { at: startedAt } })
  await facts.transaction.labEvent.update({ where: { seq: lastSeq }, data: { at: finishedAt } })
}
