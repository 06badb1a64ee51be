/**
 * How names of files are stored: a run of 50 epochs has some 170 files, and what their names begin and end with is most of what their rows would take. A code has
 * a colon, which no name of a file has. Rows of earlier versions were brought to this by a migration, which has the same list.
 */
const shapes = [
  { code: 'c:', start: 'checkpoints/', end: '.safetensors' },
  { code: 'd:', start: 'codes/', end: '.safetensors' },
  { code: 'e:', start: 'resume/', end: '.safetensors' },
  { code: 'r:', start: 'reconstructions/', end: '.png' },
  { code: 's:', start: 'reconstructions/', end: '.safetensors' },
  { code: 'f:', start: 'analysis/', end: '.png' },
  { code: 'g:', start: 'analysis/', end: '.safetensors' },
] as const
/** How the types are stored of which a run has many files; others as they are. */
const types: Readonly<Record<string, string>> = { checkpoint: 'c:', codes: 'd:', resume: 'e:', reconstructions: 'r:', figure: 'f:' }
const typesByCode = new Map(Object.entries(types).map(([type, code]) => [code, type]))
const shapesByCode = new Map<string, (typeof shapes)[number]>(shapes.map((shape) => [shape.code, shape]))
const CODE_LENGTH = 2

/** Writes the name of a run's file as it is stored. Names of one kind keep their order. */
export function storedName(name: string): string {
  const shape = shapes.find(({ start, end }) => name.length > start.length + end.length && name.startsWith(start) && name.endsWith(end))
  return shape ? shape.code + name.slice(shape.start.length, -shape.end.length) : name
}

/** Reads a name that {@link storedName} wrote. */
export function nameOfStored(stored: string): string {
  const shape = shapesByCode.get(stored.slice(0, CODE_LENGTH))
  return shape ? shape.start + stored.slice(CODE_LENGTH) + shape.end : stored
}

/** Writes the type of a run's file as it is stored. */
export function storedType(type: string): string {
  return Object.hasOwn(types, type) ? (types[type] ?? type) : type
}

/** Reads a type that {@link storedType} wrote. */
export function typeOfStored(stored: string): string {
  return typesByCode.get(stored) ?? stored
}

/** Reads name and type of a row. */
export function readNames<Row extends { readonly name: string; readonly type: string }>(row: Row): Row {
  return { ...row, name: nameOfStored(row.name), type: typeOfStored(row.type) }
}
