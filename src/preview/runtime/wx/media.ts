/** Pictures and files: choosing, looking at, making smaller, opening. */
import type { DrawingCanvas } from '../builtins/canvas.js'
import { make } from '../dom.js'
import { askModal } from '../shell/dialogs.js'
import { showPictures } from '../shell/pictures.js'
import { addressOf } from './addresses.js'
import { call, Refusal } from './call.js'
import { pickFiles, type PickOptions } from './filePicker.js'
import { endingOf, files } from './files.js'
import { guardedCall } from './privacy.js'

async function picked(options: PickOptions, count: number): Promise<File[]> {
  const chosen = await pickFiles(options)
  if (chosen.length === 0) throw new Refusal('cancel')
  return chosen.slice(0, count)
}

async function sizeOf(address: string): Promise<{ width: number; height: number }> {
  const picture = make('img', { src: address })
  try {
    await picture.decode()
  } catch {
    throw new Refusal('download image fail. reason: decode')
  }
  return { width: picture.naturalWidth, height: picture.naturalHeight }
}

interface MediaOptions {
  count?: number
  mediaType?: string[]
  sourceType?: string[]
}

async function chooseMedia({
  count = 9,
  mediaType = ['image', 'video'],
  sourceType = ['album', 'camera'],
}: MediaOptions) {
  const kinds = mediaType.includes('mix') ? ['image', 'video'] : mediaType
  const chosen = await picked(
    {
      accept: kinds.map((kind) => `${kind}/*`).join(','),
      isMultiple: count > 1,
      fromCamera: !sourceType.includes('album'),
    },
    count,
  )
  const tempFiles = await Promise.all(
    chosen.map(async (file) => {
      const fileType = file.type.startsWith('video/') ? 'video' : 'image'
      const tempFilePath = files.addTemporary(file)
      const size =
        fileType === 'image' ? await sizeOf(files.address(tempFilePath)).catch(() => ({ width: 0, height: 0 })) : {}
      return { tempFilePath, size: file.size, fileType, duration: 0, thumbTempFilePath: '', ...size }
    }),
  )
  const types = new Set(tempFiles.map(({ fileType }) => fileType))
  return { tempFiles, type: types.size > 1 ? 'mix' : [...types][0], failedCount: 0 }
}

async function chooseImage({ count = 9, sourceType = ['album', 'camera'] }: MediaOptions) {
  const chosen = await picked(
    { accept: 'image/*', isMultiple: count > 1, fromCamera: !sourceType.includes('album') },
    count,
  )
  const tempFiles = chosen.map((file) => ({ path: files.addTemporary(file), size: file.size }))
  return { tempFiles, tempFilePaths: tempFiles.map(({ path }) => path) }
}

interface MessageFileOptions {
  count: number
  type?: 'all' | 'video' | 'image' | 'file'
  extension?: string[]
}

async function chooseMessageFile({ count, type = 'all', extension }: MessageFileOptions) {
  const byType = { all: '', file: '', image: 'image/*', video: 'video/*' }[type]
  const accept = extension ? extension.map((ending) => `.${ending.replace(/^\./, '')}`).join(',') : byType
  const chosen = await picked({ accept, isMultiple: count > 1 }, count)
  return {
    tempFiles: chosen.map((file) => ({
      path: files.addTemporary(file),
      name: file.name,
      size: file.size,
      time: Math.floor(file.lastModified / 1000),
      type: /^(image|video)\//.exec(file.type)?.[1] ?? 'file',
    })),
  }
}

interface CompressOptions {
  src: string
  quality?: number
  compressedWidth?: number
  compressedHeight?: number
}

async function compressImage({ src, quality = 80, compressedWidth, compressedHeight }: CompressOptions) {
  const bitmap = await createImageBitmap(await contentOf(src)).catch(() => {
    throw new Refusal('decode image fail')
  })
  const scale = Math.min(
    1,
    (compressedWidth ?? bitmap.width) / bitmap.width,
    (compressedHeight ?? bitmap.height) / bitmap.height,
  )
  const canvas = make('canvas', { width: Math.round(bitmap.width * scale), height: Math.round(bitmap.height * scale) })
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  return { tempFilePath: files.addTemporary(await drawn(canvas, 'image/jpeg', quality / 100)) }
}

function drawn(canvas: HTMLCanvasElement, type: string, quality?: number): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Refusal('create bitmap failed'))), type, quality)
  })
}

/** Of a file of the mini-program, of its package or of the net. @throws Refusal */
async function contentOf(path: string): Promise<Blob> {
  if (files.has(path)) return files.read(path)
  const answer = await fetch(addressOf(path)).catch(() => undefined)
  if (!answer?.ok) throw new Refusal('file doesn’t exist')
  return answer.blob()
}

async function getImageInfo({ src }: { src: string }) {
  const content = await contentOf(src)
  const path = files.has(src) ? src : files.addTemporary(content)
  const ending = endingOf(content)
  return { ...(await sizeOf(files.address(path))), path, type: ending === 'jpg' ? 'jpeg' : ending, orientation: 'up' }
}

interface CanvasOptions {
  canvas?: HTMLCanvasElement
  canvasId?: string
  x?: number
  y?: number
  width?: number
  height?: number
  destWidth?: number
  destHeight?: number
  fileType?: 'png' | 'jpg'
  quality?: number
}

/** The part of the canvas is measured in its own pixels, as of a `type="2d"` canvas in WeChat. */
async function canvasToTempFilePath(options: CanvasOptions) {
  const { canvasId = '', x = 0, y = 0, fileType = 'png', quality } = options
  const source =
    options.canvas ?? document.querySelector<DrawingCanvas>(`canvas[data-canvas-id="${CSS.escape(canvasId)}"]`)
  if (!source) throw new Refusal('fail canvas is empty')
  const width = options.width ?? source.width - x
  const height = options.height ?? source.height - y
  const copy = make('canvas', { width: options.destWidth ?? width, height: options.destHeight ?? height })
  copy.getContext('2d')?.drawImage(source, x, y, width, height, 0, 0, copy.width, copy.height)
  return {
    tempFilePath: files.addTemporary(await drawn(copy, fileType === 'jpg' ? 'image/jpeg' : 'image/png', quality)),
  }
}

interface PreviewOptions {
  urls: string[]
  current?: string | number
}

function previewImage({ urls, current = 0 }: PreviewOptions): void {
  const at = typeof current === 'number' ? current : urls.indexOf(current)
  showPictures(
    urls.map((url) => addressOf(url)),
    at,
  )
}

interface Source {
  url: string
  type?: string
}

const SHOWN_BY_BROWSERS = /^(application\/pdf|image\/|text\/plain|video\/)/

function save(path: string, name: string): void {
  make('a', { href: files.address(path), download: name }).click()
}

async function openDocument({ filePath, fileType = '' }: { filePath: string; fileType?: string }): Promise<void> {
  const content = files.read(filePath)
  const ending = fileType || endingOf(content)
  const name =
    content instanceof File && content.name !== '' ? content.name : (filePath.split('/').pop() ?? `文件.${ending}`)
  if (SHOWN_BY_BROWSERS.test(content.type) && window.open(files.address(filePath), '_blank')) return
  save(filePath, name)
}

export const mediaApis = {
  chooseMedia: guardedCall('chooseMedia', chooseMedia),
  chooseImage: guardedCall('chooseImage', chooseImage),
  chooseMessageFile: guardedCall('chooseMessageFile', chooseMessageFile),
  compressImage: call('compressImage', compressImage),
  getImageInfo: call('getImageInfo', getImageInfo),
  canvasToTempFilePath: call('canvasToTempFilePath', canvasToTempFilePath),
  previewImage: call('previewImage', previewImage),
  previewMedia: call('previewMedia', ({ sources, current = 0 }: { sources: Source[]; current?: number }) =>
    previewImage({ urls: sources.map(({ url }) => url), current }),
  ),
  saveImageToPhotosAlbum: guardedCall('saveImageToPhotosAlbum', ({ filePath }: { filePath: string }) => {
    save(filePath, filePath.split('/').pop() ?? 'image')
  }),
  openDocument: call('openDocument', openDocument),
  scanCode: call('scanCode', async () => {
    const answer = await askModal({ title: '扫码', editable: true, placeholderText: '码里的文字' })
    if (!answer.confirm) throw new Refusal('cancel')
    return { result: answer.content ?? '', scanType: 'QR_CODE', charSet: 'utf-8', path: '', rawData: '' }
  }),
}
