/** Ends the process with one sentence where this Node is too old; imports nothing, so that an old Node still reads it. */
const [major, minor] = process.versions.node.split('.').map(Number)
const supported = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 24
if (!supported) {
  process.stderr.write(
    `Hourglass needs Node 20.19, 22.12, 24 or newer; this is ${process.version}. Install one of those and run the command again.\n`,
  )
  process.exit(1)
}
