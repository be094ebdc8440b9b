/** Sends a file as the mini-program does. */
import type { Caller, World } from '../world.js'

interface Sending {
  name?: string
  keepPlace?: string
  discreet?: string
  headers?: Record<string, string>
}

export async function upload(
  w: World,
  caller: Caller,
  bytes: Buffer,
  { name = '文件', keepPlace, discreet, headers = {} }: Sending = {},
) {
  const form = new FormData()
  if (keepPlace !== undefined) form.append('keepPlace', keepPlace)
  if (discreet !== undefined) form.append('discreet', discreet)
  form.append('file', new Blob([new Uint8Array(bytes)]), name)
  const auth = caller.token === undefined ? {} : { Authorization: `Bearer ${caller.token}` }
  const {
    status,
    data,
    headers: received,
  } = await w.http.post('/api/files', form, { headers: { ...auth, ...headers } })
  return { status, body: data, headers: received }
}
