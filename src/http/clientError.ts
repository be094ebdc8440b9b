/** Requests that Node could not even read are answered as problems too. */
import type { Socket } from 'node:net'

const refusals: Record<string, readonly [status: number, phrase: string, title: string]> = {
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large', '请求头太大，请重新登录后再试'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout', '网络太慢，没有收完，请重试'],
}
const malformed = [400, 'Bad Request', '请求格式不对，请检查后再试'] as const

export function answerUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  const [status, phrase, title] = refusals[error.code ?? ''] ?? malformed
  const body = JSON.stringify({ type: 'urn:problem:malformed', title, status, errors: [] })
  socket.end(
    `HTTP/1.1 ${status} ${phrase}\r\nContent-Type: application/problem+json; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  )
}
