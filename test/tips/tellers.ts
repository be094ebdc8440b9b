/** Tips for tests: a photo sent as the form sends it, and a tip with what a test leaves open. */
import assert from 'node:assert/strict'
import { enqueue } from '../../src/audit/queue.js'
import { workOnce } from '../../src/audit/worker.js'
import type { Api } from '../../src/contract.js'
import { transact } from '../../src/database/transaction.js'
import { photo } from '../files/samples.js'
import { upload } from '../files/upload.js'
import type { Caller, World } from '../world.js'

/** A number that GB 11643 allows and nobody has. */
export const ID_NUMBER = '11010519491231002X'

export async function discreetPhoto(w: World, caller: Caller): Promise<string> {
  const { status, body } = await upload(w, caller, await photo(), { name: '张三家门口.jpg', discreet: 'true' })
  assert.equal(status, 200, JSON.stringify(body))
  return body.id
}

type Told = Partial<Api['tip.submit']['input']>

export const tip = (more: Told = {}): Api['tip.submit']['input'] => ({
  firmName: '测试·夜间喷涂厂',
  districtCode: '210106',
  violation: 'air',
  text: '夜里开窗喷漆，不开废气设备，味道很大。',
  ...more,
})

/** The next half hour comes, and staff see what was told before it; then the clock stands where it stood. */
export async function released(w: World): Promise<void> {
  const before = w.now()
  const { ds } = w.service.house
  await transact(ds, (db) => enqueue(db, [{ kind: 'tip.release', payload: {} }], before))
  w.turnTo(new Date(before.getTime() + 1_800_000).toISOString())
  while ((await workOnce(w.service.house)) > 0);
  w.turnTo(before.toISOString())
}
