/** wx.request, uploadFile and downloadFile: tasks that can be aborted, as WeChat's; and what kind of network there is. */
import { answered, call, type Callbacks, Refusal } from './call.js'
import { files } from './files.js'
import { addressOf } from './addresses.js'

type Headers_ = Record<string, string>

const USUAL_TIMEOUT_MS = 60_000
/** WeChat's number for a network that failed. */
const NETWORK_ERRNO = 600001
const TIMEOUT_ERRNO = 5

interface Exchange {
  url: string
  method: string
  headers: Headers_
  body?: XMLHttpRequestBodyInit | null
  timeout?: number
  responseType: XMLHttpRequestResponseType
}

export interface Progress {
  progress: number
  done: number
  whole: number
}

interface Exchanged {
  status: number
  headers: Headers_
  response: unknown
}

/** WeChat shows header names as servers usually write them. */
const UNUSUAL: Record<string, string> = { etag: 'ETag', 'www-authenticate': 'WWW-Authenticate' }
const headerName = (name: string) =>
  UNUSUAL[name.toLowerCase()] ?? name.toLowerCase().replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase())

function headersOf(request: XMLHttpRequest): Headers_ {
  const lines = request.getAllResponseHeaders().trim().split(/\r?\n/).filter(Boolean)
  return Object.fromEntries(
    lines.map((line) => [headerName(line.slice(0, line.indexOf(':'))), line.slice(line.indexOf(':') + 1).trim()]),
  )
}

/** A task of WeChat's: what is running, and who wants to hear of it. */
class Task {
  readonly #request = new XMLHttpRequest()
  readonly #onProgress = new Set<(progress: Progress) => void>()
  readonly #onHeaders = new Set<(answer: { header: Headers_ }) => void>()
  #isAborted = false

  constructor(readonly isUpload: boolean) {
    const watched = isUpload ? this.#request.upload : this.#request
    watched.addEventListener('progress', ({ loaded, total }) => {
      const progress = total > 0 ? Math.floor((loaded / total) * 100) : 0
      for (const listener of this.#onProgress) listener({ progress, done: loaded, whole: total })
    })
    this.#request.addEventListener('readystatechange', () => {
      if (this.#request.readyState !== XMLHttpRequest.HEADERS_RECEIVED) return
      for (const listener of this.#onHeaders) listener({ header: headersOf(this.#request) })
    })
  }

  /** @throws Refusal */
  send({ url, method, headers, body = null, timeout = USUAL_TIMEOUT_MS, responseType }: Exchange): Promise<Exchanged> {
    const request = this.#request
    return new Promise((resolve, reject) => {
      if (this.#isAborted) throw new Refusal('abort')
      request.open(method, url)
      request.timeout = timeout
      request.responseType = responseType
      for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
      request.onload = () =>
        resolve({ status: request.status, headers: headersOf(request), response: request.response as unknown })
      request.onerror = () => reject(new Refusal(networkFault(), NETWORK_ERRNO))
      request.ontimeout = () => reject(new Refusal('timeout', TIMEOUT_ERRNO))
      request.onabort = () => reject(new Refusal('abort'))
      request.send(body)
    })
  }

  abort = () => {
    this.#isAborted = true
    this.#request.abort()
  }
  onProgress = (listener: (progress: Progress) => void) => this.#onProgress.add(listener)
  offProgress = () => this.#onProgress.clear()
  onHeadersReceived = (listener: (answer: { header: Headers_ }) => void) => this.#onHeaders.add(listener)
  offHeadersReceived = () => this.#onHeaders.clear()
}

const networkFault = () => (navigator.onLine ? 'net::ERR_CONNECTION_FAILED' : 'net::ERR_INTERNET_DISCONNECTED')

/** WeChat gives tasks, no promises: failures without `fail` are not heard of. */
function start<I>(name: string, options: I & Callbacks, work: (options: I) => Promise<object>): void {
  const heard =
    (options.success ?? options.fail ?? options.complete) ? options : { ...options, complete: () => undefined }
  answered(name, work, heard).catch(() => undefined)
}

interface RequestOptions {
  url: string
  data?: string | object | ArrayBuffer
  method?: string
  header?: Headers_
  timeout?: number
  dataType?: string
  responseType?: 'text' | 'arraybuffer'
}

const lowerCased = (header: Headers_ = {}): Headers_ =>
  Object.fromEntries(Object.entries(header).map(([name, value]) => [name.toLowerCase(), String(value)]))

function withQuery(url: string, data: RequestOptions['data']): string {
  if (data === undefined || data === null || typeof data !== 'object') return url
  const whole = new URL(url, location.href)
  for (const [name, value] of Object.entries(data)) {
    if (value !== undefined)
      whole.searchParams.append(name, typeof value === 'object' ? JSON.stringify(value) : String(value))
  }
  return whole.href
}

function bodyOf(data: RequestOptions['data'], headers: Headers_): XMLHttpRequestBodyInit | null {
  if (data === undefined || data === null) return null
  headers['content-type'] ??= 'application/json'
  if (typeof data === 'string' || data instanceof ArrayBuffer) return data
  if (!headers['content-type'].includes('urlencoded')) return JSON.stringify(data)
  return new URLSearchParams(data as Record<string, string>).toString()
}

/** Text that is no JSON stays text. */
function parsed(text: unknown): unknown {
  try {
    return JSON.parse(String(text))
  } catch {
    return text
  }
}

function request(options: RequestOptions & Callbacks) {
  const task = new Task(false)
  start('request', options, async ({ url, data, header, timeout, dataType = 'json', responseType = 'text' }) => {
    const method = (options.method ?? 'GET').toUpperCase()
    const headers = lowerCased(header)
    const isInAddress = method === 'GET' || method === 'HEAD'
    const {
      status,
      headers: answeredHeaders,
      response,
    } = await task.send({
      url: isInAddress ? withQuery(url, data) : url,
      method,
      headers,
      body: isInAddress ? null : bodyOf(data, headers),
      timeout,
      responseType,
    })
    const isJson = responseType === 'text' && dataType === 'json'
    return { data: isJson ? parsed(response) : response, statusCode: status, header: answeredHeaders, cookies: [] }
  })
  const { abort, onHeadersReceived, offHeadersReceived } = task
  return {
    abort,
    onHeadersReceived,
    offHeadersReceived,
    onChunkReceived: () => undefined,
    offChunkReceived: () => undefined,
  }
}

interface UploadOptions {
  url: string
  filePath: string
  name: string
  header?: Headers_
  formData?: Record<string, unknown>
  timeout?: number
}

function uploadFile(options: UploadOptions & Callbacks) {
  const task = new Task(true)
  start('uploadFile', options, async ({ url, filePath, name, header, formData = {}, timeout }) => {
    const body = new FormData()
    for (const [key, value] of Object.entries(formData)) body.append(key, String(value))
    body.append(name, files.read(filePath), filePath.slice(filePath.lastIndexOf('/') + 1))
    const { 'content-type': _own, ...headers } = lowerCased(header)
    const sent = await task.send({ url, method: 'POST', headers, body, timeout, responseType: 'text' })
    return { data: sent.response, statusCode: sent.status, header: sent.headers }
  })
  return {
    abort: task.abort,
    onHeadersReceived: task.onHeadersReceived,
    offHeadersReceived: task.offHeadersReceived,
    onProgressUpdate: (listener: (answer: object) => void) =>
      task.onProgress(({ progress, done, whole }) =>
        listener({ progress, totalBytesSent: done, totalBytesExpectedToSend: whole }),
      ),
    offProgressUpdate: task.offProgress,
  }
}

interface DownloadOptions {
  url: string
  header?: Headers_
  timeout?: number
  filePath?: string
}

function downloadFile(options: DownloadOptions & Callbacks) {
  const task = new Task(false)
  start('downloadFile', options, async ({ url, header, timeout, filePath }) => {
    const address = addressOf(url)
    const got = await task.send({
      url: address,
      method: 'GET',
      headers: lowerCased(header),
      timeout,
      responseType: 'blob',
    })
    const { status: statusCode, headers } = got
    const named = new File([got.response as Blob], fileNameOf(url, headers), { type: (got.response as Blob).type })
    if (filePath === undefined) return { tempFilePath: files.addTemporary(named), statusCode, header: headers }
    files.write(filePath, named)
    await files.written()
    return { filePath, statusCode, header: headers }
  })
  return {
    abort: task.abort,
    onHeadersReceived: task.onHeadersReceived,
    offHeadersReceived: task.offHeadersReceived,
    onProgressUpdate: (listener: (answer: object) => void) =>
      task.onProgress(({ progress, done, whole }) =>
        listener({ progress, totalBytesWritten: done, totalBytesExpectedToWrite: whole }),
      ),
    offProgressUpdate: task.offProgress,
  }
}

/** The name decides with which programme a document is opened. */
function fileNameOf(url: string, headers: Headers_): string {
  const disposition = headers['Content-Disposition'] ?? ''
  const told = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1] ?? /filename="?([^";]+)/i.exec(disposition)?.[1]
  if (told !== undefined) return decodeURIComponent(told)
  return new URL(url, location.href).pathname.split('/').pop() ?? ''
}

type NetworkListener = (network: { isConnected: boolean; networkType: string }) => void
const networkListeners = new Set<NetworkListener>()
const network = () => ({ isConnected: navigator.onLine, networkType: navigator.onLine ? 'wifi' : 'none' })

for (const type of ['online', 'offline'] as const) {
  addEventListener(type, () => {
    for (const listener of networkListeners) listener(network())
  })
}

export const networkApis = {
  request,
  uploadFile,
  downloadFile,
  getNetworkType: call('getNetworkType', () => ({ networkType: network().networkType, signalStrength: 4 })),
  onNetworkStatusChange: (listener: NetworkListener) => networkListeners.add(listener),
  offNetworkStatusChange: (listener?: NetworkListener) => {
    if (listener) networkListeners.delete(listener)
    else networkListeners.clear()
  },
}
