import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

const ORIGIN = 'http://lab'
const ROUTER = { __NA: true }

/** An address as browsers have it, as far as navigations need it. */
class Address {
  href = `${ORIGIN}/runs?select=a`
  get pathname() {
    return new URL(this.href).pathname
  }
}

/** What browsers do natively: the address changes, and nobody is told. */
class NativeHistory {
  state: unknown = ROUTER
  replaceState(_state: unknown, _unused: string, url?: string | null) {
    globalThis.location.href = new URL(url ?? '', globalThis.location.href).href
  }
  pushState(state: unknown, unused: string, url?: string | null) {
    this.replaceState(state, unused, url)
  }
}

describe('a navigation that has begun', () => {
  let told: string[]
  let keepNavigation: (href: string) => void
  let guardHistory: () => void
  let goBack: () => void

  beforeEach(async () => {
    told = []
    vi.resetModules()
    const native = new NativeHistory()
    // As the router does, which hears of every write that is not its own.
    const heard = Object.assign(Object.create(native) as NativeHistory, {
      replaceState(state: unknown, unused: string, url?: string) {
        if (state !== ROUTER) told.push(String(url))
        native.replaceState(state, unused, url)
      },
      pushState(state: unknown, unused: string, url?: string) {
        native.replaceState(state, unused, url)
      },
    })
    vi.stubGlobal('location', new Address())
    vi.stubGlobal('history', heard)
    vi.stubGlobal('History', NativeHistory)
    vi.stubGlobal('addEventListener', (type: string, listener: () => void) => {
      if (type === 'popstate') goBack = listener
    })
    ;({ keepNavigation, guardHistory } = await import('../src/shell/keepNavigation'))
  })
  afterEach(() => vi.unstubAllGlobals())

  it('is not told what the page that is left writes, and keeps it when the router writes the address that it knows once more', () => {
    keepNavigation('/compare?runs=a,b')
    history.replaceState(null, '', '/runs?select=a,b')
    expect(location.href).toBe(`${ORIGIN}/runs?select=a,b`)
    history.replaceState(ROUTER, '', '/runs?select=a')
    expect(location.href).toBe(`${ORIGIN}/runs?select=a,b`)
    expect(told).toEqual([])
  })

  it('does not lose what the page wrote just before it, when the router takes in an older address late', () => {
    guardHistory()
    history.replaceState(null, '', '/runs?select=a,b')
    keepNavigation('/compare?runs=a,b')
    history.replaceState(ROUTER, '', '/runs?select=a')
    expect(location.href).toBe(`${ORIGIN}/runs?select=a,b`)
  })

  it('does not lose it either when the router has written the older address just before', () => {
    guardHistory()
    history.replaceState(null, '', '/runs?select=a,b')
    history.replaceState(ROUTER, '', '/runs?select=a')
    keepNavigation('/compare?runs=a,b')
    expect(location.href).toBe(`${ORIGIN}/runs?select=a,b`)
  })

  it('knows nothing of what was written before another address of the same page', () => {
    guardHistory()
    history.replaceState(null, '', '/runs?select=b')
    history.pushState(ROUTER, '', '/runs?view=c')
    keepNavigation('/compare?runs=a,b')
    history.replaceState(ROUTER, '', '/runs?view=c')
    expect(location.href).toBe(`${ORIGIN}/runs?view=c`)
    history.replaceState(ROUTER, '', '/compare?runs=a,b')
    expect(location.href).toBe(`${ORIGIN}/compare?runs=a,b`)
  })

  it('has come to its end once the page is another one: that writes for itself', () => {
    keepNavigation('/compare?runs=a,b')
    history.replaceState(null, '', '/runs?select=a,b')
    history.replaceState(ROUTER, '', '/compare?runs=a,b')
    history.replaceState(null, '', '/compare?runs=a')
    expect(location.href).toBe(`${ORIGIN}/compare?runs=a`)
    expect(told).toEqual(['/compare?runs=a'])
  })

  it('has come to its end once somebody goes back instead: the page writes for itself again', () => {
    keepNavigation('/compare?runs=a,b')
    location.href = `${ORIGIN}/runs`
    goBack()
    history.replaceState(null, '', '/runs?select=c')
    expect(told).toEqual(['/runs?select=c'])
  })

  it('to where one is already is none', () => {
    keepNavigation('/runs?select=a')
    history.replaceState(null, '', '/runs?select=b')
    expect(told).toEqual(['/runs?select=b'])
  })
})
