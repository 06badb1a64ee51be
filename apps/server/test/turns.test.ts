import { describe, expect, it } from 'vitest'
import { ClientGate } from '../src/clients/ClientGate.js'
import { Operations } from '../src/clients/Operations.js'
import { Turns } from '../src/clients/Turns.js'
import { Work } from '../src/clients/Work.js'
import { madeUpClient as client } from './madeUpClient.js'

const forever = new AbortController().signal

describe('turns', () => {
  it('go round among clients, however much one asks for', async () => {
    const turns = new Turns(1)
    const order: string[] = []
    const ask = async (key: string, index: number) => {
      const end = await turns.take(client(key), forever)
      order.push(`${key}${index}`)
      await new Promise((resolve) => setImmediate(resolve))
      end()
      end()
    }
    await Promise.all([...Array.from({ length: 6 }, (_, index) => ask('a', index)), ask('b', 0), ask('c', 0), ask('b', 1)])
    expect(order).toEqual(['a0', 'a1', 'b0', 'c0', 'a2', 'b1', 'a3', 'a4', 'a5'])
  })

  it('go round among addresses, however many clients one makes up', async () => {
    const turns = new Turns(1)
    const order: string[] = []
    const ask = async (network: string, browser: string) => {
      const end = await turns.take(client(network, browser), forever)
      order.push(`${network}${browser}`)
      await new Promise((resolve) => setImmediate(resolve))
      end()
    }
    await Promise.all([...['1', '2', '3', '4', '1', '2'].map((browser) => ask('a', browser)), ask('b', '1'), ask('b', '1'), ask('c', '1')])
    expect(order).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b1', 'a4', 'a1', 'a2'])
  })

  it('are left for another address, however long those of all clients at one take', async () => {
    const turns = new Turns(4)
    const ends = await Promise.all(['1', '2', '3'].map((browser) => turns.take(client('a', browser), forever)))
    let isFourth = false
    const fourth = turns.take(client('a', '4'), forever).then((end) => {
      isFourth = true
      end()
    })
    ;(await turns.take(client('b'), forever))()
    expect(isFourth).toBe(false)
    for (const end of ends) end()
    await fourth
  })

  it('are left for others, however long those of one client take', async () => {
    const turns = new Turns(4)
    const ends = [await turns.take(client('a'), forever), await turns.take(client('a'), forever)]
    let isThird = false
    const third = turns.take(client('a'), forever).then((end) => {
      isThird = true
      end()
    })
    ;(await turns.take(client('b'), forever))()
    expect(isThird).toBe(false)
    for (const end of ends) end()
    await third
  })

  it('are charged once, however often they are given back', async () => {
    const gate = new ClientGate()
    const charges: unknown[] = []
    gate.charge = async (_, used) => void charges.push(used)
    const operation = new Operations(gate).open(client('a'))
    const give = await operation.begin()
    give()
    give()
    operation.end()
    expect(charges).toHaveLength(1)
  })

  it('are charged with the time of the process, which those that run side by side share', async () => {
    const gate = new ClientGate()
    const charged: number[] = []
    gate.charge = async (_, { workSeconds = 0 }) => void charged.push(workSeconds)
    const operations = new Operations(gate)
    const gives = await Promise.all(Array.from({ length: 4 }, () => operations.open(client('a')).begin()))
    const ends = performance.now() + 200
    while (performance.now() < ends);
    await new Promise((resolve) => setTimeout(resolve, 300))
    for (const give of gives) give()
    const sum = charged.reduce((one, other) => one + other)
    expect(sum).toBeGreaterThan(0.19)
    expect(sum).toBeLessThan(0.45)
    for (const each of charged) expect(each).toBeCloseTo(sum / 4, 2)
  })

  it('are had by few at a time that have brought much', async () => {
    const operations = new Operations(new ClientGate())
    const begun: string[] = []
    const begin = async (name: string, bytes: number) => {
      const give = await operations.open(client(name)).begin(bytes)
      begun.push(name)
      return give
    }
    const large = ['a', 'b', 'c', 'd', 'e'].map((name) => begin(name, 1024 ** 2))
    const [give] = await Promise.all(large.slice(0, 4))
    ;(await begin('f', 100))()
    give?.()
    await large[4]
    expect(begun).toEqual(['a', 'b', 'c', 'd', 'f', 'e'])
  })

  it('are given up by who leaves', async () => {
    const turns = new Turns(1)
    const end = await turns.take(client('a'), forever)
    const leaving = new AbortController()
    const waiting = turns.take(client('a'), leaving.signal)
    const next = turns.take(client('b'), forever)
    leaving.abort(new Error('left'))
    await expect(waiting).rejects.toThrow('left')
    end()
    ;(await next)()
    ;(await turns.take(client('c'), forever))()
    await expect(turns.take(client('a'), leaving.signal)).rejects.toThrow('left')
  })
})

describe('work of one operation', () => {
  it('is done one part after another, others in between, and stops where its client leaves', async () => {
    const leaving = new AbortController()
    const work = new Work(leaving.signal)
    const done: number[] = []
    let others = 0
    const counting = setInterval(() => others++, 1)
    const parts = Array.from({ length: 50 }, (_, index) =>
      work.do(() => {
        const until = performance.now() + 5
        while (performance.now() < until);
        done.push(index)
        if (index === 19) leaving.abort(new Error('left'))
        return index
      }),
    )
    const results = await Promise.allSettled(parts)
    clearInterval(counting)
    expect(done).toEqual(Array.from({ length: 20 }, (_, index) => index))
    expect(results.slice(20).every(({ status }) => status === 'rejected')).toBe(true)
    expect(others).toBeGreaterThan(4)
  })
})
