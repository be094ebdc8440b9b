/** Tips for tests: a photo sent as the form sends it, and a tip with what a test leaves open. */
import assert from 'node:assert/strict'
import type { Api } from '../../src/contract.js'
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
