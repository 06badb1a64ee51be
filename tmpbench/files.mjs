import { mkdtempSync } from 'node:fs'
const { FolderArtifacts } = await import('../apps/worker/dist/FolderArtifacts.js'); const { EpochFiles } = await import('../apps/worker/dist/EpochFiles.js')
const dir = mkdtempSync('/tmp/files-'); const a = new FolderArtifacts(dir, 1, { patienceSeconds: 5, signal: new AbortController().signal, onWaiting: async () => {} })
const ef = new EpochFiles({ artifacts: a, assignment: { artifacts: [], epochsCompleted: 0, best: null, retention: { bytes: 20e6, epochs: 20 } }, epochs: 100 })
const buf = (n) => { const b = new Uint8Array(n); for (let i = 0; i < n; i += 64) b[i] = Math.random() * 255; return b }
const t = []
for (let e = 1; e <= 40; e++) { const n = String(e).padStart(4, '0'); const s = performance.now(); await Promise.all([ef.keep({ epoch: e, validationLoss: 1 / e, files: [{ name: `checkpoints/${n}.safetensors`, type: 'checkpoint', content: buf(204000) }, { name: `reconstructions/${n}.png`, type: 'reconstructions', content: buf(6000) }, { name: `codes/${n}.safetensors`, type: 'codes', content: buf(390000) }], stateBytes: 610000 }), a.write({ name: `resume/${n}.safetensors`, type: 'resume', content: buf(610000) })]); t.push(performance.now() - s) }
t.sort((x, y) => x - y); console.log('p50', t[20].toFixed(1), 'p95', t[38].toFixed(1))
