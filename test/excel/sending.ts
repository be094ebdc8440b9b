/** Sends a workbook in and waits for what becomes of it, as a page does. */
import assert from 'node:assert/strict'
import type { Api } from '../../src/contract.js'
import { upload } from '../files/upload.js'
import type { Caller, World } from '../world.js'

type Run = Api['excel.read']['output']
type Options = Omit<Api['project.import']['input'], 'fileId'>

export async function importLedger(w: World, caller: Caller, bytes: Buffer, options: Options = {}): Promise<Run> {
  const { status, body } = await upload(w, caller, bytes, { name: '台账.xlsx' })
  assert.equal(status, 200, JSON.stringify(body))
  return importFile(w, caller, body.id, options)
}

export async function importFile(w: World, caller: Caller, fileId: string, options: Options = {}): Promise<Run> {
  const { id } = await caller.call('project.import', { fileId, ...options })
  await w.drainJobs()
  return caller.call('excel.read', { id })
}

/** The bytes of the workbook that a run ended in. */
export async function fileOf(w: World, { file }: Run): Promise<Buffer> {
  assert.ok(file?.url)
  const { status, data } = await w.http.get(file.url, { responseType: 'arraybuffer' })
  assert.equal(status, 200)
  return Buffer.from(data)
}

type ExportVerb =
  | 'project.export'
  | 'case.export'
  | 'visit.export'
  | 'rejection.export'
  | 'indicator.export'
  | 'lead.export'
  | 'reward.export'

export async function exported<V extends ExportVerb>(
  w: World,
  caller: Caller,
  verb: V,
  filter: Api[V]['input'],
): Promise<{ run: Run; bytes: Buffer }> {
  const { id } = await caller.call(verb, filter)
  await w.drainJobs()
  const run = await caller.call('excel.read', { id })
  return { run, bytes: await fileOf(w, run) }
}
