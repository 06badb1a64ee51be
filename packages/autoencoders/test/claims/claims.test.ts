import { createRandom } from '@hourglass/datasets'
import { describe, expect, it } from 'vitest'
import { describeBounds } from '../../src/claims/Bounds.js'
import { type Claim, claims, judgeClaim, judgeExperiment, type RunFacts, type Verdict } from '../../src/claims.js'
import { completeRunConfig, presets } from '../../src/index.js'
import { type Both, claimNumbers, ofAllRuns, ofConfigurations } from './claimNumbers.js'
import { factsOf } from './syntheticFacts.js'

const rows = Object.entries(claims).flatMap(([presetId, all]) => all.map((claim) => [`${presetId}: ${claim.id}`, presetId, claim] as const))
const told = rows.filter(([, , { cases, id }]) => cases && !ofConfigurations.includes(id))

function numbersOf(presetId: string, { id }: Claim): Both {
  const both = claimNumbers[presetId]?.[id]
  if (!both) throw new Error(`expected numbers for ${presetId}: ${id}`)
  return both
}

describe('claims', () => {
  it('are made of every preset, and of nothing else, each with an id and a sentence of its own', () => {
    expect(Object.keys(claims).toSorted()).toEqual(presets.map(({ id }) => id).toSorted())
    for (const all of Object.values(claims)) {
      expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
      for (const { expectation } of all) expect(expectation).toMatch(/^\p{Lu}.*\.$/u)
    }
  })

  it.each(told)('%s holds where each number says so, with that number', (_name, presetId, claim) => {
    const verdict = judgeClaim(claim, factsOf(presetId, numbersOf(presetId, claim).holds))
    expect(verdict.kind).toBe('HOLDS')
    expect(verdict.sentence).toMatch(/^Holds for .*\d.* \(expected .*\)\.$/)
    check(verdict)
  })

  it.each(told)('%s does not hold where no number says so, and its sentence says that', (_name, presetId, claim) => {
    const verdict = judgeClaim(claim, factsOf(presetId, numbersOf(presetId, claim).fails))
    expect(verdict.kind).toBe('DOES_NOT_HOLD')
    expect(verdict.sentence).toMatch(/^Does not hold /)
    check(verdict)
  })

  it.each(told.filter(([, , { id }]) => !ofAllRuns.includes(id)))('%s counts the seeds that it holds for', (_name, presetId, claim) => {
    const { holds, fails } = numbersOf(presetId, claim)
    const runs = [1, 2, 3, 4].flatMap((seed) => factsOf(presetId, seed % 2 === 0 ? fails : holds, seed))
    const verdict = judgeClaim(claim, runs)
    expect(verdict.kind).toBe('HOLDS_FOR_SOME')
    expect(verdict.held * 2).toBe(verdict.judged)
    expect(verdict.sentence).toContain(`Holds for ${verdict.held} of ${verdict.judged} `)
    expect(verdict.sentence).toMatch(/ but not for .*seed [24]/)
    check(verdict)
  })

  it.each(rows.filter(([, , { cases }]) => cases))(
    '%s is not judged without runs, before they end, and where they fail',
    (_name, presetId, claim) => {
      const both = claimNumbers[presetId]?.[claim.id]
      const runs = factsOf(presetId, both?.holds ?? (() => ({})))
      const as = (changes: Partial<RunFacts>) =>
        judgeClaim(
          claim,
          runs.map((run) => ({ ...run, ...changes })),
        )
      const none = judgeClaim(claim, [])
      expect([none.kind, none.sentence]).toEqual(['NOT_JUDGED', `Cannot be judged: this takes ${claim.needs}.`])
      const awaited = as({ state: 'awaited' })
      expect(awaited.kind).toBe('NOT_JUDGED')
      expect(awaited.sentence).toMatch(/^Cannot be judged yet: /)
      expect(awaited.awaited.length).toBeGreaterThan(0)
      for (const state of ['failed', 'stopped'] as const) {
        const broken = as({ state })
        expect(broken.kind).toBe('NOT_JUDGED')
        expect(broken.sentence).toMatch(/^Cannot be judged: /)
        expect(broken.awaited).toEqual([])
      }
      if (!ofConfigurations.includes(claim.id)) {
        const unmeasured = as({ analysis: null, metrics: {} })
        expect(unmeasured.kind).toBe('NOT_JUDGED')
        expect(unmeasured.sentence).toMatch(/^Cannot be judged: /)
      }
    },
  )

  it('hold for no more than was judged: a run that failed keeps a claim from holding', () => {
    const runs = factsOf('undercomplete-deep-sweep', numbersOf('undercomplete-deep-sweep', { id: 'below-pca' } as Claim).holds)
    const [verdict] = judgeExperiment(
      'undercomplete-deep-sweep',
      runs.map((run, index) => (index === 0 ? { ...run, state: 'failed' } : run)),
    )
    expect(verdict).toMatchObject({ kind: 'HOLDS_FOR_SOME', cases: 7, judged: 6, held: 6 })
    expect(verdict?.sentence).toMatch(/^Holds for 6 of 6 code sizes; .* Not judged: z = 64, seed 1: failed\.$/)
  })

  it('say while runs are awaited what was found so far, and of which runs', () => {
    const runs = factsOf('undercomplete-deep-sweep', numbersOf('undercomplete-deep-sweep', { id: 'below-pca' } as Claim).holds)
    const waiting = runs.map((run, index): RunFacts => (index < 5 ? { ...run, state: 'awaited' } : run))
    const [verdict] = judgeExperiment('undercomplete-deep-sweep', waiting)
    expect(verdict?.sentence).toMatch(
      /^Cannot be judged yet: 5 of 7 are awaited \(z = 64, seed 1; z = 32, seed 1; z = 16, seed 1; 2 more\)\. So far: Holds for 2 of 2 code sizes; /,
    )
    expect(verdict?.awaited).toEqual(waiting.slice(0, 5).map(({ id }) => id))
  })

  it('name seeds where cases differ in these alone, and the closest of two numbers with the digits that tell them apart', () => {
    const two = claims.clustering?.find(({ id }) => id === 'deep-over-variational-nmi') as Claim
    const { fails } = numbersOf('clustering', two)
    const { sentence } = judgeClaim(
      two,
      [1, 2].flatMap((seed) => factsOf('clustering', fails, seed)),
    )
    expect(sentence).toContain('Does not hold for any of 2 seeds')
    expect(sentence).toContain(
      'k-means NMI 0.580 (deep, z = 10, seed 1) against 0.581 (variational, z = 10, seed 1), −0.00100 (expected above 0.03)',
    )
  })

  it('write bounds below 0 with the sign that numbers have beside them', () => {
    expect(describeBounds({ above: -0.02, below: 0.03 })).toBe('between −0.02 and 0.03')
    expect(describeBounds({ below: -1 })).toBe('below −1')
    expect(describeBounds({ above: 2 })).toBe('above 2')
  })

  it('call what is minimized an objective where it is more than the error', () => {
    const claim = claims['dae-cae']?.find(({ id }) => id === 'as-far') as Claim
    const { sentence } = judgeClaim(claim, factsOf('dae-cae', numbersOf('dae-cae', claim).holds))
    expect(sentence).toMatch(/: Training objective [\d.]+ /)
  })

  it('say how large the codes of two architectures are that are compared', () => {
    const runs = factsOf('convolutional', numbersOf('convolutional', { id: 'ahead-in-psnr' } as Claim).holds)
    const [verdict] = judgeExperiment('convolutional', runs)
    expect(verdict?.sentence).toMatch(/^Holds for dense.* \(32 code units\) and convolutional.* \(1,176 code units\): /)
  })

  it('set denoising against the best linear filter, and against PCA only where that leaves components out', () => {
    const psnr = (peakSignalToNoiseRatio: number) => ({ peakSignalToNoiseRatio })
    const judge = (rank: number, pca: number, id: string) => {
      const runs = factsOf('denoising-sweep', () => ({
        subjects: { DENOISED: psnr(20), WIENER_FILTER: psnr(19), CORRUPTED_PCA: psnr(pca) },
        parts: { principalComponents: { used: rank, rank } },
      }))
      return judgeExperiment('denoising-sweep', runs).find(({ claim }) => claim === id)
    }
    // Of 7 code sizes, 5 are below 700.
    expect(judge(700, 18, 'ahead-of-small-pca')).toMatchObject({ kind: 'HOLDS', cases: 5, held: 5 })
    expect(judge(700, 18, 'ahead-of-linear')).toMatchObject({ kind: 'HOLDS', cases: 7, held: 7 })
    // A number that PCA of all components has by chance stands for nothing.
    expect(judge(700, 21, 'ahead-of-linear')).toMatchObject({ kind: 'HOLDS_FOR_SOME', cases: 7, held: 2 })
    expect(judge(700, 21, 'ahead-of-linear')?.sentence).toContain('(PCA of corrupted)')
    expect(judge(700, 18, 'ahead-of-linear')?.sentence).toContain('(Wiener filter)')
  })

  it.each(told)('%s names in its sentence every bound that it is judged by, which lie outside of it', (_name, presetId, claim) => {
    expect(claim.expectation).not.toMatch(/at least|at most/)
    const bounds = (claim.cases?.(factsOf(presetId, numbersOf(presetId, claim).holds)) ?? []).flatMap(({ outcome }) =>
      'bounds' in outcome ? [outcome.bounds.above, outcome.bounds.below] : [],
    )
    for (const bound of new Set(bounds)) {
      if (bound === undefined || bound === 0 || bound === 1) continue
      const words = wordsOf(bound)
      expect(
        words.some((word) => new RegExp(`(^|[^\\d.])${word}($|[^\\d.]|[.]($|[^\\d]))`, 'u').test(claim.expectation)),
        `${bound}: ${words}`,
      ).toBe(true)
    }
  })

  it('judge runs by what they are, not by their labels', () => {
    const runs = factsOf('contractive', numbersOf('contractive', { id: 'smaller-norm' } as Claim).holds)
    const renamed = runs.map((run, index) => ({ ...run, label: `run ${index}` }))
    expect(judgeExperiment('contractive', renamed)[0]).toMatchObject({ kind: 'HOLDS', judged: 1 })
  })

  it('never say more than their numbers, whatever the runs', () => {
    for (let seed = 1; seed <= 40; seed++) {
      for (const [presetId, all] of Object.entries(claims)) {
        const runs = randomRuns(presetId, seed)
        for (const claim of all) check(judgeClaim(claim, runs))
      }
    }
  })

  it('have one thing to compare each run with in the presets as they are', () => {
    for (const [presetId, all] of Object.entries(claims)) {
      const preset = presets.find(({ id }) => id === presetId)
      for (const runs of [preset?.runs ?? [], preset?.quickRuns ?? []]) {
        const facts = runs.map(
          ({ label, config }): RunFacts => ({
            id: label,
            label,
            config: completeRunConfig(config),
            state: 'awaited',
            metrics: {},
            analysis: null,
          }),
        )
        for (const claim of all) if (claim.cases) expect(claim.cases(facts).length, `${presetId}: ${claim.id}`).toBeGreaterThan(0)
      }
    }
  })
})

/** How a bound may stand in a sentence: as it is, as percent or points, as a distance from one, or as a word. */
function wordsOf(bound: number): readonly string[] {
  const written = [bound, 100 * bound, 100 * (bound - 1), 1000 * (bound - 1)].map((value) => String(Number(Math.abs(value).toPrecision(6))))
  const named: Readonly<Record<string, string>> = {
    '0.2': 'fifth',
    '0.25': 'quarter',
    '0.5': 'half',
    '0.9': 'tenth',
    '0.999': 'thousandth',
    '1.001': 'thousandth',
    '4': 'four',
    '9': 'nine',
    '20': 'twenty',
  }
  return [...written.map((each) => each.replaceAll('.', '\\.')), ...[named[String(bound)] ?? []].flat()]
}

/** Runs of a preset with numbers that hold or fail at random, some missing, some not ended. */
function randomRuns(presetId: string, seed: number): readonly RunFacts[] {
  const draws = new Float32Array(200)
  createRandom(seed, `claims/${presetId}`).fillUniform(draws)
  const all = Object.values(claimNumbers[presetId] ?? {})
  const states = ['ended', 'ended', 'ended', 'ended', 'failed', 'stopped', 'awaited'] as const
  let next = 0
  const draw = (count: number) => Math.floor((draws[next++ % draws.length] ?? 0) * count)
  return [1, 2].flatMap((own) =>
    factsOf(
      presetId,
      (run) => {
        const both = all[draw(Math.max(1, all.length))]
        const numbers = (draw(2) === 0 ? both?.holds(run) : both?.fails(run)) ?? {}
        return numbers
      },
      own,
    )
      .filter(() => draw(6) > 0)
      .map((run): RunFacts => ({ ...run, state: states[draw(seed % 3 === 0 ? 7 : seed % 3 === 1 ? 4 : 6)] ?? 'ended' })),
  )
}

/** Holds a sentence to the numbers that it tells. */
function check({ kind, sentence, cases, judged, held, awaited }: Verdict): void {
  expect(held).toBeLessThanOrEqual(judged)
  expect(judged).toBeLessThanOrEqual(cases)
  if (kind === 'HOLDS') expect([judged, held]).toEqual([cases, cases])
  if (kind === 'DOES_NOT_HOLD') expect(held).toBe(0)
  if (awaited.length > 0) expect(kind).toBe('NOT_JUDGED')
  const [, told] = sentence.match(/Holds for (\d+) of \d+ /) ?? []
  if (told !== undefined) expect(Number(told)).toBe(held)
  // What stands with a number: whether that number, as it is written, keeps what is expected of it.
  const failing = sentence.match(/Does not hold|but not for/)?.index ?? Number.POSITIVE_INFINITY
  for (const match of sentence.matchAll(
    /([+−-]?[\d.,e-]+)(?: times as much|°| dB| points)? (?:\([^()]*\) )?\(expected (below|above|between) (-?[\d.]+)(?: and ([\d.]+))?/g,
  )) {
    const number = Number((match[1] ?? '').replaceAll(',', '').replace('−', '-'))
    const [one, other] = [Number(match[3]), Number(match[4])]
    const keeps = match[2] === 'below' ? number < one : match[2] === 'above' ? number > one : number > one && number < other
    expect(keeps, sentence).toBe((match.index ?? 0) < failing)
  }
}
