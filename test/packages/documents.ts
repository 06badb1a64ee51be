import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A program of a document: its blocks of code one behind the other, as a reader would copy them into one file. */
export interface Program {
  readonly code: string
  /** `ts` where a block is TypeScript, which JavaScript cannot run. */
  readonly language: 'js' | 'ts'
}

/** Lists the documents of a package: its README and what lies in `docs`. */
export function documentsOf(folder: string): readonly string[] {
  const docs = join(folder, 'docs')
  const further = existsSync(docs) ? readdirSync(docs).map((name) => join('docs', name)) : []
  return ['README.md', ...further].filter((name) => name.endsWith('.md') && existsSync(join(folder, name)))
}

/**
 * Reads the programs of a document out of its blocks of JavaScript and TypeScript. A block goes on where the one before ended; one that is marked `anew`
 * begins another program, and one that is marked `sketch` is no program.
 */
export function programsOf(file: string): readonly Program[] {
  const programs: Program[] = []
  for (const { groups } of readFileSync(file, 'utf8').matchAll(/^```(?<language>js|ts)(?: (?<mark>\w+))?\n(?<code>.*?)^```/gms)) {
    const { language, mark, code = '' } = groups ?? {}
    if (mark === 'sketch') continue
    const before = mark === 'anew' ? undefined : programs.pop()
    programs.push({ code: `${before?.code ?? ''}${code}\n`, language: before?.language === 'ts' || language === 'ts' ? 'ts' : 'js' })
  }
  return programs
}

/** Lists the packages of TensorFlow.js that a document installs. */
export function companionsOf(file: string): readonly string[] {
  const [line = ''] = /^npm install .*@tensorflow.*$/m.exec(readFileSync(file, 'utf8')) ?? []
  return line.split(/\s+/).filter((word) => word.startsWith('@tensorflow/'))
}

/** Finds the manifest that a document gives to whoever installs its package. */
export function manifestIn(file: string): Readonly<Record<string, unknown>> {
  const [, manifest = '{}'] = /^```json\n(.*?)^```/ms.exec(readFileSync(file, 'utf8')) ?? []
  return JSON.parse(manifest)
}
