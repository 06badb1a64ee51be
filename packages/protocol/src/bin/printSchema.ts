import { writeFile } from 'node:fs/promises'
import { printProtocol } from '../printProtocol.js'

await writeFile(new URL('../../protocol.schema.json', import.meta.url), printProtocol())
