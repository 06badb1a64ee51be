import './compileOnce.js'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import type { MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg'
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg'
import { readMigrations } from './readMigrations.js'

/** The part of the global that is used here; Node's types leave its values to the DOM library. */
declare const WebAssembly: {
  instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: Record<string, unknown> } }>
}

let instantiated: Promise<void> | undefined

/** Starts Prisma's schema engine, compiled to WebAssembly, over a driver adapter, so that migrations need no downloaded binary. */
export async function loadSchemaEngine(adapter: PrismaBetterSqlite3, schema: string): Promise<SchemaEngine> {
  instantiated ??= instantiate()
  await instantiated
  return engineModule.SchemaEngine.new(
    { datamodels: [['schema.prisma', schema]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(adapter),
  )
}

async function instantiate(): Promise<void> {
  const wasmPath = createRequire(import.meta.url)
    .resolve('@prisma/schema-engine-wasm/schema_engine_bg')
    .replace(/\.js$/, '.wasm')
  const { instance } = await WebAssembly.instantiate(await readFile(wasmPath), { './schema_engine_bg.js': engineModule })
  engineModule.__wbg_set_wasm(instance.exports)
  const start = instance.exports.__wbindgen_start
  if (typeof start === 'function') start()
}

/** Filters that the engine requires and Hourglass does not use. */
export const noFilters = { externalTables: [], externalEnums: [] }

/** Lists the migrations of a folder, up to one where it is named, in the form that the engine takes. */
export async function listMigrations(folder: string, upTo?: string): Promise<MigrationList> {
  const all = await readMigrations(folder)
  const migrations = upTo === undefined ? all : all.filter(({ name }) => name <= upTo)
  return {
    baseDir: folder,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "sqlite"\n' },
    shadowDbInitScript: '',
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
    })),
  }
}
