import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { onnxRuntimes } from '@hourglass/tfjs-onnx'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../harness/lab.mjs'
import { companionsOf, documentsOf, manifestIn, programsOf } from './documents.js'
import { npm, runIn } from './npm.js'
import { archiveOf, pack, packages } from './packages.js'

const folder = mkdtempSync(join(tmpdir(), 'hourglass-packages-'))
afterAll(() => rmSync(folder, { recursive: true }))

const readme = join(root, 'packages/tfjs-onnx/README.md')
const project = join(folder, 'project')
beforeAll(async () => {
  await pack(folder)
  mkdirSync(project)
})

/** Writes the manifest of somebody else's project, and installs in it archives of the packages whose names match, and what the README says. */
async function installIn({ manifest, names, env = {} }: { manifest: object; names: RegExp; env?: Readonly<Record<string, string>> }) {
  writeFileSync(join(project, 'package.json'), JSON.stringify({ private: true, ...manifest }))
  const archives = packages.filter(({ manifest: { name } }) => names.test(name)).map((each) => join(folder, archiveOf(each.manifest)))
  await npm(project, ['install', ...archives, ...companionsOf(readme)], env)
}

/** Runs a program in the project. */
function runProgram(code: string, env?: Readonly<Record<string, string>>) {
  const file = join(project, 'program.mjs')
  writeFileSync(file, code)
  return runIn(project, [process.execPath, file], env)
}

describe.each(packages.map(({ manifest }) => manifest))('the archive of $name', (manifest) => {
  const read = () => readFileSync(join(folder, archiveOf(manifest)))

  it('is one in which publint finds nothing', async () => {
    const { messages, pkg } = await publint({ pack: { tarball: Uint8Array.from(read()).buffer }, strict: true })
    expect(messages.map((message) => formatMessage(message, pkg ?? {}))).toEqual([])
  })

  it('is one whose types are found wherever ECMAScript modules are', async () => {
    const result = await checkPackage(createPackageFromTarballData(Uint8Array.from(read())))
    expect(result.types).toBeTruthy()
    // Neither require of Node 16 nor Node 10, which knows no `exports`, are supported.
    const modules = ['node16-esm', 'bundler']
    const problems = (result.types ? result.problems : []).filter(
      (problem) => !('resolutionKind' in problem) || modules.includes(problem.resolutionKind),
    )
    expect(problems).toEqual([])
  })
})

const doubled = `
  import * as tf from '@tensorflow/tfjs-core'
  import { compile } from '@hourglass/tfjs-onnx'
  import '@tensorflow/tfjs-backend-cpu'
  tf.env().set('IS_NODE', false)
  const doubled = await compile(({ x }) => ({ y: tf.mul(x, 2) }), { inputs: { x: { shape: [2], dtype: 'float32' } } })
  console.log(doubled.runtime, (await doubled.run({ x: Float32Array.of(1, 2) })).y.join())`

describe('a project where the installation of ONNX Runtime fails', () => {
  it('has everything else, and is told what to install', async () => {
    // Scripts may run here, and what onnxruntime-node's script downloads cannot be reached.
    const env = { GLOBAL_AGENT_HTTPS_PROXY: 'http://127.0.0.1:9' }
    await installIn({ manifest: {}, names: /\/(tfjs-onnx|random|wasm)$/, env })
    // Other machines need no such download.
    rmSync(join(project, 'node_modules/onnxruntime-node'), { recursive: true, force: true })
    const { code, output } = await runProgram(doubled)
    expect(code).toBe(1)
    expect(output).toMatch(/CompileError: ONNX Runtime: expected one of native, node, wasm to load, got native: Cannot find .*onnxruntime-/)
    expect(output).toMatch(
      /Install one of them: ONNXRUNTIME_NODE_INSTALL=skip npm install onnxruntime-node, or npm install onnxruntime-web\./,
    )
  })
})

describe('a project with all packages', () => {
  beforeAll(() => installIn({ manifest: manifestIn(readme), names: /./ }))

  it('can import every entry point', async () => {
    const points = packages.flatMap(({ manifest: { name, exports } }) =>
      Object.keys(exports).flatMap((point) => (point.endsWith('.json') ? [] : [name + point.slice(1)])),
    )
    expect(points.length).toBeGreaterThan(packages.length)
    const code = `for (const point of ${JSON.stringify(points)}) if (Object.keys(await import(point)).length === 0) throw new Error(point)`
    expect(await runProgram(code)).toEqual({ code: 0, output: '' })
  })

  it.each(onnxRuntimes)('runs what is compiled on the runtime %s', async (runtime) => {
    expect(await runProgram(doubled, { HOURGLASS_ONNX_RUNTIME: runtime })).toEqual({ code: 0, output: `${runtime} 2,4\n` })
  })

  it('computes a step by halves on two threads', async () => {
    const summed = `
      import * as tf from '@tensorflow/tfjs-core'
      import { compile } from '@hourglass/tfjs-onnx'
      import '@tensorflow/tfjs-backend-cpu'
      tf.env().set('IS_NODE', false)
      const options = { inputs: { x: { shape: [4], dtype: 'float32' } }, step: 'halves', threads: 2 }
      const { step, run, dispose } = await compile(({ x }) => ({ y: tf.sum(tf.square(x)) }), options)
      console.log(step.kind, step.threads, (await run({ x: Float32Array.of(1, 2, 3, 4) })).y.join())
      await dispose()`
    expect(await runProgram(summed)).toEqual({ code: 0, output: 'halves 2 30\n' })
  })

  const programs = packages.flatMap(({ folder: place, manifest: { name } }) =>
    documentsOf(place).flatMap((document) =>
      programsOf(join(place, document)).map((program, index) => ({ title: `${name}/${document}`, index, ...program })),
    ),
  )

  it.each(programs.filter(({ language }) => language === 'js'))('runs program $index of $title', async ({ code }) => {
    const ended = await runProgram(code)
    expect(ended.code, ended.output).toBe(0)
  })

  it('compiles all of them as strict TypeScript, and runs what was compiled of those in TypeScript', async () => {
    for (const [index, { code }] of programs.entries()) writeFileSync(join(project, `program${index}.ts`), `${code}\nexport {}\n`)
    const options = { target: 'ES2022', module: 'NodeNext', strict: true, skipLibCheck: false, types: ['node'], outDir: 'compiled' }
    const types = [join(root, 'node_modules/@types')]
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions: { ...options, typeRoots: types }, include: ['*.ts'] }))
    const { output } = await runIn(project, [process.execPath, join(root, 'node_modules/typescript/bin/tsc'), '-p', '.'])
    // What TensorFlow.js declares has errors of its own.
    expect(output.split('\n').filter((line) => /^\S.*error TS/.test(line) && !line.startsWith('node_modules/@tensorflow/'))).toEqual([])
    for (const [index, { language }] of programs.entries()) {
      if (language === 'js') continue
      const ended = await runIn(project, [process.execPath, join('compiled', `program${index}.js`)])
      expect(ended.code, ended.output).toBe(0)
    }
  })
})
