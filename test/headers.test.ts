import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { query } from './harness/lab.mjs'
import { openPage } from './harness/openPage.js'
import { emptyLab, type Lab, sharedLab } from './harness/sharedLab.js'

const pages = ['/', '/new', '/experiments', '/compare', '/nowhere']

let lab: Lab
let run: string

beforeAll(async () => {
  lab = await sharedLab()
  const config = { data: { dataset: 'mnist', trainCount: 128, testCount: 64 }, training: { epochs: 1 } }
  const launch = 'mutation ($input: LaunchRunInput!) { launchRun(input: $input) { id } }'
  run = (await query(lab.url, launch, { input: { config } })).launchRun.id
})
afterAll(async () => {
  if (lab) await emptyLab(lab)
})

describe('a page', () => {
  it.each(pages)('keeps other sites and foreign scripts out, and is kept by no proxy: %s', async (path) => {
    const { headers } = await fetch(lab.url + path, { headers: { accept: 'text/html' } })
    const policy = headers.get('content-security-policy') ?? ''
    const scripts = /script-src ([^;]*)/.exec(policy)?.[1] ?? ''
    expect(scripts).toMatch(/'nonce-[^']+' 'strict-dynamic' 'wasm-unsafe-eval'/)
    expect(scripts).not.toContain('unsafe-inline')
    expect(policy).toContain("frame-ancestors 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(headers.get('permissions-policy')).toContain('camera=()')
    expect(headers.get('cache-control')).toMatch(/no-store|no-cache/)
    const text = JSON.stringify([...headers])
    expect(text).not.toContain(new URL(lab.apiUrl).port)
    expect(headers.get('x-middleware-rewrite')).toBeNull()
  })

  it('has another nonce each time', async () => {
    const policies = await Promise.all([1, 2].map(async () => (await fetch(lab.url)).headers.get('content-security-policy')))
    expect(policies[0]).not.toBe(policies[1])
  })

  it('runs its own scripts, models and workers, and no other script; browsers know all that its headers name', async () => {
    const page = await openPage()
    const refused: string[] = []
    const unknown: string[] = []
    page.on('console', (message) => {
      if (/permissions-policy|unrecognized/i.test(message.text())) unknown.push(message.text())
      if (message.text().includes('Content Security Policy')) refused.push(message.text())
    })
    for (const path of [...pages, `/runs/${run}`]) {
      await page.goto(lab.url + path)
      await page.getByRole('link', { name: 'New run' }).first().waitFor()
    }
    await page.getByText('Completed').first().waitFor()
    await page.getByRole('tab', { name: 'Latent space' }).click()
    await page.getByTestId('latent-slider-0').focus()
    expect(refused).toEqual([])
    expect(unknown).toEqual([])
    await page.evaluate(() => {
      const script = document.createElement('div')
      script.innerHTML = '<img src="/nowhere.png" onerror="window.isFooled = true">'
      document.body.append(script)
    })
    await expect.poll(() => refused.length).toBeGreaterThan(0)
    expect(await page.evaluate(() => 'isFooled' in window)).toBe(false)
    await page.close()
  })
})

describe('an answer of the API', () => {
  it('is nothing that runs, through the dashboard too', async () => {
    for (const origin of [lab.url, lab.apiUrl]) {
      const { headers } = await fetch(`${origin}/graphql?query=%7Blab%7Bversion%7D%7D`, { headers: { 'apollo-require-preflight': '1' } })
      expect(headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(headers.get('x-content-type-options')).toBe('nosniff')
    }
  })
})
