import { setFlagsFromString } from 'node:v8'

// V8 compiles WebAssembly fast first, and what is called often again, well. All of it in this process is Prisma's: compiling its megabytes again takes
// two thirds of a second of processor after each start, and its queries take as long as before.
setFlagsFromString('--liftoff-only')
