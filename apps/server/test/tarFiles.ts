import { Parser } from 'tar'

/** What is in an archive, to be packed otherwise. */
export async function entriesOf(archive: Uint8Array): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>()
  const reading: Promise<unknown>[] = []
  const parser = new Parser({
    onReadEntry: (entry) => {
      if (entry.type === 'File') reading.push(entry.concat().then((content) => found.set(entry.path, Buffer.from(content))))
      else entry.resume()
    },
  })
  parser.end(Buffer.from(archive))
  await Promise.all(reading)
  return found
}

const block = (content: Uint8Array) => Buffer.concat([content, Buffer.alloc((512 - (content.byteLength % 512)) % 512)])

/** One file of a tar archive, whatever its name; a symbolic link where it leads somewhere. */
export function tarEntry(name: string, content: Uint8Array, linkTo = ''): Buffer {
  const head = Buffer.alloc(512)
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`
  head.write(name, 0)
  head.write(octal(0o644, 7) + octal(0, 7) + octal(0, 7) + octal(content.byteLength, 11) + octal(0, 11), 100)
  head.write(`        ${linkTo === '' ? '0' : '2'}${linkTo}`, 148)
  head.write('ustar\0' + '00', 257)
  head.write(
    octal(
      head.reduce((sum, byte) => sum + byte, 0),
      6,
    ),
    148,
  )
  return Buffer.concat([head, block(content)])
}

/** A tar archive of files, whatever their names. */
export function packed(entries: ReadonlyMap<string, Uint8Array>): Uint8Array {
  return Buffer.concat([...[...entries].map(([name, content]) => tarEntry(name, content)), Buffer.alloc(1024)])
}
