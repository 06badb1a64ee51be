import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './harness/lab.mjs'

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => existsSync(join(root, file)))
const sources = files.filter((file) => /\.(tsx?|mjs|graphql|prisma|py)$|package\.json$|\.npmrc$|Dockerfile$/.test(file))
const documents = files.filter((file) => file.endsWith('.md') && !file.startsWith('test/fixtures/data/'))
/** Every file and folder, as `/apps/server/src`: a document may leave out the beginning of a path. */
const paths = new Set(files.flatMap((file) => file.split('/').map((_, index, parts) => `/${parts.slice(0, index + 1).join('/')}`)))
const words = new Set(sources.flatMap((file) => readFileSync(join(root, file), 'utf8').match(/[\w$]+/g) ?? []))

/** What documents name though it is not there: what one may write or run, and what was tried. */
const ELSEWHERE = ['utils.ts', 'train.mjs', 'fix', 'set_denormal_as_zero']

const PATH = /^(?!@)[\w.@-]+(\/[\w.@-]+)*$/
const EXTENSION = /\.(tsx?|mjs|md|graphql|prisma|sql|ya?ml)$/
const TOP = /^(apps|packages|prisma|test|scripts|docs)\//
const NAME = /^[A-Za-z_$][\w$]*(?=$|\()/

const textOf = (document: string) => readFileSync(join(root, document), 'utf8').replace(/^```.*?^```/gms, '')
const quotedIn = (document: string) => [...textOf(document).matchAll(/`([^`\n]+)`/g)].map(([, text = '']) => text.replace(/\/$/, ''))
const isPath = (text: string) => PATH.test(text) && (EXTENSION.test(text) || TOP.test(text))
const isMissing = (text: string) => !ELSEWHERE.includes(text) && ![...paths].some((path) => path.endsWith(`/${text}`))

describe.each(documents)('%s', (document) => {
  it('names files and folders that there are', () => {
    expect(quotedIn(document).filter((text) => isPath(text) && isMissing(text))).toEqual([])
  })

  it('names what the code knows', () => {
    const names = quotedIn(document).flatMap((text) => NAME.exec(text)?.[0] ?? [])
    expect(names.filter((name) => !words.has(name) && isMissing(name))).toEqual([])
  })

  it('links to files that there are', () => {
    const links = [...textOf(document).matchAll(/\]\(([^)#]+)(#[^)]*)?\)/g)].map(([, target = '']) => target)
    const own = links.filter((target) => !/^https?:/.test(target))
    expect(own.filter((target) => !existsSync(join(root, dirname(document), target)))).toEqual([])
  })
})
