import { AUTOENCODER, modelFacts, runConfigFormat } from '@hourglass/autoencoders'
import { readStored } from '@hourglass/protocol'
import SqliteDatabase from 'better-sqlite3'
import type { DataFolder } from '../openDataFolder.js'
import { foldText, orderKey } from './textsAsFolded.js'

type Database = InstanceType<typeof SqliteDatabase>

interface StoredRun {
  readonly number: number
  readonly kind: string
  readonly configVersion: number
  readonly config: string
}

/** Writes the texts of runs and experiments down as they are compared, and what their models are asked for by. */
export async function foldTexts({ databasePath }: DataFolder): Promise<void> {
  const database = new SqliteDatabase(databasePath)
  try {
    database.function('fold', { deterministic: true }, (text) => foldText(String(text)))
    database.function('orderKey', { deterministic: true }, (text) => orderKey(String(text)))
    database.transaction(() => {
      database.exec(`
        UPDATE Run SET nameKey = orderKey(name);
        UPDATE Experiment SET nameFolded = fold(name);
        UPDATE RunValue SET folded = fold(text) WHERE text IS NOT NULL AND fold(text) <> text;
        DELETE FROM RunText;
        INSERT INTO RunText (kind, runNumber, folded, text) SELECT 'NAME', number, fold(name), '' FROM Run;
        INSERT INTO RunText (kind, runNumber, folded, text) SELECT 'LABEL', number, fold(label), '' FROM Run WHERE label IS NOT NULL;`)
      nameModels(database)
    })()
  } finally {
    database.close()
  }
}

function nameModels(database: Database): void {
  const runs = database
    .prepare<[string], StoredRun>('SELECT number, kind, configVersion, CAST(config AS TEXT) AS config FROM Run WHERE kind = ?')
    .all(AUTOENCODER)
  if (runs.length === 0) return
  const [codeSize, objective] = ['model.codeSize', 'model.objective'].map((name) => {
    database.prepare('INSERT INTO ValueKey (name) VALUES (?) ON CONFLICT (name) DO NOTHING').run(name)
    return database.prepare<[string], number>('SELECT id FROM ValueKey WHERE name = ?').pluck().get(name)
  })
  const setKey = database.prepare('UPDATE Run SET objectiveKey = ? WHERE number = ?')
  const setValue = database.prepare(
    'INSERT INTO RunValue (runNumber, keyId, number, text, folded) VALUES (?, ?, ?, ?, ?) ON CONFLICT (runNumber, keyId) DO NOTHING',
  )
  for (const run of runs) {
    const facts = factsOf(run)
    if (!facts) continue
    const folded = foldText(facts.objective)
    setKey.run(facts.objectiveKey, run.number)
    setValue.run(run.number, codeSize, facts.codeSize, null, null)
    setValue.run(run.number, objective, null, facts.objective, folded === facts.objective ? null : folded)
  }
}

/**
 * What a configuration says; nothing of one that this version cannot read. Formats read what earlier versions wrote for ever, and a test pins what this comes to:
 * should what a model is asked for by change, what it was has to be kept here.
 */
function factsOf({ configVersion, config }: StoredRun) {
  try {
    const read = readStored(runConfigFormat, { version: configVersion, value: JSON.parse(config) })
    return 'value' in read ? modelFacts(read.value) : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
