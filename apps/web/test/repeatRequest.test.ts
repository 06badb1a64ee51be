import { execFileSync } from 'node:child_process'
import { completeRunConfig } from '@hourglass/autoencoders'
import { describe, expect, it } from 'vitest'
import { writeRunConfig } from '../src/data/readRunConfig'
import { curlCommand, repeatRequest } from '../src/features/run/repeatRequest'

const config = completeRunConfig({ architecture: { kind: 'convolutional' }, training: { seed: 7 } })

describe('the request that repeats a run', () => {
  it('holds all of its configuration, and the model that it started from', () => {
    const { variables } = repeatRequest({ name: 'A run', config, parent: { id: 'abc', epoch: 7 } })
    expect(variables).toEqual({ input: { name: 'A run', config: writeRunConfig(config), parent: { id: 'abc', epoch: 7 } } })
    expect(repeatRequest({ name: 'A run', config, parent: null }).variables.input).not.toHaveProperty('parent')
  })

  it('passes through a shell as it is, whatever the run is called', () => {
    const name = `It's "$HOME" \`date\` \\n $(date) 'quoted' übergröße`
    const request = repeatRequest({ name, config, parent: null })
    const command = curlCommand(request, 'http://lab.example:3000')
    // A shell function stands for curl and prints what it was given.
    const printed = execFileSync('sh', ['-c', `curl() { for word; do printf '%s\\0' "$word"; done; }; ${command}`], { encoding: 'utf8' })
    const [address, , header, , body = ''] = printed.split('\0')
    expect(address).toBe('http://lab.example:3000/graphql')
    expect(header).toBe('content-type: application/json')
    expect(JSON.parse(body).variables).toEqual(request.variables)
  })
})
