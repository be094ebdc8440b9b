// Sends one file: photos made smaller first, progress told, and the same file taken once however often it is tried.
import { server } from '../environment'
import type { FileView } from './api'
import { Failure, offline } from './failure'
import { newId } from './identifier'
import { failureOf } from './request'
import { currentToken, enter } from './session'

export interface UploadOptions {
  /** The same for every try of the same file. */
  key?: string
  /** What people call it: WeChat sends a file under the name of its own copy. */
  name?: string
  /** Keep when and where a photo was taken, as data; the sender agreed. */
  keepPlace?: boolean
  /** Of a tip: sent without saying by whom, and kept without name, time and place. */
  isDiscreet?: boolean
  /** In percent. */
  onProgress?: (percent: number) => void
}

/** Photos above this are drawn smaller on the phone. */
const COMPRESS_FROM_BYTES = 400 * 1024
const QUALITY = 75
const LONGEST_SIDE = 2048
const PATIENCE_MS = 120_000

/** A photo with fewer bytes; the photo itself where the phone cannot. */
export async function compressed(path: string, size: number): Promise<string> {
  if (size < COMPRESS_FROM_BYTES) return path
  try {
    const { tempFilePath } = await wx.compressImage({
      src: path,
      quality: QUALITY,
      compressedWidth: LONGEST_SIDE,
    } as WechatMiniprogram.CompressImageOption)
    return tempFilePath
  } catch {
    return path
  }
}

/** @throws Failure */
export async function upload(path: string, options: UploadOptions = {}): Promise<FileView> {
  const whole = { key: newId(), ...options }
  if (options.isDiscreet) return send(path, whole)
  if (!currentToken()) await enter()
  try {
    return await send(path, whole)
  } catch (error) {
    if (!(error instanceof Failure && error.status === 401)) throw error
    await enter()
    return send(path, whole)
  }
}

function send(path: string, options: UploadOptions): Promise<FileView> {
  const { key = '', name, keepPlace = false, isDiscreet = false, onProgress } = options
  return new Promise((resolve, reject) => {
    const task = wx.uploadFile({
      url: `${server}/api/files`,
      filePath: path,
      name: 'file',
      formData: isDiscreet ? { discreet: 'true' } : { keepPlace: String(keepPlace), ...(name && { name }) },
      header: { ...(!isDiscreet && { Authorization: `Bearer ${currentToken()}` }), 'Idempotency-Key': key },
      timeout: PATIENCE_MS,
      success: ({ statusCode, data }) => {
        const body = parsed(data)
        if (statusCode === 200) resolve(body as FileView)
        else reject(failureOf(statusCode, body))
      },
      fail: () => reject(offline()),
    })
    if (onProgress) task.onProgressUpdate(({ progress }) => onProgress(progress))
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The whole address of a file of a view; empty where it is held back. */
export const fileAddress = ({ url }: { url: string | null }): string => (url ? server + url : '')
