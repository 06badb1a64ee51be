import './requireNode.mjs'

const { prepare } = await import('./steps.mjs')
const generateOnly = process.argv[2] === 'generate'
try {
  await prepare(generateOnly ? ['install', 'prisma', 'rooms', 'graphql'] : undefined)
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}
