/** Names that are not written as the words they are made of. */
const irregular: Readonly<Record<string, string>> = {
  binaryCrossEntropy: 'binary cross-entropy',
  relu: 'ReLU',
  onnx: 'ONNX Runtime',
  tensorflow: 'TensorFlow',
  cpu: 'TensorFlow.js on the CPU',
}

/** Writes the name of an option in words, `meanSquaredError` as `mean squared error`. */
export function toWords(name: string): string {
  return irregular[name] ?? name.replace(/([a-z0-9])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`)
}

/** Writes the name of an option as it begins a line, `Mean squared error`. */
export function toLabel(name: string): string {
  const words = toWords(name)
  return words.charAt(0).toUpperCase() + words.slice(1)
}
