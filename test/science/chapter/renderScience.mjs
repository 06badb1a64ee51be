import { claims } from '@hourglass/autoencoders/claims'
import { columns } from './columns.mjs'

/** @typedef {import('./measureExperiment.mjs').Result} Result */
/** @typedef {{ readonly node: string, readonly cores: number, readonly processor: string }} Machine */
/** @typedef {{ readonly quick: Readonly<Record<string, Result>>, readonly full: Readonly<Record<string, Result>>, readonly seeds: Readonly<Record<string, Result>>, readonly machine: Machine | null }} Science */

const KINDS = { HOLDS: 'holds', HOLDS_FOR_SOME: 'holds for some', DOES_NOT_HOLD: 'does not hold', NOT_JUDGED: 'not judged' }

/** Writes what came out of the chapter's experiments as Markdown, all of it worked out of what was measured. @param {Science} science */
export function renderScience({ quick, full, seeds, machine }) {
  return `${[
    '# What comes out',
    'This file is written by `npm run science`, which trains and measures the chapter’s experiments in a lab of its own and takes every number and every verdict from there: nothing in it was copied by hand. `npm run science -- demo pca` measures some of them again, `--full` those with the lecture’s own settings (hours), `--seeds 5` the quick versions with five seeds each (about two hours).',
    machine ? `Measured with Node ${machine.node} on ${machine.cores} cores (${machine.processor}).` : '',
    'Errors are mean squared errors on test examples, pixels from 0 to 1, clipped where pixels have bounds. What columns say is in the lab’s glossary; without a name before it, a number is the model’s. A claim is what the lecture leads one to expect; what came of it is the verdict that the page of the experiment shows.',
    ...replicates(seeds),
    ...chapter('Quick versions', quick, [sayQuickness(quick)]),
    ...chapter('In full', full),
  ]
    .filter((part) => part !== '')
    .join('\n\n')}\n`
}

/** What a quick version is to stay below, in seconds of processor time with measuring. */
const QUICK_SECONDS = 60

/** Says which quick versions are not quick. @param {Readonly<Record<string, Result>>} results */
function sayQuickness(results) {
  const timed = Object.values(results).filter(({ processorSeconds }) => processorSeconds !== null)
  const slow = timed
    .filter(({ processorSeconds }) => (processorSeconds ?? 0) > QUICK_SECONDS)
    .sort((one, other) => (other.processorSeconds ?? 0) - (one.processorSeconds ?? 0))
  const named = slow.map(({ preset, processorSeconds }) => `\`${preset}\` ${Math.round(processorSeconds ?? 0)} s`)
  return `${timed.length - slow.length} of ${timed.length} take less than ${QUICK_SECONDS} s of processor time with measuring, one after another in one lab, where runs of the same examples share what they are compared with${slow.length === 0 ? '' : `; longer take ${named.join(', ')}`}.`
}

/** @param {string} title @param {Readonly<Record<string, Result>>} results @param {readonly string[]} [more] to say of them */
function chapter(title, results, more = []) {
  const all = Object.values(results)
  if (all.length === 0) return []
  const known = all.flatMap(({ preset, judgements }) => claimsOf(preset, judgements).flatMap(({ judgement }) => judgement ?? []))
  const judged = known.filter(({ kind }) => kind !== 'NOT_JUDGED')
  const held = judged.filter(({ kind }) => kind === 'HOLDS').length
  const apart = known.filter(({ apart }) => apart !== null)
  const agreeing = apart.filter(agrees).length
  return [
    `## ${title}`,
    `${held} of ${judged.length} claims hold for every run that they are about. Worked out a second time, apart from what pages use, ${agreeing} of ${apart.length} verdicts are the same.`,
    ...more,
    ...all.flatMap(experiment),
  ]
}

/** @param {Result} result */
function experiment({ preset, title, processorSeconds, runs, judgements }) {
  const shown = columns.filter(({ key }) => runs.some(({ numbers }) => numbers[key] !== undefined))
  const seeds = [...new Set(runs.map(({ seed }) => seed))]
  const rows = runs.map(({ label, status, codeSize, numbers }) => [
    status === 'COMPLETED' ? label : `${label} (${status.toLowerCase()})`,
    ...shown.map(({ key, row }) => writeNumber(numbers[key], row, codeSize)),
  ])
  return [
    `### ${title}`,
    `\`${preset}\`, ${seeds.length === 1 ? `seed ${seeds[0]}` : `seeds ${seeds.join(', ')}`}${processorSeconds === null ? '' : `, ${Math.round(processorSeconds)} s of processor time with measuring`}.`,
    table(['run', ...shown.map(({ name }) => name)], rows),
    claimsOf(preset, judgements)
      .map(({ expectation, judgement }) => {
        if (!judgement)
          return `- ${expectation} **${KINDS.NOT_JUDGED}**. This is claimed since it was measured: \`npm run science -- ${preset}\` judges it.`
        const { kind, sentence, apart, judged, held } = judgement
        const other =
          apart === null || agrees({ apart, judged, held }) ? '' : ` Worked out apart it holds for ${apart.held} of ${apart.cases}.`
        return `- ${expectation} **${KINDS[/** @type {keyof typeof KINDS} */ (kind)]}**. ${sentence}${other}`
      })
      .join('\n'),
  ]
}

/**
 * Writes a measured number as pages do: with its row's significant digits, a share of units as their count where that of all is known; nothing where there is none.
 * @param {number | undefined} value @param {Pick<import('@hourglass/autoencoders').Measurement, 'format' | 'digits'>} row @param {number | undefined} units of the code
 */
export function writeNumber(value, { format, digits }, units) {
  if (value === undefined) return ''
  if (format === 'unitShare') return units === undefined ? `${Math.round(100 * value)} %` : `${Math.round(value * units)} of ${units}`
  if (value === 0) return '0'
  return Math.abs(value) < 1e-4 ? value.toExponential(digits - 1) : value.toPrecision(digits)
}

/** @param {Readonly<Record<string, Result>>} results */
function replicates(results) {
  const all = Object.values(results)
  if (all.length === 0) return []
  const rows = all.flatMap(({ preset, judgements }) =>
    claimsOf(preset, judgements)
      .flatMap(({ judgement }) => judgement ?? [])
      .filter(({ judged }) => judged > 0)
      .map(({ claim, held, judged, apart }) => [
        preset,
        claim,
        `${held} of ${judged}`,
        apart === null ? '' : `${apart.held} of ${apart.cases}`,
      ]),
  )
  const counts = [...new Set(all.map(({ runs }) => new Set(runs.map(({ seed }) => seed)).size))]
  return [
    '## How often it holds',
    `Quick versions with ${counts.join(' or ')} seeds: for how many runs, or comparisons of runs with one seed, each claim holds as the page says it, and as it was worked out apart.`,
    table(['experiment', 'claim', 'on the page', 'apart'], rows),
  ]
}

/**
 * Sets what is claimed of an experiment today beside what came of it; of what was claimed no more nothing is said.
 * @param {string} preset @param {Result['judgements']} judgements
 */
export function claimsOf(preset, judgements) {
  return (claims[preset] ?? []).map(({ id, expectation }) => ({
    id,
    expectation,
    judgement: judgements.find(({ claim }) => claim === id),
  }))
}

/** @param {{ judged: number, held: number, apart: { cases: number, held: number } | null }} judgement */
const agrees = ({ judged, held, apart }) => apart !== null && apart.cases === judged && apart.held === held

/** @param {readonly string[]} head @param {readonly (readonly string[])[]} rows */
function table(head, rows) {
  const line = (/** @type {readonly string[]} */ cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map((_, index) => (index === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n')
}
